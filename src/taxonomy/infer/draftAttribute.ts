import { fold } from '../../text/fold.js';
import { readMeasure } from '../../text/measures.js';
import { convert, isAttached, unitOf } from '../../text/units.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, MeasureAttribute, TaxonomyValue } from '../schema.js';
import { writeMeasure } from '../writeMeasure.js';
import type { AttributeObservation, UnitSpelling } from './observeAttribute.js';

/** Maximum number of values of a closed list. */
const MAX_CLOSED_VALUES = 400;
/** A list of at most this many values keeps values that occur only once. */
const MAX_SHORT_LIST = 100;
/** Values of a closed list occur three times on average; of at most this many values, twice is enough. */
const MAX_TINY_LIST = 12;
/** If numbers with and without a unit both exceed this share, the unit is unknown. */
const MAX_MIXED_SHARE = 0.2;
/** Minimum share of values in the notation of one unit. */
const MIN_CONSISTENT_SHARE = 0.6;
/** A list with a larger share of new values is open. */
const MAX_NEW_SHARE = 0.02;
const MIN_NEW = 3;
const MAX_ALIASES = 20;
/** Minimum share of values of one type for the attribute to have that type. */
const MIN_TYPE_SHARE = 0.9;

/** Drafts an attribute from its observed values. Spellings with the same name key become one value, named by the most frequent. */
export function draftAttribute(
  id: string,
  name: string,
  aliases: string[],
  seen: AttributeObservation,
): Attribute {
  const base = {
    id,
    name,
    aliases,
    multiple: seen.multiValuedRows > 0 && seen.multiValuedRows * 100 >= seen.rows,
  };
  if (seen.booleans >= MIN_TYPE_SHARE * seen.values) return { ...base, type: 'boolean', true: [], false: [] };
  const measures = mostFrequentDimension(seen);
  const bare = seen.numbers + seen.bareNumbers;
  const isNumeric = bare + total(measures) >= MIN_TYPE_SHARE * seen.values;
  // `5.0` is a version: a listed value rather than a number.
  const isVersion = seen.nonCanonicalNumbers > (1 - MIN_TYPE_SHARE) * seen.values;
  const measured = isNumeric && isConsistent(seen, base, measures, bare);
  const values = measured && !isVersion ? undefined : closedList(seen);
  if (values !== undefined) return { ...base, type: 'enum', values, ...(isOpen(seen) ? { open: true } : {}) };
  if (!measured) return { ...base, type: 'text' };
  return measure(base, measures, bare);
}

type Base = Pick<MeasureAttribute, 'id' | 'name' | 'aliases' | 'multiple'>;

function measure(base: Base, measures: readonly UnitSpelling[], bare: number): MeasureAttribute {
  return { ...base, type: 'number+unit', ...(bare > total(measures) ? {} : mostFrequentUnit(measures)) };
}

/**
 * Whether the values are measures in one notation. If many numbers have a unit and many have none, the unit is unknown.
 * If products have several values, and most of them are not in the notation of one unit, the attribute is text.
 */
function isConsistent(
  seen: AttributeObservation,
  base: Base,
  measures: readonly UnitSpelling[],
  bare: number,
): boolean {
  const mixed = Math.min(bare, total(measures)) > MAX_MIXED_SHARE * (bare + total(measures));
  if (mixed || !base.multiple || seen.spellings.size === 0) return !mixed;
  const attribute = measure(base, measures, bare);
  const own = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
  let matching = 0;
  let all = 0;
  for (const [text, count] of seen.spellings) {
    const read = readMeasure(text);
    all += count;
    if (read === undefined) continue;
    const value =
      read.unit === undefined || own === undefined ? read.value : convert(read.value, read.unit, own);
    if (value !== undefined && fold(String(writeMeasure(value, attribute))) === fold(text)) matching += count;
  }
  return matching >= MIN_CONSISTENT_SHARE * all;
}

function mostFrequentDimension(seen: AttributeObservation): UnitSpelling[] {
  return mostFrequentGroup([...seen.units.values()], ({ dimension }) => dimension);
}

function mostFrequentUnit(measures: readonly UnitSpelling[]): { unit?: string; joined?: boolean } {
  const unit = mostFrequentGroup(
    mostFrequentGroup(measures, ({ symbol }) => symbol),
    ({ spelling }) => spelling,
  );
  const spelling = unit[0]?.spelling;
  if (spelling === undefined) return {};
  const joined = total(unit.filter((entry) => entry.joined)) * 2 > total(unit);
  return joined === isAttached(spelling) ? { unit: spelling } : { unit: spelling, joined };
}

/** The spellings with the most frequent key; on a tie the first key. */
function mostFrequentGroup(
  entries: readonly UnitSpelling[],
  keyOf: (entry: UnitSpelling) => string,
): UnitSpelling[] {
  const groups = new Map<string, UnitSpelling[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  const ranked = [...groups].sort(([a, one], [b, other]) => total(other) - total(one) || compare(a, b));
  return ranked[0]?.[1] ?? [];
}

function total(entries: readonly UnitSpelling[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

/** Whether new values are likely. The probability of a new value is the share of values that occur once (Good 1953). */
function isOpen(seen: AttributeObservation): boolean {
  let once = seen.long;
  for (const count of seen.spellings.values()) if (count === 1) once++;
  return once >= MIN_NEW && once > MAX_NEW_SHARE * seen.values;
}

function closedList(seen: AttributeObservation): TaxonomyValue[] | undefined {
  if (seen.open) return undefined;
  const groups = new Map<string, { count: number; spellings: [text: string, count: number][] }>();
  for (const [text, count] of seen.spellings) {
    const key = nameKey(text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { count, spellings: [[text, count]] });
    else {
      group.count += count;
      group.spellings.push([text, count]);
    }
  }
  const repeats = (seen.values - seen.long) / groups.size;
  if (!(repeats >= 3 || (groups.size <= MAX_TINY_LIST && repeats >= 2))) return undefined;
  const kept = [...groups].filter(([, { count }]) => count >= 2 || groups.size <= MAX_SHORT_LIST);
  const covered = kept.reduce((sum, [, { count }]) => sum + count, 0);
  if (kept.length === 0 || kept.length > MAX_CLOSED_VALUES || covered < 0.8 * seen.values) return undefined;
  kept.sort(([a, one], [b, other]) => other.count - one.count || compare(a, b));
  return kept.map(([, { spellings }]) => {
    const [name = '', ...aliases] = byCount(spellings);
    return { name, aliases: aliases.slice(0, MAX_ALIASES) };
  });
}

/** Spellings, the most frequent first, then by code unit, so that the row order has no effect. */
export function byCount(spellings: Iterable<readonly [text: string, count: number]>): string[] {
  return [...spellings].sort(([a, one], [b, other]) => other - one || compare(a, b)).map(([text]) => text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
