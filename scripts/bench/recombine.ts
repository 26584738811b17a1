import type { Product } from '../../src/domain/product.js';
import { seededRandom } from '../../src/domain/seededRandom.js';

const SEED = 18;
const SERIES = 'abcdefghijklmnopqrstuvwxyz';

/**
 * `count` products with distinct titles: each has the first words of one product's title, the last words of another's,
 * and the other fields of the first. The same for the same catalog.
 */
export function recombine(catalog: readonly Product[], count: number): Product[] {
  const random = seededRandom(SEED);
  const pick = (): Product => catalog[Math.floor(random() * catalog.length)] ?? { id: '' };
  const titles = new Set<string>();
  const made: Product[] = [];
  while (made.length < count) {
    const first = pick();
    const last = pick();
    const wordsOfFirst = (first.title ?? '').split(' ');
    const wordsOfLast = (last.title ?? '').split(' ');
    const head = wordsOfFirst.slice(0, Math.ceil(wordsOfFirst.length / 2));
    const tail = wordsOfLast.slice(Math.floor(wordsOfLast.length / 2));
    let title = [...head, ...tail].join(' ');
    // Shops tell such products apart by a model's name.
    if (titles.has(title)) title += ` ${SERIES[made.length % 26]}${made.length}`;
    titles.add(title);
    made.push({ ...first, id: `p${made.length}`, title });
  }
  return made;
}
