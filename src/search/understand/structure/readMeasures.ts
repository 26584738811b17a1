import { NEUTRAL, type Notation, numberAt } from '../../../text/numbers.js';
import type { Token } from '../../../text/tokens.js';
import { toBase, type Unit, unitOf } from '../../../text/units.js';
import { parseFilter } from '../../filter/parseFilter.js';
import type { Query } from '../query.js';
import type { Interpretation } from './interpretation.js';
import type { NamedMeasure } from './learnMeasures.js';
import type { Span } from './readValues.js';
import type { ValueVocabulary } from './valueVocabulary.js';
import { writeCondition } from './writeFilter.js';

/** Rounding of what was converted, as a share of the last digit given. */
const NEAR = 1e-3;
const MAX_VALUES = 50;

/** What the last digit of a fraction counts: no ruler has finer ones. */
const FINEST = 1 / 64;

/**
 * The sizes that a query gives, `13 inch`, `1 1/2 in` or `500ml`, as values of the measure that titles of this catalog
 * say so, in whatever unit of its dimension they are written: a number stands for what begins with it, 13 for 13.3.
 * `notation` is that of the query's language.
 */
export function readMeasures(
  { text: query, tokens: run }: Query,
  vocabulary: ValueVocabulary,
  taken: readonly Span[],
  notation: Notation = NEUTRAL,
): Interpretation[] {
  if (vocabulary.measures.length === 0) return [];
  const senses: Interpretation[] = [];
  for (let at = 0; at < run.length; ) {
    const { size, next } = sizeAt(query, run, at, notation);
    const start = run[at]?.start ?? 0;
    at = next;
    if (size === undefined) continue;
    const { value, step, unit, end } = size;
    if (taken.some((span) => span.start < end && start < span.end)) continue;
    const filter = filterOf(vocabulary.measures, value, step, unit);
    if (filter === undefined) continue;
    senses.push({
      ...{ text: query.slice(start, end), start, end, parsed: parseFilter(filter.text) },
      ...{ filter: filter.text, certainty: filter.spoken, strict: false, consumesWords: false },
    });
  }
  return senses;
}

interface Size {
  readonly value: number;
  /** The next number of as many digits is this much more. */
  readonly step: number;
  readonly unit: Unit;
  readonly end: number;
}

/** The number that begins with a token, with the unit behind it; `next` is the token behind the number. */
function sizeAt(
  query: string,
  run: readonly Token[],
  at: number,
  notation: Notation,
): { size: Size | undefined; next: number } {
  const number = numberAt(query, run[at]?.start ?? query.length, notation);
  let next = at + 1;
  if (number === undefined) return { size: undefined, next };
  while ((run[next]?.start ?? Number.POSITIVE_INFINITY) < number.end) next++;
  const measured = run[next - 1]?.end === number.end ? unitBehind(query, run, next) : undefined;
  if (measured === undefined) return { size: undefined, next };
  const { value, decimals } = number;
  const step = decimals === undefined ? FINEST : 10 ** -decimals;
  return { size: { value, step, ...measured }, next };
}

function filterOf(
  measures: readonly NamedMeasure[],
  value: number,
  step: number,
  asked: Unit,
): { text: string; spoken: number } | undefined {
  const from = toBase(value, asked);
  const to = toBase(value + step, asked);
  const slack = NEAR * Math.abs(to - from);
  for (const { column, dimension, unit, measures: known, spoken } of measures) {
    if (dimension !== asked.dimension) continue;
    const codes = known
      .filter(({ base, code }) => base >= from - slack && base < to - slack && column.documents(code) > 0)
      .map(({ code }) => code);
    if (codes.length === 0) continue;
    // A bare number means the column's own unit.
    const isPlain = unit === asked && (column.unit ?? asked) === asked;
    const text = isPlain
      ? [writeCondition(column.name, '>=', value), writeCondition(column.name, '<', value + step)].join(
          ' AND ',
        )
      : writeCondition(
          column.name,
          'IN',
          codes.slice(0, MAX_VALUES).map((code) => column.values[code] ?? ''),
        );
    if (text !== undefined && !column.name.includes('`')) return { text, spoken };
  }
  return undefined;
}

function unitBehind(
  query: string,
  run: readonly Token[],
  at: number,
): { unit: Unit; end: number } | undefined {
  const from = run[at]?.folded === '-' ? at + 1 : at;
  const first = run[from];
  if (first === undefined) return undefined;
  for (const last of [run[from + 1], first]) {
    const unit = last === undefined ? undefined : unitOf(query.slice(first.start, last.end));
    // `in` before another word is a preposition.
    const isPreposition = last === first && first.folded === 'in' && run[from + 1] !== undefined;
    if (unit !== undefined && last !== undefined && !isPreposition) return { unit, end: last.end };
  }
  return undefined;
}
