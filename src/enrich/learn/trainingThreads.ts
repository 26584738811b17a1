/** Worker threads. More would only compete for the two cores this is made for. */
const THREADS = 2;
/** Fewer rows are learned in the calling thread sooner than threads start. */
const MIN_ROWS_FOR_THREADS = 400;

/** How many threads train on so many rows; 0 for the calling thread. */
export function trainingThreads(rows: number): number {
  return rows < MIN_ROWS_FOR_THREADS ? 0 : THREADS;
}
