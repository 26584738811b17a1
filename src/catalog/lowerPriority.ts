import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

const THREADS = '/proc/self/task';

/** Has this process, with all threads that it has and starts, run at a `priority` from 1 to 19, behind those of the usual 0. */
export function lowerPriority(priority: number): void {
  setPriority(priority);
  // On Linux a priority is a thread's: those that collect garbage and compile were started before.
  for (const thread of threads()) {
    try {
      setPriority(thread, priority);
    } catch {
      // It has ended since it was listed.
    }
  }
}

function threads(): number[] {
  try {
    return readdirSync(THREADS).map(Number);
  } catch {
    return [];
  }
}
