import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** The least that there is: whatever else wants to run comes first, wherever there are fewer cores than work. */
const PRIORITY = 19;
const THREADS = '/proc/self/task';

/** Has this process, with all threads that it has and starts, run when nothing else wants to. */
export function giveWay(): void {
  setPriority(PRIORITY);
  // On Linux a priority is a thread's: those that collect garbage and compile were started before.
  for (const thread of threads()) {
    try {
      setPriority(thread, PRIORITY);
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
