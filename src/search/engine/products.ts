/**
 * Products by what they have, as an engine elsewhere is asked for them. `values` are keys of values of one field (see
 * `readCell`); `terms` are stemmed terms, of which a product has all of one of the lists.
 */
export type Products =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Products[] }
  | { readonly kind: 'not'; readonly part: Products }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'values'; readonly field: string; readonly keys: readonly string[] }
  | { readonly kind: 'range'; readonly field: string; readonly bounds: Bounds }
  | { readonly kind: 'terms'; readonly among: TermField; readonly anyOf: readonly (readonly string[])[] }
  | { readonly kind: 'identifiers'; readonly keys: readonly string[] }
  | { readonly kind: 'codePart'; readonly parts: readonly string[] }
  | { readonly kind: 'titles'; readonly keys: readonly number[] }
  | { readonly kind: 'words'; readonly words: readonly WeightedWord[]; readonly min: number };

export interface Bounds {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

/** Where terms are looked for: anywhere, in the title, in the brand, or in title, brand and attributes. */
export type TermField = 'anywhere' | 'title' | 'brand' | 'mentions';

/** A word of a query: a product has it if it has one of its forms; then it has this share of the query's weight. */
export interface WeightedWord {
  readonly share: number;
  readonly products: Products;
}

export const ALL: Products = { kind: 'all' };
export const NONE: Products = { kind: 'ids', ids: [] };

export function both(one: Products, other: Products): Products {
  const parts = [one, other].flatMap((part) =>
    part.kind === 'all' ? [] : part.kind === 'and' ? part.parts : [part],
  );
  const [only] = parts;
  if (only === undefined) return ALL;
  return parts.length === 1 ? only : { kind: 'and', parts };
}

export function without(one: Products, other: Products): Products {
  return both(one, { kind: 'not', part: other });
}

export function either(parts: readonly Products[]): Products {
  const [only] = parts;
  if (only === undefined) return NONE;
  return parts.length === 1 ? only : { kind: 'or', parts };
}
