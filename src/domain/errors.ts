/**
 * An error that is the caller's to mend. Its message is one sentence that says where, what was found,
 * what was expected and what to do; faces show it as it stands, without a stack trace.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** The offending field or option, where there is one: `filter`, `attributes.color`, `--taxonomy`. */
  readonly field: string | undefined;

  constructor(message: string, options: { field?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.field = options.field;
  }
}

/** What was asked for was right when it was shown, and somebody or something has changed it since. */
export class ConflictError extends UserError {
  override readonly name = 'ConflictError';
}

/** What was asked for cannot be had as things are: the fault is not the caller's, and mending it may be somebody's. */
export class UnavailableError extends UserError {
  override readonly name: string = 'UnavailableError';
}

/** It can be had in a moment: over HTTP 503 with Retry-After. */
export class BusyError extends UnavailableError {
  override readonly name: string = 'BusyError';
}

/** Somebody is at the very same work, and it can be had when they are done. */
export class OccupiedError extends BusyError {
  override readonly name = 'OccupiedError';
}

/** An idempotency key that was used for another request: over HTTP 422. */
export class ReusedKeyError extends UserError {
  override readonly name = 'ReusedKeyError';
}

/** More was sent than is taken: over HTTP 413. */
export class TooLargeError extends UserError {
  override readonly name = 'TooLargeError';
}

/** There is no room on the disk; it can be had as soon as there is: over HTTP 507 with Retry-After. */
export class DiskFullError extends BusyError {
  override readonly name = 'DiskFullError';
}

/** The command line was called wrongly: the face answers with exit code 2. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}

/** The sentence of any thrown thing. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
