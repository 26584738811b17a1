import { yieldToEventLoop } from './prepareTrainingData.js';

/** Rows of work between two turns of the event loop. */
const BATCH = 50;

/**
 * Visits rows 0 to `count` in order, each once with the fits that have it among their `rows`, which are ascending: work on
 * a row that its fits have in common is done once. Yields to the event loop.
 */
export async function eachRow<Fit extends { readonly rows: Int32Array }>(
  count: number,
  fits: readonly Fit[],
  visit: (row: number, members: readonly (Fit & { readonly fit: number })[]) => void,
): Promise<void> {
  const numbered = fits.map((one, fit) => ({ ...one, fit }));
  const places = new Int32Array(fits.length);
  let visited = 0;
  for (let row = 0; row < count; row++) {
    const members = numbered.filter(({ fit, rows }) => rows[places[fit] ?? 0] === row);
    if (members.length === 0) continue;
    for (const { fit } of members) places[fit] = (places[fit] ?? 0) + 1;
    if (visited++ % BATCH === 0) await yieldToEventLoop();
    visit(row, members);
  }
}
