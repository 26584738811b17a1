import { randomFrom } from '../../domain/random.js';
import type { Store } from '../../store/open.js';

/** Change numbers that are tried for each product that is wanted: some are about live fields, or the same product. */
const TRIES = 5;

/**
 * Ids of at most `most` products, evenly from those whose text was written after a change number and that are still
 * there: the same for the same store. Looks at a bounded number of changes, however many there are.
 */
export function sampleWritten(
  { changes, products }: Pick<Store, 'changes' | 'products'>,
  sequence: number,
  max: number,
): string[] {
  const written = changes.last() - sequence;
  const random = randomFrom(sequence);
  const all = written <= max * TRIES;
  const found = new Set<string>();
  for (let tried = 0; tried < Math.min(written, max * TRIES); tried++) {
    const at = sequence + 1 + (all ? tried : Math.floor(random() * written));
    const id = changes.contentAt(at);
    if (id !== undefined && products.has(id)) found.add(id);
    if (!all && found.size >= max) break;
  }
  const ids = [...found];
  if (ids.length <= max) return ids;
  const step = ids.length / max;
  return Array.from({ length: max }, (_, place) => ids[Math.floor(place * step)] ?? '');
}
