import { detectNotation, isNumeric, toNeutral } from '../../text/notations.js';
import { NEUTRAL, type Notation } from '../../text/numbers.js';
import { isRecord, type SourceRecord } from '../row.js';

/** How to read numbers in the strings of a JSONL file. */
export interface JsonNotation {
  readonly notation: Notation;
  /** The record with the numbers of its attributes in neutral notation; the same object if nothing changes. */
  withAttributes(record: SourceRecord): SourceRecord;
}

/** Detects from the first rows how strings write numbers. JSON numbers need no notation. */
export function jsonNotation(rows: readonly SourceRecord[]): JsonNotation {
  const attributes = new Map<string, string[]>();
  for (const row of rows) {
    if (!isRecord(row.attributes)) continue;
    for (const [name, value] of Object.entries(row.attributes)) {
      const cells = attributes.get(name) ?? [];
      attributes.set(name, cells);
      for (const item of [value].flat()) if (typeof item === 'string') cells.push(item);
    }
  }
  const columns = [
    { cells: stringsOf(rows, 'price'), isPrice: true },
    { cells: stringsOf(rows, 'stock') },
    ...[...attributes.values()].map((cells) => ({ cells })),
  ];
  const detected = detectNotation(columns);
  const numeric = new Set<string>();
  if (detected.grouping !== NEUTRAL.grouping || detected.exponents)
    for (const [name, cells] of attributes) if (isNumeric(cells)) numeric.add(name);
  return {
    // Programs write very large and very small numbers with an exponent.
    notation: { ...detected, exponents: true },
    withAttributes: (record) => (numeric.size === 0 ? record : withNeutralNumbers(record, numeric, detected)),
  };
}

function stringsOf(rows: readonly SourceRecord[], field: string): string[] {
  return rows.map((row) => row[field]).filter((value) => typeof value === 'string');
}

function withNeutralNumbers(
  record: SourceRecord,
  numeric: ReadonlySet<string>,
  notation: Notation,
): SourceRecord {
  if (!isRecord(record.attributes)) return record;
  const convertItem = (value: unknown): unknown =>
    typeof value === 'string' ? toNeutral(value, notation) : value;
  const attributes = Object.entries(record.attributes).map(([name, value]) => {
    if (!numeric.has(name)) return [name, value];
    return [name, Array.isArray(value) ? value.map(convertItem) : convertItem(value)];
  });
  return { ...record, attributes: Object.fromEntries(attributes) };
}
