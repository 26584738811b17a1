import { UnavailableError } from '../domain/errors.js';

/** Embedding failed: the model cannot run at all (`gone`), or only these texts are at fault. */
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
