import { attributeField } from '../domain/field.js';
import { isBlank } from '../domain/isBlank.js';
import type { AttributeValue, Product } from '../domain/product.js';
import { nameKey } from '../taxonomy/nameKey.js';
import type { EnumAttribute, MeasureAttribute } from '../taxonomy/schema.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { writeMeasure } from '../taxonomy/writeMeasure.js';
import { fold } from '../text/fold.js';
import { readMeasure } from '../text/measures.js';
import { NUMBER_START, numberAt } from '../text/numbers.js';
import { convert, type Unit, unitOf } from '../text/units.js';
import { type Finding, quoted } from './report.js';

/** A word in titles is trusted if at least this many rows have it and at most this share disagrees with the attribute. */
const MIN_ROWS = 10;
const MAX_DISAGREEING = 0.05;
/** If title and attribute differ in the same way this many times as often as by chance, it is the shop's convention. */
const MIN_CONVENTION = 3;
const MAX_NAME_WORDS = 4;

/** The value that a title states for an attribute, and the attribute's own value. */
interface Claim {
  readonly product: Product;
  readonly field: string;
  readonly recorded: AttributeValue;
  readonly stated: AttributeValue;
  readonly quote: string;
  readonly agrees: boolean;
  /** Claims with the same key are trusted together: by attribute and stated value, for measures by attribute. */
  readonly trust: string;
  readonly name: string;
}

/**
 * Finds titles that name exactly one value of an attribute, and not the one that the attribute holds. Which words can be
 * trusted is learned from the catalog: of the rows with a value's name in the title nearly all must have that value (`rose`
 * and `orange` often mean something else), and the few others are the findings.
 */
export function findContradictions(products: readonly Product[], view: TaxonomyView): Finding[] {
  const phrases = phrasesOf(view);
  const claims: Claim[] = [];
  const trust = new Map<string, { rows: number; agreeing: number }>();
  // Rows by attribute and recorded value, rows where the title states one certain other value, and rows by attribute.
  const rowsByValue = new Map<string, number>();
  const differing = new Map<string, number>();
  const claimed = new Map<string, number>();
  for (const product of products) {
    for (const claim of [...claimsOf(product, view, phrases), ...measuresOf(product, view)]) {
      claims.push(claim);
      const count = trust.get(claim.trust) ?? { rows: 0, agreeing: 0 };
      trust.set(claim.trust, {
        rows: count.rows + 1,
        agreeing: count.agreeing + (claim.agrees ? 1 : 0),
      });
      claimed.set(claim.field, (claimed.get(claim.field) ?? 0) + 1);
      const recordedKey = `${claim.field}\n${claim.recorded}`;
      rowsByValue.set(recordedKey, (rowsByValue.get(recordedKey) ?? 0) + 1);
      const differingKey = `${claim.trust}\n${claim.recorded}`;
      if (!claim.agrees) differing.set(differingKey, (differing.get(differingKey) ?? 0) + 1);
    }
  }
  const found: Finding[] = [];
  for (const { product, field, recorded, stated, quote, agrees, trust: key, name } of claims) {
    const { rows, agreeing } = trust.get(key) ?? { rows: 0, agreeing: 0 };
    if (agrees || rows < MIN_ROWS || rows - agreeing > Math.max(1, MAX_DISAGREEING * rows)) continue;
    const share = (rowsByValue.get(`${field}\n${recorded}`) ?? 0) / (claimed.get(field) ?? 1);
    const seen = differing.get(`${key}\n${recorded}`) ?? 0;
    if (seen > 1 && seen > MIN_CONVENTION * (rows - agreeing) * share) continue;
    const message = `the title says ${quoted(quote)} and ${name} says ${quoted(String(recorded))}; ${agreeing} of ${rows} such titles agree with their attribute`;
    found.push({
      kind: 'contradiction',
      id: product.id,
      field,
      value: recorded,
      message,
      suggestion: stated,
    });
  }
  return found;
}

type Phrases = ReadonlyMap<string, readonly { readonly attribute: EnumAttribute; readonly value: string }[]>;

function phrasesOf(view: TaxonomyView): Phrases {
  const phrases = new Map<string, { attribute: EnumAttribute; value: string }[]>();
  for (const attribute of view.taxonomy.attributes) {
    if (attribute.type !== 'enum' || attribute.multiple) continue;
    for (const { name, aliases } of attribute.values) {
      for (const key of new Set([name, ...aliases].map(nameKey))) {
        if (key.length < 3 || /^[\d\W]*$/.test(key)) continue;
        const known = phrases.get(key);
        if (known === undefined) phrases.set(key, [{ attribute, value: name }]);
        else known.push({ attribute, value: name });
      }
    }
  }
  return phrases;
}

function* claimsOf(product: Product, view: TaxonomyView, phrases: Phrases): Generator<Claim> {
  const recorded = new Map<string, { field: string; value: string }>();
  for (const [key, value] of Object.entries(product.attributes ?? {})) {
    const attribute = view.attribute(key);
    if (attribute?.type !== 'enum' || typeof value !== 'string' || isBlank(value)) continue;
    recorded.set(attribute.id, { field: attributeField(key), value });
  }
  if (recorded.size === 0) return;
  const stated = new Map<string, Map<string, string>>();
  const attributes = new Map<string, EnumAttribute>();
  const words = fold(product.title ?? '')
    .replace(/['’]s\b/g, '')
    .split(/[^\p{L}\p{N}]+/u);
  for (let at = 0; at < words.length; at++) {
    for (let length = Math.min(MAX_NAME_WORDS, words.length - at); length >= 1; length--) {
      const quote = words.slice(at, at + length).join(' ');
      const known = phrases.get(quote);
      if (known === undefined) continue;
      for (const { attribute, value } of known) {
        const values = stated.get(attribute.id) ?? new Map<string, string>();
        stated.set(attribute.id, values.set(value, quote));
        attributes.set(attribute.id, attribute);
      }
      at += length - 1;
      break;
    }
  }
  for (const [id, values] of stated) {
    const cell = recorded.get(id);
    const attribute = attributes.get(id);
    const [only] = values;
    if (cell === undefined || attribute === undefined || only === undefined || values.size !== 1) continue;
    const [value, quote] = only;
    const canonical = view.canonical(attribute, cell.value) ?? cell.value;
    yield {
      product,
      field: cell.field,
      recorded: cell.value,
      stated: value,
      quote,
      agrees: canonical === value || shareWord(canonical, value) || shareWord(cell.value, quote),
      trust: `${id} ${value}`,
      name: attribute.name,
    };
  }
}

/** `Navy Blue` and `Blue`, or `Wine red` and `Red`, do not contradict each other. */
function shareWord(one: string, other: string): boolean {
  const words = new Set(fold(one).split(/[^\p{L}\p{N}]+/u));
  return fold(other)
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => word !== '' && words.has(word));
}

const STARTS = new RegExp(NUMBER_START.source, 'gu');
/** Before a number, what makes it part of a word, a code, a chain or a range. */
const JOINED = /[\p{L}\p{N}.,/x×-]/u;
const UNIT = /^[\s-]?(\p{L}{1,10}|["″”%])(?![\p{L}\p{N}/-])/u;

/** Titles of several pieces. */
const PACKED = /\d\s*[x×*]|[x×*]\s*\d|\b(pack|set|box|case|lot) of\b|\bpacks?\b|\bpcs\b/iu;

/** Compares the only quantity of a dimension in the title with the product's only attribute of that dimension. */
function* measuresOf(product: Product, view: TaxonomyView): Generator<Claim> {
  const recorded: {
    attribute: MeasureAttribute;
    field: string;
    value: string | number;
    base: number;
    dimension: string;
  }[] = [];
  for (const [key, value] of Object.entries(product.attributes ?? {})) {
    const attribute = view.attribute(key);
    if (attribute?.type !== 'number+unit' || attribute.unit === undefined) continue;
    const own = unitOf(attribute.unit);
    if (own === undefined || (typeof value !== 'string' && typeof value !== 'number')) continue;
    const measure = typeof value === 'number' ? { value } : readMeasure(value);
    if (measure === undefined) continue;
    const unit = measure.unit ?? own;
    recorded.push({
      attribute,
      field: attributeField(key),
      value,
      base: measure.value * unit.factor,
      dimension: unit.dimension,
    });
  }
  if (recorded.length === 0) return;
  const stated = new Map<string, { base: number; quote: string }[]>();
  const title = product.title ?? '';
  // In `6 x 400g` the attribute may be the weight of one or of all six.
  if (PACKED.test(title)) return;
  for (const { value, unit, quote } of quantitiesIn(title)) {
    if (unit.offset !== 0) continue;
    const known = stated.get(unit.dimension) ?? [];
    stated.set(unit.dimension, [...known, { base: value * unit.factor, quote }]);
  }
  for (const { attribute, field, value, base, dimension } of recorded) {
    const [only, ...more] = stated.get(dimension) ?? [];
    const rivals = recorded.filter((other) => other.dimension === dimension);
    const own = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
    if (only === undefined || more.length > 0 || rivals.length > 1 || own === undefined) continue;
    const converted = convert(only.base / own.factor, own, own);
    if (converted === undefined) continue;
    yield {
      product,
      field,
      recorded: value,
      stated: writeMeasure(converted, attribute),
      quote: only.quote,
      agrees: Math.abs(only.base - base) <= 0.05 * Math.max(only.base, base),
      trust: `${attribute.id} measured`,
      name: attribute.name,
    };
  }
}

/** Separate numbers that are directly followed by the unit. */
function* quantitiesIn(title: string): Generator<{ value: number; unit: Unit; quote: string }> {
  let end = 0;
  for (const { index } of title.matchAll(STARTS)) {
    if (index < end || title.charAt(index) === ',' || JOINED.test(title.charAt(index - 1))) continue;
    const number = numberAt(title, index);
    if (number === undefined) continue;
    end = number.end;
    const found = UNIT.exec(title.slice(end, end + 16));
    const unit = unitOf(found?.[1] ?? '');
    if (found === null || unit === undefined) continue;
    yield { value: number.value, unit, quote: title.slice(index, end + found[0].length) };
  }
}
