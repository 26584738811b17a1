import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { LEXICAL_FIELDS, type LiveIndex } from '../../index/liveIndex.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { germanicShare } from '../understand/compoundTails.js';
import { vocabularyOf } from '../understand/structure/valueVocabulary.js';

/** Raised when the shape or the meaning of the statistics changes. */
export const STATISTICS_FORMAT = 1;

const count = z.number().int().min(0);

/** What understanding and ranking a query need to know of a catalog, without its products. */
export const statisticsSchema = z.object({
  format: z.literal(STATISTICS_FORMAT),
  /** Number of live products. */
  documents: count,
  averageLengths: z.array(z.number()),
  /** Terms and words as written, in ascending order, and the number of products with each. */
  terms: z.array(z.string()),
  termDocuments: z.array(count),
  words: z.array(z.string()),
  wordDocuments: z.array(count),
  columns: z.array(
    z.object({ name: z.string(), spellings: z.array(z.string()), documents: z.array(count) }),
  ),
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
export type Statistics = z.infer<typeof statisticsSchema>;

/** @throws UserError for another format. */
export function readStatistics(value: unknown): Statistics {
  const read = statisticsSchema.safeParse(value);
  if (read.success) return read.data;
  throw new UserError(
    `The statistics of the catalog cannot be read (${read.error.issues[0]?.path.join('.') ?? ''}): run \`shelfwright reindex\` with this version.`,
  );
}

/** The statistics of an index. */
export function describeStatistics(index: LiveIndex, taxonomy: TaxonomyView | undefined): Statistics {
  const words: [string, number][] = [];
  index.lexical.forEachWord((word, documents) => words.push([word, documents]));
  words.sort(([a], [b]) => (a < b ? -1 : 1));
  const terms = index.lexical.terms('', Number.MAX_SAFE_INTEGER).sort((a, b) => (a < b ? -1 : 1));
  const vocabulary = vocabularyOf(index, taxonomy);
  return {
    format: STATISTICS_FORMAT,
    documents: index.live,
    averageLengths: LEXICAL_FIELDS.map((_, field) => index.lexical.averageLength(field)),
    terms,
    termDocuments: terms.map((term) => index.lexical.postings(term)?.documents ?? 0),
    words: words.map(([word]) => word),
    wordDocuments: words.map(([, documents]) => documents),
    columns: index.columns.names().flatMap((name) => describeColumn(index, name)),
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

function describeColumn(index: LiveIndex, name: string): Statistics['columns'] {
  const column = index.columns.field(name);
  if (column === undefined) return [];
  const { cells, textOf } = column.spellings;
  const { ordinals } = column;
  const documents = new Map<number, number>();
  for (const [cell, spelling] of cells.entries())
    if (index.alive(ordinals[cell] ?? 0)) documents.set(spelling, (documents.get(spelling) ?? 0) + 1);
  const spellings = [...documents.keys()];
  return [
    { name, spellings: spellings.map(textOf), documents: spellings.map((one) => documents.get(one) ?? 0) },
  ];
}
