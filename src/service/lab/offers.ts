import { existsSync } from 'node:fs';
import { readWeights } from '../../catalog/evaluate/readWeights.js';
import { listWithCurrent } from '../../catalog/generations.js';
import { learnedFiles } from '../../learning/learn.js';
import type { RankingSettings } from '../../search/rank/rankingSettings.js';
import { WEIGHTS } from '../../search/rank/rankingWeights.js';
import { type SearchVariant, searchVariantSchema } from '../../search/searchVariant.js';

/** A variant that can be tried without a definition. */
export interface Offer {
  /** For example `learned`. */
  readonly name: string;
  /** What it changes, in words. */
  readonly title: string;
  readonly search: SearchVariant;
}

/** Seven times the weight that only breaks ties, and half of that of the words' coverage. */
const POPULAR_WEIGHT = 0.15;

/** What can be tried beside what serves; what was learned from shoppers comes first, where there is any. */
export async function offersOf({
  dataDir,
  indexesDir,
  serving,
  rankings,
}: {
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly serving: RankingSettings;
  /** Those that were imported. */
  readonly rankings: readonly { readonly name: string; readonly queries: number }[];
}): Promise<Offer[]> {
  const files = learnedFiles(dataDir);
  const offers: Offer[] = [];
  const add = (name: string, title: string, search: object): void => {
    offers.push({ name, title, search: searchVariantSchema.parse(search) });
  };
  if (existsSync(files.weights))
    add('learned', 'Ranking weights fitted on what shoppers click', {
      weights: await readWeights(files.weights),
    });
  if (existsSync(files.products)) {
    add('popular', 'What shoppers click and buy counts more', {
      popularity: 'learned',
      weights: { ...(serving.weights ?? WEIGHTS), popularity: POPULAR_WEIGHT },
    });
    add('exploring', 'Every tenth place for a product that is hardly seen yet', { exploration: {} });
  }
  for (const { name, queries } of rankings)
    add(name, `The imported ranking ${name}, for its ${queries} queries`, { imported: name });
  add('diverse-brands', 'More different brands in the first places', { diversity: { by: 'brand' } });
  add('diverse-categories', 'More different categories in the first places', {
    diversity: { by: 'category' },
  });
  add('words', 'Words only: no hits by meaning', { meaning: false });
  add('unfilled', 'Without filled values', { facts: false });
  add('unruled', 'Without rules and synonyms', { rules: false });
  add('literal', 'Without reading prices, colours and brands as filters', { understand: false });
  add('uncorrected', 'Without correcting spelling', { correct: false });
  for (const { id, created, current } of await listWithCurrent(indexesDir))
    if (!current) add(`generation-${id}`, `The generation of ${created.slice(0, 16)}`, { generation: id });
  return offers;
}
