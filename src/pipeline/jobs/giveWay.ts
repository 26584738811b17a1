import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Nice enough that searches come first wherever there are fewer cores than work, and that a job ends all the same. */
const PRIORITY = 19;
const THREADS = '/proc/self/task';

/** Has this process, with all threads that it has and starts, run behind those of the usual priority. */
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
