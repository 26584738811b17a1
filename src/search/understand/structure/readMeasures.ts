import { type Token, tokens } from '../../../domain/fold.js';
import type { LiveIndex } from '../../../index/live.js';
import { convert, type Unit, unitOf } from '../../../taxonomy/units.js';
import { parseFilter } from '../../filter/parseFilter.js';
import type { NamedMeasure } from './learnMeasures.js';
import { readAmount } from './readAmount.js';
import type { Sense } from './reading.js';
import type { Span } from './readValues.js';
import type { Vocabulary } from './vocabulary.js';
import { writeCondition } from './writeFilter.js';

/** Rounding of what was converted. */
const NEAR = 1e-3;

/**
 * The sizes that a query gives, `13 inch` or `500ml`, as ranges of the measure that titles of this catalog say so:
 * a number stands for what begins with it, 13 for 13.3 and 1.5 for 1.55. Converted, it stands for itself.
 */
export function readMeasures(
  query: string,
  index: LiveIndex,
  vocabulary: Vocabulary,
  taken: readonly Span[],
): Sense[] {
  if (vocabulary.measures.length === 0) return [];
  const run = tokens(query);
  const senses: Sense[] = [];
  for (let at = 0; at < run.length; at++) {
    const first = run[at];
    if (first === undefined || !/^\p{N}/u.test(first.folded)) continue;
    const measured = unitBehind(query, run, at + 1);
    const amount = readAmount(query, first.start, false);
    if (measured === undefined || amount?.end !== first.end) continue;
    const { unit, end } = measured;
    if (taken.some((span) => span.start < end && first.start < span.end)) continue;
    const step = 10 ** -(/[.,](\d{1,2})$/.exec(first.folded)?.[1]?.length ?? 0);
    const filter = filterOf(index, vocabulary.measures, amount.value, step, unit);
    if (filter === undefined) continue;
    const { start } = first;
    senses.push({
      ...{ text: query.slice(start, end), start, end, parsed: parseFilter(filter.text) },
      ...{ filter: filter.text, certainty: filter.spoken, strict: false, spent: false },
    });
  }
  return senses;
}

function filterOf(
  index: LiveIndex,
  measures: readonly NamedMeasure[],
  value: number,
  step: number,
  unit: Unit,
): { text: string; spoken: number } | undefined {
  for (const { field, unit: own, spoken } of measures) {
    const least = convert(value, unit, own);
    if (least === undefined) continue;
    const [low, high] = own === unit ? [value, value + step] : [least * (1 - NEAR), least * (1 + NEAR)];
    if (!holdsNumber(index, field, low, high)) continue;
    const from = writeCondition(field, '>=', low);
    const to = writeCondition(field, '<', high);
    if (from !== undefined && to !== undefined) return { text: `${from} AND ${to}`, spoken };
  }
  return undefined;
}

function holdsNumber(index: LiveIndex, field: string, low: number, high: number): boolean {
  const column = index.columns.field(field);
  return (
    column?.numbers.some((number, code) => number >= low && number < high && column.documents(code) > 0) ??
    false
  );
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
