import { seededRandom } from '../../domain/seededRandom.js';
import { BLANK, type LiveIndex } from '../../index/liveIndex.js';
import { hashToUnit } from '../../statistics/assign.js';
import { diversify } from '../../statistics/diversify.js';
import { type Trials, thompsonOrder } from '../../statistics/thompson.js';
import type { Diversity, Exploration } from './rankingSettings.js';

/** First places of a result that are arranged: few shoppers look at more. */
export const ARRANGED_PLACES = 100;
const SEEDS = 2 ** 32;

/** What changes the order of the first places after the ranking. */
export interface Arrangement {
  readonly diversity: Diversity | null;
  readonly exploration:
    | (Exploration & {
        /** How often a product was looked at and clicked; undefined if it was never shown. */
        trialsOf(id: string): Trials | undefined;
        /** Draws differ by it and by the query: pages of one query fit together while it stays. */
        readonly seed: number;
      })
    | null;
}

/**
 * Arranges the first places of a ranked list: spreads brands or categories (see `diversify`), then gives some places to
 * products that shoppers have hardly seen, drawn by Thompson sampling. The list keeps its products.
 * @param ranked best first; changed in place.
 * @param score what the list is ordered by.
 */
export function arrange(
  index: LiveIndex,
  ranked: number[],
  { diversity, exploration }: Arrangement,
  score: (ordinal: number) => number,
  query: string,
): void {
  let first = ranked.slice(0, ARRANGED_PLACES);
  if (diversity !== null) first = spread(index, first, diversity, score);
  if (exploration !== null) first = explore(index, first, exploration, query);
  for (const [place, ordinal] of first.entries()) ranked[place] = ordinal;
}

function spread(
  index: LiveIndex,
  ordinals: readonly number[],
  { by, strength }: Diversity,
  score: (ordinal: number) => number,
): number[] {
  const codes = index.columns.field(by)?.firstCodes(index.size);
  const hits = ordinals.map((ordinal) => {
    const code = codes?.[ordinal] ?? BLANK;
    return {
      ...{ id: String(ordinal), score: score(ordinal), group: code === BLANK ? null : String(code) },
      ordinal,
    };
  });
  return diversify(hits, 1 - strength).map(({ ordinal }) => ordinal);
}

/** Every 1 / share places one is given to a new product from below, the first one in the middle of such a stretch. */
function explore(
  index: LiveIndex,
  ordinals: readonly number[],
  { share, max_shown, trialsOf, seed }: NonNullable<Arrangement['exploration']>,
  query: string,
): number[] {
  const stretch = Math.max(2, Math.round(1 / share));
  const first = Math.floor(stretch / 2);
  const trials = new Map<string, Trials & { readonly ordinal: number }>();
  for (const ordinal of ordinals) {
    const id = index.idOf(ordinal);
    const known = trialsOf(id) ?? { id, successes: 0, failures: 0 };
    if (known.successes + known.failures < max_shown) trials.set(id, { ...known, ordinal });
  }
  const random = seededRandom(Math.floor(hashToUnit(`explore/${seed}`, query) * SEEDS));
  const drawn = thompsonOrder([...trials.values()], random).values();
  const list = [...ordinals];
  for (let place = first; place < list.length; place += stretch) {
    for (;;) {
      const id = drawn.next().value;
      const ordinal = id === undefined ? undefined : trials.get(id)?.ordinal;
      if (ordinal === undefined) return list;
      const from = list.indexOf(ordinal);
      // It is seen already.
      if (from <= place) continue;
      list.splice(from, 1);
      list.splice(place, 0, ordinal);
      break;
    }
  }
  return list;
}
