import type { LiveIndex } from '../../../index/liveIndex.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';
import { notationOf } from '../../../text/notations.js';
import { type Filter, parseFilter } from '../../filter/parseFilter.js';
import { Query } from '../query.js';
import type { Interpretation } from './interpretation.js';
import { readMeasures } from './readMeasures.js';
import { isFunctionWord, readNegations } from './readNegations.js';
import { readPrices } from './readPrices.js';
import { readValues } from './readValues.js';
import { vocabularyOf } from './valueVocabulary.js';

/** The filters found in a query, and the remaining text for word and vector search. */
export interface StructuredQuery {
  readonly interpretations: readonly Interpretation[];
  /** The query without the words of prices and negations; the same object if there are none. */
  readonly rest: Query;
}

/**
 * Finds prices, negations, sizes and names of values in a query. A query that is an identifier means only
 * that product. In a query that is a product's whole title nothing filters, and no words are removed.
 * @param ignore interpretations to leave out: their filters joined by AND.
 * @throws UserError for an `ignore` that does not parse.
 */
export function readStructure(
  index: LiveIndex,
  taxonomy: TaxonomyView | undefined,
  query: Query,
  ignore: string | undefined,
): StructuredQuery {
  const ignored =
    ignore === undefined || ignore.trim() === '' ? [] : conjuncts(parseFilter(ignore, 'ignore'));
  if (query.text.trim() === '' || query.identifierMatches(index).length > 0)
    return { interpretations: [], rest: query };
  // Queries are assumed to be in the taxonomy's language; `und`, of a drafted one, gives the neutral
  // notation.
  const notation = notationOf(taxonomy?.taxonomy.language ?? 'und');
  const vocabulary = vocabularyOf(index, taxonomy);
  const isPriced = (index.columns.field('price')?.cells ?? 0) > 0;
  const prices = isPriced ? readPrices(query, currenciesOf(index)) : [];
  const negations = readNegations(query, index, prices);
  const measures = readMeasures(query, vocabulary, [...prices, ...negations], notation);
  const values = readValues(query, vocabulary, [...prices, ...negations, ...measures]);
  const read = [...prices, ...negations, ...measures, ...values].sort((a, b) => a.start - b.start);
  // Words that are no part of a reading may change what the others mean: orange juice, black friday.
  const all = isWhollyRead(query, read) ? read : read.map((one) => ({ ...one, mayFilter: false }));
  const ignoredFilters = new Set(ignored.map((filter) => JSON.stringify(filter)));
  const interpretations = (query.titleMatches(index).length > 0 ? all.flatMap(onlyBoosting) : all).filter(
    ({ parsed, filtering }) =>
      ![parsed, ...(filtering === undefined ? [] : [filtering.parsed])].some((filter) =>
        conjuncts(filter).every((part) => ignoredFilters.has(JSON.stringify(part))),
      ),
  );
  return { interpretations, rest: removeConsumedWords(query, interpretations) };
}

/** Whether every word of the query belongs to an interpretation, except prepositions and the like. */
function isWhollyRead(query: Query, interpretations: readonly Interpretation[]): boolean {
  return query.keyWords.every(
    ({ start, end }) =>
      isFunctionWord(query.text.slice(start, end)) ||
      interpretations.some((one) => one.start <= start && end <= one.end),
  );
}

/** Restricts the interpretation of a product title: it may boost, but not filter or remove words. */
function onlyBoosting(interpretation: Interpretation): Interpretation[] {
  return interpretation.consumesWords ? [] : [{ ...interpretation, strict: false, mayFilter: false }];
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}

function removeConsumedWords(query: Query, interpretations: readonly Interpretation[]): Query {
  let rest = '';
  let at = 0;
  for (const { start, end, consumesWords } of interpretations) {
    if (!consumesWords) continue;
    rest += `${query.text.slice(at, start)} `;
    at = end;
  }
  return at === 0 ? query : new Query((rest + query.text.slice(at)).replace(/\s+/g, ' ').trim());
}

function currenciesOf(index: LiveIndex): ReadonlySet<string> {
  const column = index.columns.field('currency');
  const codes = column?.values.filter((_, code) => column.documents(code) > 0) ?? [];
  return new Set(codes.map((code) => code.trim().toUpperCase()));
}
