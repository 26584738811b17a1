import { brandWords, type ShopNames } from '../context/names.js';
import { words } from '../features/words.js';
import { eachRow } from './eachRow.js';
import type { TrainingData } from './prepareTrainingData.js';

/** Brands of several words, and the words of at least two rows' titles, for each of `fits`. */
export async function learnNames(
  { products }: Pick<TrainingData, 'products'>,
  fits: readonly Int32Array[],
): Promise<ShopNames[]> {
  const counted = fits.map((rows) => ({
    rows,
    brands: new Set<string>(),
    counts: new Map<string, number>(),
  }));
  await eachRow(products.length, counted, (row, members) => {
    const { title = '', brand = '' } = products[row] ?? {};
    const named = brandWords(brand);
    const stems = new Set(words(title).map(({ stem }) => stem));
    for (const { brands, counts } of members) {
      if (named.length > 1) brands.add(named.join(' '));
      for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    }
  });
  return counted.map(({ brands, counts }) => ({
    brands,
    words: new Set([...counts].flatMap(([stem, count]) => (count > 1 ? [stem] : []))),
  }));
}
