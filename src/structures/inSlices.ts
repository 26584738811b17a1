/** Long work that stops at each `yield`, so that its caller can let other work run in between. */
export type Steps<Result = void> = Generator<void, Result, void>;

/** How long work runs before other work gets its turn, in milliseconds. */
const SLICE_MS = 15;

/** Does the work at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Does the work in slices of some milliseconds, and lets the event loop turn in between. Rejects where `signal` says that
 * the work is not needed any more.
 */
export async function inSlices<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  let until = performance.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() < until) continue;
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    until = performance.now() + SLICE_MS;
  }
}
