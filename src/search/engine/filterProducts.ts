import type { LiveColumn } from '../../index/columns/liveColumn.js';
import { readKey } from '../../index/columns/readCell.js';
import { codesOf, type Wanted } from '../filter/applyFilter.js';
import { readBound } from '../filter/compare.js';
import { NEGATION_TERMS_AFTER, NEGATION_TERMS_BEFORE } from '../filter/negationWords.js';
import type { Comparison, Filter, Literal } from '../filter/parseFilter.js';
import { requireKnownField } from '../filter/requireKnownField.js';
import { affirmsPhrase, type Phrase, readPhrase, TEXT_FIELD } from '../filter/textFilter.js';
import type { EngineIndex } from './engineIndex.js';
import { ALL, both, either, NONE, type Products, without } from './products.js';

/** Products with a phrase and a word of negation that are read to see whether they negate it. */
const MAX_READ = 2000;

/**
 * The products that pass a filter, as applyFilter defines it. Which values pass is decided here, by the same code; the
 * engine is asked for products that have them.
 * @throws UserError for a field that the catalog does not have.
 */
export function filterProducts(index: EngineIndex, filter: Filter): Products {
  switch (filter.kind) {
    case 'and':
      return filter.parts.map((part) => filterProducts(index, part)).reduce(both, ALL);
    case 'or':
      return either(filter.parts.map((part) => filterProducts(index, part)));
    case 'not':
      return { kind: 'not', part: filterProducts(index, filter.part) };
    case 'exists':
      if (filter.field === 'id') return ALL;
      return columnOf(index, filter.field) === undefined
        ? NONE
        : { kind: 'field', field: nameOf(index, filter.field) };
    case 'in':
      return equal(index, filter.field, filter.values);
    case 'compare':
      return compare(index, filter.field, filter.operator, filter.value);
  }
}

function compare(index: EngineIndex, field: string, operator: Comparison, value: Literal): Products {
  if (operator === '=') return equal(index, field, [value]);
  if (operator === '!=') return { kind: 'not', part: equal(index, field, [value]) };
  const bound = readBound(field, operator, value);
  return valuesWhere(index, field, { values: [], ranges: [{ operator, bound }] });
}

function equal(index: EngineIndex, field: string, values: readonly Literal[]): Products {
  if (field === 'id') return { kind: 'ids', ids: values.map(String) };
  if (field === TEXT_FIELD)
    return either(values.map((value) => affirmingProducts(index, readPhrase(String(value)))));
  return valuesWhere(index, field, { values: [...values], ranges: [] });
}

/** The products with a value whose code passes. */
function valuesWhere(index: EngineIndex, field: string, wanted: Wanted): Products {
  const column = columnOf(index, field);
  if (column === undefined) return NONE;
  const known = productsWithCodes(index, column, codesOf(column, wanted, index.columns.rules));
  // What was written a moment ago may not be among the statistics yet.
  const keys = wanted.values.flatMap((value) =>
    column.codeOf(String(value)) === undefined
      ? (readKey(column.name, String(value), index.columns.rules) ?? [])
      : [],
  );
  return keys.length === 0 ? known : either([known, { kind: 'values', field: column.name, keys }]);
}

/** The products with a value whose code is marked. */
export function productsWithCodes(index: EngineIndex, column: LiveColumn, pass: ArrayLike<number>): Products {
  const keys: string[] = [];
  for (let code = 0; code < pass.length; code++) {
    if (pass[code] !== 1 || column.documents(code) === 0) continue;
    const key = index.vocabulary.keyOf(column, code);
    if (key !== undefined) keys.push(key);
  }
  return keys.length === 0 ? NONE : { kind: 'values', field: column.name, keys };
}

/** See productsContaining. */
export function mentioningProducts({ words }: Phrase): Products {
  if (words.length === 0) return NONE;
  return words
    .map(({ alternatives, parts }): Products => {
      const anyOf = [...alternatives.map((term) => [term]), ...(parts.length > 0 ? [parts] : [])];
      return { kind: 'terms', among: 'mentions', anyOf };
    })
    .reduce(both, ALL);
}

/** See productsAffirming. The products that may negate the phrase are read. */
function affirmingProducts(index: EngineIndex, phrase: Phrase): Products {
  const mentioning = mentioningProducts(phrase);
  const negations = [...new Set([...NEGATION_TERMS_BEFORE, ...NEGATION_TERMS_AFTER])].map((term) => [term]);
  const doubtful = both(index.all, both(mentioning, { kind: 'terms', among: 'mentions', anyOf: negations }));
  const answer = index.questions?.get({ kind: 'products', products: doubtful, limit: MAX_READ });
  if (answer?.kind !== 'products') return mentioning;
  const negating = answer.products.filter(
    ({ product }) => !affirmsPhrase(product, phrase, index.columns.rules),
  );
  return negating.length === 0
    ? mentioning
    : without(mentioning, { kind: 'ids', ids: negating.map(({ id }) => id) });
}

/** The column of a filterable field; undefined if the field is known but empty. */
function columnOf(index: EngineIndex, field: string): LiveColumn | undefined {
  const column = index.columns.field(field);
  if (column === undefined) requireKnownField(index, field, 'filter');
  return column?.whole;
}

function nameOf(index: EngineIndex, field: string): string {
  return index.columns.field(field)?.name ?? field;
}
