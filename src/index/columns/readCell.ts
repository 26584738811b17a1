import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import { attributeName } from '../../domain/field.js';
import { toBase } from '../../text/units.js';
import { spellingKey, visibleText } from '../../text/visibleText.js';
import { isIdentifierField } from '../identifiers/identifierKeys.js';
import { type Reading, readValue } from './readValue.js';
import type { ValueRules } from './valueRules.js';

/** A value of a field as columns hold it. */
export interface Cell {
  /** Equal for all spellings of one value. */
  readonly key: string;
  /** The spelling, as people see it. */
  readonly text: string;
  /** The taxonomy's name of the value, shown instead of the spelling. */
  readonly canonical: string | undefined;
  readonly reading: Reading;
}

/** Fields whose values are exact: two ids that differ in case are two ids. */
const EXACT_FIELDS = new Set(['id', 'title', 'group_id']);
/** Fields of names, which are never numbers: `3M`, `1664`. */
const NAMES = new Set(['title', 'brand']);
/** Marks keys that are no spelling. */
const MARK = '\u0000';

/** The key of a text that a column holds, as `readCell` gives it. */
export function readKey(field: string, text: string, rules: ValueRules): string | undefined {
  return isExact(field) ? text : readCell(field, text, rules)?.key;
}

/** Reads a value of a field. Undefined if nothing of it is visible. */
export function readCell(
  field: string,
  value: string | number | boolean,
  rules: ValueRules,
): Cell | undefined {
  if (isExact(field)) {
    const text = String(value).trim();
    const reading = NAMES.has(field) ? {} : readValue(value);
    return text === '' ? undefined : { key: text, text, canonical: undefined, reading };
  }
  if (field === 'category') return readCategory(rules.categoryPath(String(value)));
  const text = typeof value === 'string' ? visibleText(value) : String(value);
  const reading = NAMES.has(field) ? {} : readValue(typeof value === 'string' ? text : value);
  const canonical = rules.canonical(field, value);
  if (canonical?.kind === 'number') {
    const { value: number, unit } = canonical;
    // A bare number in an attribute without a unit keeps the unit of its column.
    const quantity = { value: number, unit, isBare: unit === undefined, isWhole: true };
    const base = unit === undefined ? `${number}` : `${toBase(number, unit)} ${unit.dimension}`;
    return { key: MARK + base, text, canonical: undefined, reading: { quantity } };
  }
  if (canonical !== undefined) {
    const { text: name } = canonical;
    return { key: spellingKey(name), text, canonical: name, reading: readValue(name) };
  }
  const key = keyOf(text, reading);
  return key === '' ? undefined : { key, text, canonical: undefined, reading };
}

function keyOf(text: string, { quantity, date }: Reading): string {
  if (date !== undefined && date.monthFirst === undefined) return `${MARK}date ${date.time}`;
  if (quantity?.isWhole === true && quantity.unit !== undefined) {
    return `${MARK}${toBase(quantity.value, quantity.unit)} ${quantity.unit.dimension}`;
  }
  return spellingKey(text);
}

function readCategory(path: string): Cell | undefined {
  const levels = categoryLevels(path).map(visibleText);
  const keys = levels.map(spellingKey);
  const text = joinLevels(levels.filter((_, depth) => keys[depth] !== ''));
  const key = joinLevels(keys.filter((level) => level !== ''));
  return key === '' ? undefined : { key, text, canonical: undefined, reading: {} };
}

function isExact(field: string): boolean {
  return EXACT_FIELDS.has(field) || isIdentifierField(attributeName(field) ?? field);
}
