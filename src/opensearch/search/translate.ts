import type { Products, TermField } from '../../search/engine/products.js';
import { documentId, encodeField, tokenPrefix, valueToken } from '../documentNames.js';

const FIELDS: Record<TermField, string> = {
  anywhere: 'terms',
  title: 'in_title',
  brand: 'in_brand',
  mentions: 'mentions',
};
/** Shares are rounded to 32 bits by the engine, and their order of summation differs. */
const EPSILON = 1e-5;
const NOTHING = { match_none: {} };

/** The query of the engine for some products. Names and values are only ever values of it, so nothing can be injected. */
export function translate(products: Products): object {
  switch (products.kind) {
    case 'all':
      return { match_all: {} };
    case 'and':
      return { bool: { filter: products.parts.map(translate) } };
    case 'or':
      return anyOf(products.parts.map(translate));
    case 'not':
      return { bool: { must_not: [translate(products.part)] } };
    case 'ids':
      return products.ids.length === 0 ? NOTHING : { terms: { _id: products.ids.map(documentId) } };
    case 'status':
      return { term: { status: products.status } };
    case 'field':
      return { prefix: { values: { value: tokenPrefix(products.field) } } };
    case 'values':
      return { terms: { values: products.keys.map((key) => valueToken(products.field, key)) } };
    case 'range':
      return { range: { [`numbers.${encodeField(products.field)}`]: products.bounds } };
    case 'terms':
      return translateTerms(FIELDS[products.among], products.anyOf);
    case 'identifiers':
      return { terms: { identifiers: products.keys } };
    case 'codePart':
      return anyOf(products.parts.map((part) => ({ wildcard: { codes: { value: `*${part}*` } } })));
    case 'titles':
      return { terms: { titles: products.keys.map(String) } };
    case 'words':
      return {
        function_score: {
          query: {
            bool: {
              should: products.words
                .filter(({ share }) => share > 0)
                .map((word) => ({
                  constant_score: { filter: translate(word.products), boost: word.share },
                })),
            },
          },
          min_score: Math.max(EPSILON, products.min - EPSILON),
        },
      };
  }
}

function translateTerms(field: string, lists: readonly (readonly string[])[]): object {
  const single = lists.flatMap((terms) => (terms.length === 1 ? terms : []));
  const several = lists.filter((terms) => terms.length > 1);
  return anyOf([
    ...(single.length === 0 ? [] : [{ terms: { [field]: single } }]),
    ...several.map((terms) => ({ bool: { filter: terms.map((term) => ({ term: { [field]: term } })) } })),
  ]);
}

function anyOf(queries: readonly object[]): object {
  const [only] = queries;
  if (only === undefined) return NOTHING;
  return queries.length === 1 ? only : { bool: { should: queries, minimum_should_match: 1 } };
}
