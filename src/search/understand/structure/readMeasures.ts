import type { Token } from '../../../text/tokens.js';
import { type Unit, unitOf } from '../../../text/units.js';
import { parseFilter } from '../../filter/parseFilter.js';
import type { Query } from '../query.js';
import type { Interpretation } from './interpretation.js';
import type { NamedMeasure } from './learnMeasures.js';
import { readAmount } from './readAmount.js';
import type { Span } from './readValues.js';
import type { ValueVocabulary } from './valueVocabulary.js';
import { writeCondition } from './writeFilter.js';

/** Rounding of what was converted, as a share of the last digit given. */
const NEAR = 1e-3;
const MAX_VALUES = 50;

/**
 * The sizes that a query gives, `13 inch` or `500ml`, as values of the measure that titles of this catalog say so,
 * in whatever unit of its dimension they are written: a number stands for what begins with it, 13 for 13.3.
 */
export function readMeasures(
  { text: query, tokens: run }: Query,
  vocabulary: ValueVocabulary,
  taken: readonly Span[],
): Interpretation[] {
  if (vocabulary.measures.length === 0) return [];
  const senses: Interpretation[] = [];
  for (let at = 0; at < run.length; at++) {
    const first = run[at];
    if (first === undefined || !/^\p{N}/u.test(first.folded)) continue;
    const measured = unitBehind(query, run, at + 1);
    const amount = readAmount(query, first.start, false);
    if (measured === undefined || amount?.end !== first.end) continue;
    const { unit, end } = measured;
    if (taken.some((span) => span.start < end && first.start < span.end)) continue;
    const step = 10 ** -(/[.,](\d{1,2})$/.exec(first.folded)?.[1]?.length ?? 0);
    const filter = filterOf(vocabulary.measures, amount.value, step, unit);
    if (filter === undefined) continue;
    const { start } = first;
    senses.push({
      ...{ text: query.slice(start, end), start, end, parsed: parseFilter(filter.text) },
      ...{ filter: filter.text, certainty: filter.spoken, strict: false, consumesWords: false },
    });
  }
  return senses;
}

function filterOf(
  measures: readonly NamedMeasure[],
  value: number,
  step: number,
  asked: Unit,
): { text: string; spoken: number } | undefined {
  const from = baseOf(value, asked);
  const to = baseOf(value + step, asked);
  const slack = NEAR * Math.abs(to - from);
  for (const { column, dimension, unit, measures: known, spoken } of measures) {
    if (dimension !== asked.dimension) continue;
    const codes = known
      .filter(({ base, code }) => base >= from - slack && base < to - slack && column.documents(code) > 0)
      .map(({ code }) => code);
    if (codes.length === 0) continue;
    const text =
      unit === asked
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

function baseOf(value: number, unit: Unit): number {
  return value * unit.factor + unit.offset;
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
