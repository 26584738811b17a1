import { existsSync, openSync, readSync } from 'node:fs';

/** How long one turn of the event loop took at most, in milliseconds, and what the work in it resulted in. */
export interface Measured<Result> {
  readonly result: Result;
  /** Without the time in which the thread was ready and the system ran others. */
  readonly block: number;
  /** With that time. */
  readonly elapsed: number;
}

const MAX_LINE = 64;
const SPACE = 0x20;
const ZERO = 0x30;
const waited = waitingClock();

/**
 * Does some work and measures the longest turn of the event loop meanwhile, by a callback in every turn. What the system
 * gives to others does not count, but what the thread itself waits for, such as a disk, does.
 */
export async function longestBlock<Result>(work: () => Promise<Result>): Promise<Measured<Result>> {
  let block = 0;
  let elapsed = 0;
  let running = true;
  let [beganAt, waitedBefore] = [performance.now(), waited()];
  const turn = (): void => {
    const [now, waitedNow] = [performance.now(), waited()];
    elapsed = Math.max(elapsed, now - beganAt);
    block = Math.max(block, now - beganAt - (waitedNow - waitedBefore));
    [beganAt, waitedBefore] = [now, waitedNow];
    if (running) setImmediate(turn);
  };
  await settle();
  [beganAt, waitedBefore] = [performance.now(), waited()];
  setImmediate(turn);
  try {
    const result = await work();
    await settle();
    return { result, block, elapsed };
  } finally {
    running = false;
  }
}

/** Lets the loop turn, so that work before and after is measured apart. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 4));
}

/** Milliseconds that this thread was ready to run and did not; on other systems than Linux, always 0. */
function waitingClock(): () => number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  if (!existsSync(file)) return () => 0;
  // Read in every turn, so it must neither open the file again nor leave garbage.
  const fd = openSync(file, 'r');
  const line = Buffer.alloc(MAX_LINE);
  return () => secondNumber(line, readSync(fd, line, 0, MAX_LINE, 0)) / 1e6;
}

/** The second of the whole numbers in a line: `1234 56 7` → 56. */
function secondNumber(line: Uint8Array, length: number): number {
  let value = 0;
  for (let at = line.indexOf(SPACE) + 1; at < length && line[at] !== SPACE; at++)
    value = 10 * value + (line[at] ?? ZERO) - ZERO;
  return value;
}
