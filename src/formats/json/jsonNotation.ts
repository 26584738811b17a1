import { attributeName } from '../../domain/field.js';
import { isRecord } from '../../domain/isRecord.js';
import { readMoney } from '../../text/money.js';
import { detectNotations, isNumeric, toNeutral } from '../../text/notations.js';
import { NEUTRAL, type Notation, readNumber } from '../../text/numbers.js';
import type { Placeholders } from '../../text/placeholders.js';
import type { SourceRecord } from '../row.js';

/** How to read the strings of a JSONL file. */
export interface JsonNotation {
  /** The notation of prices and counts. */
  readonly notation: Notation;
  /**
   * The record with null for placeholders, a price with its currency as a number, and the numbers of its attributes in
   * neutral notation; the same object if nothing changes.
   */
  clean(record: SourceRecord): SourceRecord;
}

/** Detects from the first rows how strings write numbers. JSON numbers need no notation. */
export function jsonNotation(rows: readonly SourceRecord[], placeholders: Placeholders): JsonNotation {
  const attributes = new Map<string, string[]>();
  const filled = rows.map((row) => withoutPlaceholders(row, placeholders, () => false));
  for (const row of filled) {
    if (!isRecord(row.attributes)) continue;
    for (const [name, value] of Object.entries(row.attributes)) {
      const cells = attributes.get(name) ?? [];
      attributes.set(name, cells);
      for (const item of [value].flat()) if (typeof item === 'string') cells.push(item);
    }
  }
  const columns = [
    { cells: stringsOf(filled, 'price'), isPrice: true },
    { cells: stringsOf(filled, 'stock') },
    ...[...attributes.values()].map((cells) => ({ cells })),
  ];
  const { notation, amounts } = detectNotations(columns);
  const numeric = new Set([...attributes].filter(([, cells]) => isNumeric(cells)).map(([name]) => name));
  const isNeutral = notation.grouping === NEUTRAL.grouping && !notation.exponents;
  const isNumber = (field: string): boolean =>
    field === 'price' || field === 'stock' || numeric.has(attributeName(field) ?? '');
  return {
    notation: amounts,
    clean(record) {
      const values = withPrice(withoutPlaceholders(record, placeholders, isNumber), amounts);
      return isNeutral || numeric.size === 0 ? values : withNeutralNumbers(values, numeric, notation);
    },
  };
}

function stringsOf(rows: readonly SourceRecord[], field: string): string[] {
  return rows.map((row) => row[field]).filter((value) => typeof value === 'string');
}

/** Null for every placeholder, except an id. */
function withoutPlaceholders(
  record: SourceRecord,
  placeholders: Placeholders,
  isNumber: (field: string) => boolean,
): SourceRecord {
  const values = changedValues(record, (value, name) => {
    if (name === 'id') return value;
    if (name !== 'attributes' || !isRecord(value)) return placeholders.blanked(value, isNumber(name));
    return changedValues(value, (inner, attribute) =>
      placeholders.blanked(inner, isNumber(`attributes.${attribute}`)),
    );
  });
  return values;
}

function withPrice(record: SourceRecord, notation: Notation): SourceRecord {
  const { price, currency } = record;
  if (typeof price !== 'string' || readNumber(price, notation) !== undefined) return record;
  const money = readMoney(price, notation);
  if (money === undefined) return record;
  return {
    ...record,
    price: money.amount,
    ...((currency ?? undefined) === undefined &&
      money.currency !== undefined && { currency: money.currency }),
  };
}

function withNeutralNumbers(
  record: SourceRecord,
  numeric: ReadonlySet<string>,
  notation: Notation,
): SourceRecord {
  if (!isRecord(record.attributes)) return record;
  const convertItem = (value: unknown): unknown =>
    typeof value === 'string' ? toNeutral(value, notation) : value;
  const attributes = changedValues(record.attributes, (value, name) => {
    if (!numeric.has(name)) return value;
    return Array.isArray(value) ? value.map(convertItem) : convertItem(value);
  });
  return { ...record, attributes };
}

/** The record with its values changed; the same object if none changes. Keeps a key `__proto__`. */
function changedValues(
  record: SourceRecord,
  change: (value: unknown, name: string) => unknown,
): SourceRecord {
  const entries = Object.entries(record);
  const changed = entries.map(([name, value]): [string, unknown] => [name, change(value, name)]);
  return changed.every(([, value], at) => value === entries[at]?.[1]) ? record : Object.fromEntries(changed);
}
