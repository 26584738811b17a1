import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

const THREADS = '/proc/self/task';

/** Lowers the priority of this process and all its threads to a nice value from 1 to 19 (the usual is 0). */
export function lowerPriority(priority: number): void {
  setPriority(priority);
  // On Linux each thread has its own priority, and V8's threads were started before.
  for (const thread of threads()) {
    try {
      setPriority(thread, priority);
    } catch {
      // The thread has ended since it was listed.
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
