import { UnavailableError } from '../domain/errors.js';

/** The model gave no vectors: `gone` where it cannot be run at all, else only these texts are at fault. */
export class ModelError extends UnavailableError {
  override readonly name = 'ModelError';

  constructor(
    message: string,
    readonly gone: boolean,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
