import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import { analyzeWords } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { FloatRows } from '../../index/vectors/floatRows.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { CatalogConcepts } from '../concepts/catalogConcepts.js';
import type { NounHierarchy } from '../concepts/nounHierarchy.js';
import { QueryRelevance, type RelevanceThresholds } from './queryRelevance.js';
import { UNRELATED_PHRASES, UNRELATED_SENTENCES } from './unrelatedTexts.js';

/** Embeds texts that are the same in every process, as queries or as products: their vectors are kept. */
export type EmbedTexts = (texts: readonly string[], asQueries?: boolean) => Promise<readonly Float32Array[]>;

/** Share of the unrelated texts that are to find nothing by meaning. */
const QUANTILE = 0.93;
/** Limits for the model: unrelated texts of a catalog of a narrow range score low, those of a department store high. */
const LIMITS = { short: { min: 0.3, max: 0.4 }, long: { min: -0.1, max: 0.1 } };
/** A catalog with fewer products says too little about what it has to do with. */
const MIN_PRODUCTS = 20;
/** A catalog that knows more than this share of the unrelated texts is about everything. */
const MIN_UNRELATED = 50;
/** Unrelated phrases whose scores are looked at, at even distances; fewer move the threshold by chance. */
const SCORED = 120;
const MAX_NAMES = 1000;
const MAX_NAME_LENGTH = 40;
const SEPARATOR = /\s*(?:[&,/+]|\band\b|\bund\b|\bet\b|\by\b)\s*/iu;
/** What follows the first part of a name whose last part has several words. */
const JOINED = /^\s*(?:&|and)\s+\S+\s+\S/u;
const LETTER = /\p{L}{2}/u;

/**
 * Measures how near unrelated texts are to a catalog, short ones and sentences; undefined if the catalog says too
 * little, or has no vectors. Short queries are nearer by chance than sentences, so each length has its own threshold.
 */
export async function calibrateRelevance(
  index: LiveIndex,
  taxonomy: TaxonomyView | undefined,
  embed: EmbedTexts,
  nouns?: NounHierarchy,
): Promise<QueryRelevance | undefined> {
  const { model, counts } = index.generation;
  if (model === null || counts.points === 0 || index.live < MIN_PRODUCTS) return undefined;
  const categories = categoryNames(categoriesOf(index), taxonomy);
  const concepts =
    nouns === undefined
      ? undefined
      : new CatalogConcepts(
          nouns,
          categories.filter((name) => !isModifier(name, categories)),
        );
  const phrases = UNRELATED_PHRASES.filter((phrase) => !isKnown(index, phrase) && !concepts?.holds(phrase));
  if (phrases.length < MIN_UNRELATED) return undefined;
  const { dimension } = model;
  const unrelated = rowsOf(await embed(phrases), dimension);
  const asked = await embed(phrases, true);
  const sentences = await embed(UNRELATED_SENTENCES, true);
  const names = rowsOf(await embed(categories), dimension);
  if (unrelated === undefined || names === undefined) return undefined;
  const uncalibrated = new QueryRelevance(unrelated, names, { short: 0, long: 0 }, concepts);
  const scores: number[] = [];
  for (let i = 0; i < unrelated.count; i += Math.ceil(unrelated.count / SCORED)) {
    // Searches can run in between.
    await new Promise(setImmediate);
    scores.push(uncalibrated.score(index, asked[i] ?? new Float32Array(dimension), i));
  }
  const sentenceScores = sentences.map((vector) => uncalibrated.score(index, vector));
  const thresholds: RelevanceThresholds = {
    short: within(quantile(scores, QUANTILE), LIMITS.short),
    long: within(quantile(sentenceScores, QUANTILE), LIMITS.long),
  };
  return uncalibrated.withThresholds(thresholds);
}

function isKnown(index: LiveIndex, phrase: string): boolean {
  return analyzeWords(phrase).every(({ alternatives, parts }) =>
    [...alternatives, ...parts].some((term) => (index.lexical.postings(term)?.documents ?? 0) > 0),
  );
}

function categoriesOf(index: LiveIndex): (readonly [path: string, documents: number])[] {
  const column = index.columns.field('category');
  return column?.values.map((path, code) => [path, column.documents(code)] as const) ?? [];
}

/** The names and aliases of the categories with most products, each level and each part of a name by itself. */
export function categoryNames(
  categories: Iterable<readonly [path: string, documents: number]>,
  taxonomy: TaxonomyView | undefined,
): string[] {
  const products = new Map<string, { readonly name: string; products: number }>();
  for (const [path, documents] of categories) {
    if (documents === 0) continue;
    const levels = categoryLevels(path);
    for (const [depth, level] of levels.entries()) {
      const aliases = taxonomy?.find(joinLevels(levels.slice(0, depth + 1)))?.aliases ?? [];
      for (const name of new Set([level, ...level.split(SEPARATOR), ...aliases])) {
        if (!LETTER.test(name) || name.length > MAX_NAME_LENGTH) continue;
        const key = fold(name);
        const counted = products.get(key) ?? { name, products: 0 };
        counted.products += documents;
        products.set(key, counted);
      }
    }
  }
  return [...products]
    .sort(([keyA, a], [keyB, b]) => b.products - a.products || (keyA < keyB ? -1 : 1))
    .slice(0, MAX_NAMES)
    .map(([, { name }]) => name);
}

/** `Board` of `Board & Card Games` is no name: it only says which games. */
function isModifier(name: string, names: readonly string[]): boolean {
  return (
    !name.endsWith('s') &&
    names.some((other) => JOINED.test(other.slice(name.length)) && other.startsWith(name))
  );
}

function rowsOf(vectors: readonly Float32Array[], dimension: number): FloatRows | undefined {
  const rows = new Float32Array(vectors.length * dimension);
  for (const [at, vector] of vectors.entries()) {
    if (vector.length !== dimension) return undefined;
    rows.set(vector, at * dimension);
  }
  return new FloatRows(rows, dimension);
}

function within(value: number, { min, max }: { readonly min: number; readonly max: number }): number {
  return Math.min(max, Math.max(min, value));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
