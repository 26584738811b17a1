import type { LiveIndex } from '../../../index/liveIndex.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';
import { notationOf } from '../../../text/notations.js';
import { type Filter, parseFilter } from '../../filter/parseFilter.js';
import { Query } from '../query.js';
import type { Interpretation } from './interpretation.js';
import { readMeasures } from './readMeasures.js';
import { readNegations } from './readNegations.js';
import { readPrices } from './readPrices.js';
import { readValues } from './readValues.js';
import { vocabularyOf } from './valueVocabulary.js';

/** A query read into filters, and what is left of it to be searched by words and meaning. */
export interface StructuredQuery {
  readonly interpretations: readonly Interpretation[];
  /** The query without the words of prices and of what is not wanted; the query itself where there are none. */
  readonly rest: Query;
}

/**
 * Reads prices, what is not wanted, names of values and sizes out of a query. A query that is an identifier means
 * that product and nothing else; from one that is a product's whole title, nothing is taken and nothing filters.
 * @param ignore readings to leave out: a conjunction of their filters.
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
  // Queries are taken to be in the language of the taxonomy; `und`, of a drafted one, gives the neutral notation.
  const notation = notationOf(taxonomy?.taxonomy.language ?? 'und');
  const vocabulary = vocabularyOf(index, taxonomy);
  const isPriced = (index.columns.field('price')?.codes.length ?? 0) > 0;
  const prices = isPriced ? readPrices(query, currenciesOf(index)) : [];
  const negations = readNegations(query, index, prices);
  const measures = readMeasures(query, vocabulary, [...prices, ...negations], notation);
  const values = readValues(query, vocabulary, [...prices, ...negations, ...measures]);
  const read = [...prices, ...negations, ...measures, ...values].sort((a, b) => a.start - b.start);
  const left = new Set(ignored.map((filter) => JSON.stringify(filter)));
  const senses = (query.titleMatches(index).length > 0 ? read.flatMap(softened) : read).filter(
    ({ parsed }) => !conjuncts(parsed).every((part) => left.has(JSON.stringify(part))),
  );
  return { interpretations: senses, rest: cut(query, senses) };
}

/** What may be said of a query that is a product's title: nothing that takes words or products away. */
function softened(sense: Interpretation): Interpretation[] {
  return sense.consumesWords ? [] : [{ ...sense, strict: false }];
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}

function cut(query: Query, senses: readonly Interpretation[]): Query {
  let rest = '';
  let at = 0;
  for (const { start, end, consumesWords } of senses) {
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
