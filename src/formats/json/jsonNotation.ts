import { detectNotation, inNeutral, isNumeric } from '../../text/notations.js';
import { NEUTRAL, type Notation } from '../../text/numbers.js';
import { isRecord, type SourceRecord } from '../row.js';

/** How the numbers of a JSONL file are read that stand in strings. */
export interface JsonNotation {
  readonly notation: Notation;
  /** The record with the numbers of its attributes as the neutral rule reads them; the same record where nothing changes. */
  withAttributes(record: SourceRecord): SourceRecord;
}

/** Tells from the first rows of a file how its strings write numbers. Numbers of JSON itself need no notation. */
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
  const found = detectNotation(columns);
  const numeric = new Set<string>();
  if (found.grouping !== NEUTRAL.grouping || found.exponents)
    for (const [name, cells] of attributes) if (isNumeric(cells)) numeric.add(name);
  return {
    // Programs write large and small numbers with an exponent.
    notation: { ...found, exponents: true },
    withAttributes: (record) => (numeric.size === 0 ? record : rewritten(record, numeric, found)),
  };
}

function stringsOf(rows: readonly SourceRecord[], field: string): string[] {
  return rows.map((row) => row[field]).filter((value) => typeof value === 'string');
}

function rewritten(record: SourceRecord, numeric: ReadonlySet<string>, notation: Notation): SourceRecord {
  if (!isRecord(record.attributes)) return record;
  const inText = (value: unknown): unknown =>
    typeof value === 'string' ? inNeutral(value, notation) : value;
  const attributes = Object.entries(record.attributes).map(([name, value]) => {
    if (!numeric.has(name)) return [name, value];
    return [name, Array.isArray(value) ? value.map(inText) : inText(value)];
  });
  return { ...record, attributes: Object.fromEntries(attributes) };
}
