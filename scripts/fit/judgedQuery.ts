import type { Product } from '../../src/domain/product.js';

/** What a query looks like: a code or number, a name of a few words, or a need put in a sentence. */
export const QUERY_TYPES = ['codes', 'names', 'needs'] as const;
export type QueryType = (typeof QUERY_TYPES)[number];

export interface JudgedQuery {
  readonly text: string;
  /** Where it is from; a catalog's figures are means over its families, each weighed equally. */
  readonly family: string;
  readonly type: QueryType;
  /** Grades by product id; absent is irrelevant. At least one is above 0. */
  readonly grades: ReadonlyMap<string, number>;
  /** Whether anybody knows if the product is relevant. */
  isJudged(id: string): boolean;
}

/** A catalog as it is indexed, and queries whose relevant products are known. */
export interface JudgedCatalog {
  readonly name: string;
  readonly products: readonly Product[];
  readonly queries: readonly JudgedQuery[];
}

const MIN_WORDS_OF_NEED = 4;
/** Words of sentences that are rare in names of products, unlike `for` and `with`. */
const SENTENCE_WORDS = new Set(
  'a an and are at from i in is it me my not of on that the their this to when who without you your'.split(
    ' ',
  ),
);

export function queryTypeOf(text: string): QueryType {
  const words = text.toLowerCase().split(/\s+/);
  if (words.length >= MIN_WORDS_OF_NEED && words.some((word) => SENTENCE_WORDS.has(word))) return 'needs';
  return /\p{N}/u.test(text) ? 'codes' : 'names';
}
