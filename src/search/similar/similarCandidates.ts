import type { LiveIndex } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { scoreWords } from '../retrieve/bm25f.js';
import { weighWords } from '../retrieve/weighWords.js';
import { Query } from '../understand/query.js';
import { understandQuery } from '../understand/understandQuery.js';
import type { Seeds } from './describeSeeds.js';
import type { Relate } from './relateCategories.js';

/** Similarity from 0 to 1 by ordinal. */
export type Similarities = ReadonlyMap<number, number>;

/** Number of extra candidates, because variants and other categories are among the nearest. */
const EXTRA = 60;
/** Most products that share a frequent word only are far from similar. */
const MAX_BY_WORDS = 2000;

/**
 * The nearest products by vector and, if too few are in a related category, the nearest in related
 * categories. `pass` limits the result.
 */
export function similarByVector(
  index: LiveIndex,
  vector: Float32Array,
  relate: Relate,
  limit: number,
  pass: Bitset,
): Similarities {
  const similarities = new Map<number, number>();
  const max = 4 * limit + EXTRA;
  const add = (set: Bitset): void => {
    const { ordinals, cosines } = index.nearestAmong(vector, max, set);
    for (const [place, ordinal] of ordinals.entries())
      similarities.set(ordinal, similarityOf(cosines[place] ?? 0));
  };
  add(pass);
  const category = index.columns.field('category');
  const relatedCount = [...similarities.keys()].filter(
    (ordinal) => relate(category?.valuesOf(ordinal)[0]) !== 'other',
  ).length;
  if (relatedCount < limit) add(relatedProducts(index, relate).and(pass));
  return similarities;
}

/** Similar products by the words of their records. */
export function similarByWords(index: LiveIndex, { text }: Seeds, pass: Bitset): Similarities {
  const { words } = understandQuery(index, new Query(text), { correct: false });
  const { matchedOrdinals, score, maxScore } = scoreWords(
    index,
    words,
    weighWords(index, words, undefined),
    pass,
  );
  const best =
    matchedOrdinals.length <= MAX_BY_WORDS
      ? matchedOrdinals
      : matchedOrdinals
          .slice()
          .sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b)
          .slice(0, MAX_BY_WORDS);
  const similarities = new Map<number, number>();
  for (const ordinal of best) {
    similarities.set(ordinal, maxScore > 0 ? Math.min(1, (score[ordinal] ?? 0) / maxScore) : 0);
  }
  return similarities;
}

/** Rounding may put a cosine above 1; negative cosines count as 0. */
function similarityOf(cosine: number): number {
  return Math.min(1, Math.max(0, cosine));
}

function relatedProducts(index: LiveIndex, relate: Relate): Bitset {
  const set = new Bitset(index.size);
  const category = index.columns.field('category');
  if (category === undefined) return set;
  const { ordinals, codes, values } = category;
  const isRelated = values.map((path) => relate(path) !== 'other');
  for (let cell = 0; cell < codes.length; cell++) {
    if (isRelated[codes[cell] ?? 0] === true) set.add(ordinals[cell] ?? 0);
  }
  return set;
}
