import type { LiveIndex } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { scoreWords } from '../retrieve/bm25f.js';
import { weighWords } from '../retrieve/weighWords.js';
import { Query } from '../understand/query.js';
import { understandQuery } from '../understand/understandQuery.js';
import type { Seeds } from './describeSeeds.js';
import type { Relate } from './relateCategories.js';

/** Products with their similarity, 0 to 1, by ordinal. */
export type Similarities = ReadonlyMap<number, number>;

/** Looked at beyond those asked for, because variants and other categories are among the nearest. */
const SPARE = 60;

/**
 * By vector: the nearest, and where too few of them are in a related category, the nearest there too. `pass` is what
 * may be found.
 */
export function similarByVector(
  index: LiveIndex,
  vector: Float32Array,
  related: Relate,
  limit: number,
  pass: Bitset,
): Similarities {
  const pool = new Map<number, number>();
  const max = 4 * limit + SPARE;
  const add = (set: Bitset): void => {
    const { ordinals, cosines } = index.nearestAmong(vector, max, set);
    for (const [place, ordinal] of ordinals.entries()) pool.set(ordinal, similarityOf(cosines[place] ?? 0));
  };
  add(pass);
  const category = index.columns.field('category');
  const fitting = [...pool.keys()].filter(
    (ordinal) => related(category?.valuesOf(ordinal)[0]) !== 'other',
  ).length;
  if (fitting < limit) add(relatives(index, related).and(pass));
  return pool;
}

/** By the words of the records. */
export function similarByWords(index: LiveIndex, { text }: Seeds, pass: Bitset): Similarities {
  const { words } = understandQuery(index, new Query(text));
  const { touched, score, ceiling } = scoreWords(index, words, weighWords(index, words, undefined), pass);
  const pool = new Map<number, number>();
  for (const ordinal of touched) {
    pool.set(ordinal, ceiling > 0 ? Math.min(1, (score[ordinal] ?? 0) / ceiling) : 0);
  }
  return pool;
}

/** A cosine can lie a rounding above 1, and below 0 nothing is alike. */
function similarityOf(cosine: number): number {
  return Math.min(1, Math.max(0, cosine));
}

function relatives(index: LiveIndex, related: Relate): Bitset {
  const set = new Bitset(index.size);
  const category = index.columns.field('category');
  if (category === undefined) return set;
  const { ordinals, codes, values } = category;
  const fits = values.map((path) => related(path) !== 'other');
  for (let cell = 0; cell < codes.length; cell++) {
    if (fits[codes[cell] ?? 0] === true) set.add(ordinals[cell] ?? 0);
  }
  return set;
}
