import { NEUTRAL, type Notation, numberAt } from '../../../text/numbers.js';
import type { Token } from '../../../text/tokens.js';
import { isPreposition } from '../../../text/unitAfter.js';
import { toBase, type Unit, unitOf } from '../../../text/units.js';
import { parseFilter } from '../../filter/parseFilter.js';
import type { Query } from '../query.js';
import type { Interpretation } from './interpretation.js';
import type { NamedMeasure } from './learnMeasures.js';
import type { Span } from './readValues.js';
import type { ValueVocabulary } from './valueVocabulary.js';
import { writeCondition } from './writeFilter.js';

/** Rounding tolerance of a conversion, as a share of the last digit. */
const ROUNDING = 1e-3;
const MAX_VALUES = 50;

/** The smallest step of a fraction, as on a ruler. */
const FRACTION_STEP = 1 / 64;

/**
 * Sizes in a query, such as `13 inch`, `1 1/2 in` or `500ml`, as values of the measure that titles of this
 * catalog mention, in any unit of its dimension. A number means all values that begin with it: 13 also means
 * 13.3. `notation` is that of the query's language.
 */
export function readMeasures(
  { text: query, tokens }: Query,
  vocabulary: ValueVocabulary,
  taken: readonly Span[],
  notation: Notation = NEUTRAL,
): Interpretation[] {
  if (vocabulary.measures.length === 0) return [];
  const interpretations: Interpretation[] = [];
  for (let at = 0; at < tokens.length; ) {
    const { size, next } = sizeAt(query, tokens, at, notation);
    const start = tokens[at]?.start ?? 0;
    at = next;
    if (size === undefined) continue;
    const { value, step, unit, end } = size;
    if (taken.some((span) => span.start < end && start < span.end)) continue;
    const filter = filterOf(vocabulary.measures, value, step, unit);
    if (filter === undefined) continue;
    interpretations.push({
      ...{ text: query.slice(start, end), start, end, parsed: parseFilter(filter.text) },
      ...{ filter: filter.text, certainty: filter.titleShare, strict: false, consumesWords: false },
    });
  }
  return interpretations;
}

interface Size {
  readonly value: number;
  /** Difference to the next number with as many digits. */
  readonly step: number;
  readonly unit: Unit;
  readonly end: number;
}

/** The number that begins at a token, and the unit after it; `next` is the token after the number. */
function sizeAt(
  query: string,
  tokens: readonly Token[],
  at: number,
  notation: Notation,
): { size: Size | undefined; next: number } {
  const number = numberAt(query, tokens[at]?.start ?? query.length, notation);
  let next = at + 1;
  if (number === undefined) return { size: undefined, next };
  while ((tokens[next]?.start ?? Number.POSITIVE_INFINITY) < number.end) next++;
  const measured = tokens[next - 1]?.end === number.end ? unitAfter(query, tokens, next) : undefined;
  if (measured === undefined) return { size: undefined, next };
  const { value, decimals } = number;
  const step = decimals === undefined ? FRACTION_STEP : 10 ** -decimals;
  return { size: { value, step, ...measured }, next };
}

function filterOf(
  measures: readonly NamedMeasure[],
  value: number,
  step: number,
  unitInQuery: Unit,
): { text: string; titleShare: number } | undefined {
  const from = toBase(value, unitInQuery);
  const to = toBase(value + step, unitInQuery);
  const slack = ROUNDING * Math.abs(to - from);
  for (const { column, dimension, unit, measures: values, titleShare } of measures) {
    if (dimension !== unitInQuery.dimension) continue;
    const codes = values
      .filter(({ base, code }) => base >= from - slack && base < to - slack && column.documents(code) > 0)
      .map(({ code }) => code);
    if (codes.length === 0) continue;
    // A bare number is in the column's own unit.
    const isPlain = unit === unitInQuery && (column.unit ?? unitInQuery) === unitInQuery;
    const text = isPlain
      ? [writeCondition(column.name, '>=', value), writeCondition(column.name, '<', value + step)].join(
          ' AND ',
        )
      : writeCondition(
          column.name,
          'IN',
          codes.slice(0, MAX_VALUES).map((code) => column.values[code] ?? ''),
        );
    if (text !== undefined && !column.name.includes('`')) return { text, titleShare };
  }
  return undefined;
}

function unitAfter(
  query: string,
  tokens: readonly Token[],
  at: number,
): { unit: Unit; end: number } | undefined {
  const from = tokens[at]?.folded === '-' ? at + 1 : at;
  const first = tokens[from];
  if (first === undefined) return undefined;
  for (const last of [tokens[from + 1], first]) {
    const unit = last === undefined ? undefined : unitOf(query.slice(first.start, last.end));
    const isWordIn = last === first && first.folded === 'in' && isPreposition(query, first.end);
    if (unit !== undefined && last !== undefined && !isWordIn) return { unit, end: last.end };
  }
  return undefined;
}
