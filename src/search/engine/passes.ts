import { statusOf } from '../../domain/productStatus.js';
import { titleKeys } from '../../index/identifiers/titleKeys.js';
import type { EngineIndex } from './engineIndex.js';
import type { Bounds, Products } from './products.js';

/** Rounding of shares. */
const EPSILON = 1e-6;
const keySets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether a fetched product is one of these. */
export function passes(index: EngineIndex, products: Products, ordinal: number): boolean {
  switch (products.kind) {
    case 'all':
      return true;
    case 'and':
      return products.parts.every((part) => passes(index, part, ordinal));
    case 'or':
      return products.parts.some((part) => passes(index, part, ordinal));
    case 'not':
      return !passes(index, products.part, ordinal);
    case 'ids':
      return products.ids.includes(index.idOf(ordinal));
    case 'status':
      return statusOf(index.peek(ordinal)) === products.status;
    case 'field':
      return (index.columns.field(products.field)?.codesOf(ordinal) ?? []).length > 0;
    case 'values':
      return hasValue(index, products.field, setOf(products.keys), ordinal);
    case 'range':
      return hasNumber(index, products.field, products.bounds, ordinal);
    case 'terms': {
      const { anyOf, among } = products;
      return anyOf.some((terms) => terms.every((term) => hasTerm(index, term, MASKS[among], ordinal)));
    }
    case 'identifiers':
      return index.hasIdentifier(ordinal, products.keys);
    case 'codePart':
      return index.hasCodePart(ordinal, products.parts);
    case 'titles':
      return titleKeys(index.peek(ordinal)).some((key) => products.keys.includes(key));
    case 'words': {
      let share = 0;
      for (const word of products.words) if (passes(index, word.products, ordinal)) share += word.share;
      return share >= products.min - EPSILON;
    }
  }
}

/** Of title, brand and attributes, the first, second and fourth of LEXICAL_FIELDS. */
const MASKS = {
  anywhere: -1,
  title: 0x1f,
  brand: 0x1f << 5,
  mentions: 0x1f | (0x1f << 5) | (0x1f << 15),
} as const;

function hasTerm(index: EngineIndex, term: string, mask: number, ordinal: number): boolean {
  const { terms = [], packed = [] } = index.fetched[ordinal] ?? {};
  const place = terms.indexOf(term);
  return place >= 0 && ((packed[place] ?? 0) & mask) !== 0;
}

function hasValue(index: EngineIndex, field: string, keys: ReadonlySet<string>, ordinal: number): boolean {
  const column = index.columns.field(field);
  if (column === undefined) return false;
  return column.codesOf(ordinal).some((code) => {
    const key = index.vocabulary.keyOf(column.whole, code);
    return key !== undefined && keys.has(key);
  });
}

function hasNumber(index: EngineIndex, field: string, bounds: Bounds, ordinal: number): boolean {
  const column = index.columns.field(field);
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = bounds;
  return (column?.codesOf(ordinal) ?? []).some((code) => {
    const number = column?.numbers[code] ?? Number.NaN;
    return number > gt && number >= gte && number < lt && number <= lte;
  });
}

function setOf(keys: readonly string[]): ReadonlySet<string> {
  const known = keySets.get(keys) ?? new Set(keys);
  keySets.set(keys, known);
  return known;
}
