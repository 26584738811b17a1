import { z } from 'zod';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { germanicShare } from '../understand/compoundTails.js';
import { prepareVocabulary, vocabularyOf } from '../understand/structure/valueVocabulary.js';

const count = z.number().int().min(0);

/** What was learned of a catalog's products to understand queries. */
export const learnedSchema = z.object({
  /** What names of values mean; see ValueVocabulary. */
  names: z.array(
    z.object({
      key: z.string(),
      filter: z.string(),
      certainty: z.number(),
      safe: z.boolean(),
      ambiguous: z.boolean(),
    }),
  ),
  longest: count,
  measures: z.array(
    z.object({
      field: z.string(),
      dimension: z.string(),
      unit: z.string().nullable(),
      measures: z.array(z.object({ value: z.string(), base: z.number() })),
      titleShare: z.number(),
    }),
  ),
  /** Share of the products whose text is in a language that writes compounds as one word. */
  compoundingShare: z.number(),
});
export type Learned = z.infer<typeof learnedSchema>;

/** What understanding and ranking a query need to know of a catalog, without its products. */
export interface Statistics extends Learned {
  /** Number of live products. */
  readonly documents: number;
  /** Mean number of tokens by lexical field. */
  readonly averageLengths: readonly number[];
  /** Terms and words as written, in ascending order, and the number of products with each. */
  readonly terms: readonly string[];
  readonly termDocuments: readonly number[];
  readonly words: readonly string[];
  readonly wordDocuments: readonly number[];
  /** The spellings of each column, and the number of products with each. */
  readonly columns: readonly {
    readonly name: string;
    readonly spellings: readonly string[];
    readonly documents: readonly number[];
  }[];
}

/** What an index taught. Pauses, so that other work can run. */
export async function readLearned(index: LiveIndex, taxonomy: TaxonomyView | undefined): Promise<Learned> {
  await prepareVocabulary(index, taxonomy);
  const vocabulary = vocabularyOf(index, taxonomy);
  return {
    names: [...vocabulary.names].map(([key, { filter, certainty, safe, ambiguous }]) => ({
      ...{ key, filter, certainty, safe, ambiguous },
    })),
    longest: vocabulary.longest,
    measures: vocabulary.measures.map(({ column, dimension, unit, measures, titleShare }) => ({
      ...{ field: column.name, dimension, unit: unit?.symbol ?? null, titleShare },
      measures: measures.map(({ code, base }) => ({ value: column.values[code] ?? '', base })),
    })),
    compoundingShare: germanicShare(index),
  };
}
