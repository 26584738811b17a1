import { readFileSync } from 'node:fs';

/** Kernel ticks per second in `/proc`. */
const TICKS = 100;

/**
 * Processor seconds of the child processes of this one that have ended, with theirs; NaN where the system has no `/proc`.
 * They compare runs on a shared machine, where wall time also counts the others.
 */
export function childrenSeconds(): number {
  try {
    // The name of the command may hold spaces; what follows it is in fixed places.
    const [, after = ''] = /\) (.*)$/su.exec(readFileSync('/proc/self/stat', 'utf8')) ?? [];
    const [user, system] = after.split(' ').slice(13, 15).map(Number);
    return ((user ?? Number.NaN) + (system ?? Number.NaN)) / TICKS;
  } catch {
    return Number.NaN;
  }
}

/** Wall and processor seconds. */
export interface Cost {
  readonly seconds: number;
  readonly processor: number;
}

/** Runs work in this process, its threads included. */
export async function costOf(work: () => unknown): Promise<Cost> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - started) / 1000, processor: (user + system) / 1e6 };
}
