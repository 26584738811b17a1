/**
 * An error that the caller can fix. The message is one sentence: where, what was found, what was expected and what to
 * do.
 * The command line and HTTP print it without a stack trace.
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

/** The same work is already running; try again when it is done. */
export class AlreadyRunningError extends BusyError {
  override readonly name = 'AlreadyRunningError';
}

/** The idempotency key was already used for another request. HTTP 422. */
export class ReusedKeyError extends UserError {
  override readonly name = 'ReusedKeyError';
}

/** The request or file is larger than the limit. HTTP 413. */
export class TooLargeError extends UserError {
  override readonly name = 'TooLargeError';
}

/** The disk is full. Works again as soon as there is space. HTTP 507 with Retry-After. */
export class DiskFullError extends BusyError {
  override readonly name = 'DiskFullError';
}

/** Invalid command-line arguments. Exit code 2. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}

/** The message of any thrown value. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
