import { stringify } from 'csv-stringify/sync';
import { type Fact, isShown } from '../domain/fact.js';
import { guardFormula } from './formulaGuard.js';
import { cellText } from './table/fillCells.js';

const FACT_COLUMNS = [
  'id',
  'field',
  'value',
  'status',
  'confidence',
  'source',
  'method',
  'evidence_field',
  'start',
  'end',
  'quote',
  'evidence',
] as const;

export const FACTS_HEADER = `${FACT_COLUMNS.join(',')}\n`;

/**
 * Applied and suggested facts of one product as CSV lines. Evidence other than a span goes to the column `evidence`.
 * Cells pass through `guardFormula` if `guarded`.
 */
export function factLines(id: string, facts: readonly Fact[], guarded: boolean): string {
  const rows = facts
    .filter(isShown)
    .map(({ field, value, status, confidence, source, method, evidence }) => [
      id,
      field,
      cellText(value),
      status,
      String(confidence),
      source,
      method,
      ...('quote' in evidence
        ? [evidence.field, String(evidence.start), String(evidence.end), evidence.quote, '']
        : ['', '', '', '', 'rule' in evidence ? evidence.rule : JSON.stringify(evidence)]),
    ]);
  return rows.length === 0 ? '' : stringify(guarded ? rows.map((cells) => cells.map(guardFormula)) : rows);
}
