import { fold } from '../../text/fold.js';
import { readMeasure } from '../../text/measures.js';
import { convert, isAttached, unitOf } from '../../text/units.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, MeasureAttribute, TaxonomyValue } from '../schema.js';
import { writeMeasure } from '../writeMeasure.js';
import type { AttributeObservation, UnitSpelling } from './observeAttribute.js';

/** The most values that a closed list may have. */
const CLOSED = 400;
/** Up to here a list is short enough to keep what was seen only once. */
const SHORT = 100;
/** Up to here values need to be seen twice on average to be a list, beyond three times. */
const FEW = 12;
/** The share of numbers with a unit among bare ones, or of bare ones among others, that leaves the unit unknown. */
const MIXED = 0.2;
/** The share of the values that must be in one unit's writing. */
const WRITTEN_ALIKE = 0.6;
/** A list of which new values turn up more often than this is not closed. */
const OFTEN_NEW = 0.02;
const MIN_NEW = 3;
const ALIASES_KEPT = 20;
/** The share of the values that must be of a type for the attribute to be of it. */
const NEARLY_ALL = 0.9;

/** The attribute that the observed values speak for. Fold-alike spellings of a value become one, the commonest its name. */
export function draftAttribute(
  id: string,
  name: string,
  aliases: string[],
  seen: AttributeObservation,
): Attribute {
  const base = { id, name, aliases, multiple: seen.several > 0 && seen.several * 100 >= seen.rows };
  if (seen.booleans >= NEARLY_ALL * seen.values) return { ...base, type: 'boolean', true: [], false: [] };
  const measures = commonestDimension(seen);
  const bare = seen.numbers + seen.bareNumbers;
  const isNumeric = bare + total(measures) >= NEARLY_ALL * seen.values;
  // `5.0` is a version: a number would not be written so, a listed value is.
  const isVersion = seen.unlikeNumbers > (1 - NEARLY_ALL) * seen.values;
  const measured = isNumeric && isWrittenAlike(seen, base, measures, bare);
  const values = measured && !isVersion ? undefined : closedList(seen);
  if (values !== undefined) return { ...base, type: 'enum', values, ...(isOpen(seen) ? { open: true } : {}) };
  if (!measured) return { ...base, type: 'text' };
  return measure(base, measures, bare);
}

type Base = Pick<MeasureAttribute, 'id' | 'name' | 'aliases' | 'multiple'>;

function measure(base: Base, measures: readonly UnitSpelling[], bare: number): MeasureAttribute {
  return { ...base, type: 'number+unit', ...(bare > total(measures) ? {} : commonestUnit(measures)) };
}

/**
 * Bare numbers beside as many with a unit are of no known unit. And where products hold several values that are not
 * mostly written as one unit would have them, the shop quotes texts rather than measures.
 */
function isWrittenAlike(
  seen: AttributeObservation,
  base: Base,
  measures: readonly UnitSpelling[],
  bare: number,
): boolean {
  const mixed = Math.min(bare, total(measures)) > MIXED * (bare + total(measures));
  if (mixed || !base.multiple || seen.spellings.size === 0) return !mixed;
  const attribute = measure(base, measures, bare);
  const own = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
  let alike = 0;
  let all = 0;
  for (const [text, count] of seen.spellings) {
    const read = readMeasure(text);
    all += count;
    if (read === undefined) continue;
    const value =
      read.unit === undefined || own === undefined ? read.value : convert(read.value, read.unit, own);
    if (value !== undefined && fold(String(writeMeasure(value, attribute))) === fold(text)) alike += count;
  }
  return alike >= WRITTEN_ALIKE * all;
}

function commonestDimension(seen: AttributeObservation): UnitSpelling[] {
  return commonestGroup([...seen.units.values()], ({ dimension }) => dimension);
}

function commonestUnit(measures: readonly UnitSpelling[]): { unit?: string; joined?: boolean } {
  const unit = commonestGroup(
    commonestGroup(measures, ({ symbol }) => symbol),
    ({ spelling }) => spelling,
  );
  const spelling = unit[0]?.spelling;
  if (spelling === undefined) return {};
  const joined = total(unit.filter((way) => way.joined)) * 2 > total(unit);
  return joined === isAttached(spelling) ? { unit: spelling } : { unit: spelling, joined };
}

/** Those with the key that most values have; of equals the first by key. */
function commonestGroup(ways: readonly UnitSpelling[], keyOf: (way: UnitSpelling) => string): UnitSpelling[] {
  const groups = new Map<string, UnitSpelling[]>();
  for (const way of ways) {
    const group = groups.get(keyOf(way));
    if (group === undefined) groups.set(keyOf(way), [way]);
    else group.push(way);
  }
  const ranked = [...groups].sort(([a, one], [b, other]) => total(other) - total(one) || compare(a, b));
  return ranked[0]?.[1] ?? [];
}

function total(ways: readonly UnitSpelling[]): number {
  return ways.reduce((sum, { count }) => sum + count, 0);
}

/** The chance that the next value is a new one: the share of values seen once (Good 1953). */
function isOpen(seen: AttributeObservation): boolean {
  let once = seen.long;
  for (const count of seen.spellings.values()) if (count === 1) once++;
  return once >= MIN_NEW && once > OFTEN_NEW * seen.values;
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
  if (!(repeats >= 3 || (groups.size <= FEW && repeats >= 2))) return undefined;
  const kept = [...groups].filter(([, { count }]) => count >= 2 || groups.size <= SHORT);
  const covered = kept.reduce((sum, [, { count }]) => sum + count, 0);
  if (kept.length === 0 || kept.length > CLOSED || covered < 0.8 * seen.values) return undefined;
  kept.sort(([a, one], [b, other]) => other.count - one.count || compare(a, b));
  return kept.map(([, { spellings }]) => {
    const [name = '', ...aliases] = byCount(spellings);
    return { name, aliases: aliases.slice(0, ALIASES_KEPT) };
  });
}

/** Spellings, commonest first; of equals the first by its characters, so that row order decides nothing. */
export function byCount(spellings: Iterable<readonly [text: string, count: number]>): string[] {
  return [...spellings].sort(([a, one], [b, other]) => other - one || compare(a, b)).map(([text]) => text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
