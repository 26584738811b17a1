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

/** The object has changed since the caller read it. HTTP 409. */
export class ConflictError extends UserError {
  override readonly name = 'ConflictError';
}

/** Temporarily unavailable; not the caller's fault. HTTP 503. */
export class UnavailableError extends UserError {
  override readonly name: string = 'UnavailableError';
}

/** Temporarily busy; try again in a moment. HTTP 503 with Retry-After. */
export class BusyError extends UnavailableError {
  override readonly name: string = 'BusyError';
}

/** The same work is running already; try again when it is done. */
export class AlreadyRunningError extends BusyError {
  override readonly name = 'AlreadyRunningError';
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
