import { brandWords, type ShopNames } from '../context/names.js';
import { words } from '../features/words.js';
import type { TrainingData } from './prepareTrainingData.js';

/** Brands of several words, and the words of at least two rows' titles. */
export function learnNames(data: Pick<TrainingData, 'products'>, rows: Int32Array): ShopNames {
  const brands = new Set<string>();
  const counts = new Map<string, number>();
  for (const row of rows) {
    const { title = '', brand = '' } = data.products[row] ?? {};
    const named = brandWords(brand);
    if (named.length > 1) brands.add(named.join(' '));
    for (const stem of new Set(words(title).map((word) => word.stem)))
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return {
    brands,
    words: new Set([...counts].flatMap(([stem, count]) => (count > 1 ? [stem] : []))),
  };
}
