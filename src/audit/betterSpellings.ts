import { attributeField } from '../domain/field.js';
import { isBlank } from '../domain/isBlank.js';
import type { Product } from '../domain/product.js';
import { nameKey } from '../taxonomy/nameKey.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { writeMeasure } from '../taxonomy/writeMeasure.js';
import { editDistance } from '../text/editDistance.js';
import { fold } from '../text/fold.js';
import { readMeasure } from '../text/measures.js';
import { convert, unitOf } from '../text/units.js';
import { quoted } from './report.js';

/** A spelling one letter off a value that is this many times as frequent is a typing error. */
const MIN_FREQUENCY_RATIO = 20;
const MIN_LENGTH = 6;
/** Fields with more distinct values than this hold names, where one letter may make the difference. */
const MAX_VALUES = 2000;

/** Why a value should be written in another way: another spelling of it, a typing error, or another unit. */
export const SPELLING_KINDS = ['spelling', 'typo', 'unit'] as const;
export type SpellingKind = (typeof SPELLING_KINDS)[number];

/** What a value should be instead, and why. */
export interface Correction {
  readonly suggestion: string;
  readonly kind: SpellingKind;
  readonly message: string;
}

/** Visits the strings of the brand and the attributes; lists are split into their members. */
export function forEachSpelling(product: Product, visit: (field: string, text: string) => void): void {
  if (product.brand !== undefined) visit('brand', product.brand);
  for (const [key, value] of Object.entries(product.attributes ?? {})) {
    if (isBlank(value)) continue;
    for (const member of Array.isArray(value) ? value : [value]) {
      if (typeof member === 'string' && member.trim() !== '') visit(attributeField(key), member);
    }
  }
}

/** The texts of a field that should be written in another way, given the number of products with each. */
export function betterSpellings(
  field: string,
  counts: ReadonlyMap<string, number>,
  view: TaxonomyView,
  governed: boolean,
): Map<string, Correction> {
  const better = new Map<string, Correction>();
  const attribute = field === 'brand' ? undefined : view.attribute(field.slice(attributeField('').length));
  const groups = new Map<string, [text: string, count: number][]>();
  for (const entry of counts) {
    const [text] = entry;
    const known = attribute?.type === 'enum' && governed ? view.canonical(attribute, text) : undefined;
    const key = nameKey(known ?? text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  for (const group of groups.values()) {
    group.sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    const known =
      attribute?.type === 'enum' && governed ? view.canonical(attribute, group[0]?.[0] ?? '') : undefined;
    const suggestion = known ?? group[0]?.[0].trim().replace(/\s+/g, ' ') ?? '';
    const ways = group.map(([text, count]) => `${quoted(text)} ${count}`);
    for (const [text] of group) {
      if (text === suggestion) continue;
      const message =
        group.length === 1
          ? `is written ${quoted(text)} where the taxonomy says ${quoted(suggestion)}`
          : `one value in ${group.length} spellings: ${ways.slice(0, 4).join(', ')}${ways.length > 4 ? ', …' : ''}`;
      better.set(text, { suggestion, kind: 'spelling', message });
    }
  }
  if (attribute?.type === 'number+unit') {
    for (const [text, count] of counts) {
      const converted = inOwnUnit(text, attribute);
      if (converted === undefined) continue;
      better.set(text, {
        suggestion: converted,
        kind: 'unit',
        message: `${quoted(text)} (${count}) is in another unit than ${attribute.name}, ${attribute.unit}`,
      });
    }
    return better;
  }
  if (counts.size <= MAX_VALUES) addTypingErrors(groups, better);
  return better;
}

/** A measure in another unit, converted to the attribute's own. */
function inOwnUnit(text: string, attribute: Parameters<typeof writeMeasure>[1]): string | undefined {
  const measure = readMeasure(text);
  const own = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
  if (measure?.unit === undefined || own === undefined || measure.unit === own) return undefined;
  const value = convert(measure.value, measure.unit, own);
  return value === undefined ? undefined : String(writeMeasure(value, attribute));
}

function addTypingErrors(
  groups: ReadonlyMap<string, readonly [text: string, count: number][]>,
  better: Map<string, Correction>,
): void {
  const total = (group: readonly [string, number][]): number =>
    group.reduce((sum, [, count]) => sum + count, 0);
  const frequent = [...groups].filter(
    ([key, group]) => key.length >= MIN_LENGTH && total(group) >= MIN_FREQUENCY_RATIO,
  );
  for (const [key, group] of groups) {
    if (key.length < MIN_LENGTH || /\d/.test(key)) continue;
    for (const [other, others] of frequent) {
      const max = total(others);
      if (other === key || max < MIN_FREQUENCY_RATIO * total(group) || editDistance(key, other, 1) !== 1)
        continue;
      // With another ending, such as a plural, it is often a value of its own.
      if (fold(key).slice(0, -1) === fold(other) || fold(other).slice(0, -1) === fold(key)) continue;
      const suggestion = others[0]?.[0] ?? other;
      for (const [text, count] of group) {
        better.set(text, {
          suggestion,
          kind: 'typo',
          message: `${quoted(text)} (${count}) is one letter off ${quoted(suggestion)} (${max})`,
        });
      }
    }
  }
}
