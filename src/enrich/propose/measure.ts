import type { SpanEvidence } from '../../domain/fact.js';
import type { MeasureAttribute } from '../../taxonomy/schema.js';
import { writeMeasure } from '../../taxonomy/writeMeasure.js';
import { convert, type Unit, unitOf } from '../../text/units.js';
import { attributeKind } from '../context/attributeKind.js';
import type { ContextField, TextContexts } from '../context/textContexts.js';
import { type Quantity, quantities } from '../features/quantities.js';
import { type Word, words } from '../features/words.js';

/** A number in a product's text that may be an attribute's value. */
export interface MeasureHit {
  readonly attribute: string;
  /** In the attribute's unit and writing. */
  readonly value: string | number;
  readonly evidence: SpanEvidence;
  /** Where the number itself begins; the evidence is the whole chain that it stands in. */
  readonly at: number;
  /** What is known about such a find, narrowest first, for `Precisions`. */
  readonly situations: readonly string[];
  /** How sure it is where nothing has been learned. */
  readonly prior: number;
  /** Nothing in the text but the number itself: to be believed only beside words that were learned. */
  readonly bare: boolean;
}

const MAX_CHARACTERS = 2_000;
/** How many words before and after a number may name what it measures. */
const REACH = 3;
/**
 * Named in the text; the only attribute of its dimension; of two, the one that holds more beside the larger of two
 * quantities (and the other beside the smaller); one of several; a limit (`up to 25 kg`); another one is named; no unit at
 * all.
 */
const PRIORS = {
  named: 0.9,
  alone: 0.7,
  ranked: 0.6,
  rival: 0.15,
  limit: 0.1,
  other: 0.05,
  bare: 0.02,
} as const;
/** What a maker calls a cup, or a spoon, is a serving: no volume unless the attribute counts in it itself. */
const SERVINGS: ReadonlySet<string> = new Set(['cup']);
const FLUID_OUNCE = unitOf('fl oz');
type Standing = keyof typeof PRIORS;

/** An attribute as it is looked for: its unit, and the stems of the words that name it. */
interface Sought {
  readonly attribute: MeasureAttribute;
  readonly unit: Unit | undefined;
  readonly names: readonly (readonly string[])[];
  /** Without a unit, and named by words for pieces: `pack size`, `pieces per pack`. */
  readonly counts: boolean;
}

/**
 * Finds numbers with units for number+unit attributes. A quantity goes to the attributes of its own
 * dimension only, converted; which of several is told by the words around it, or by what the labelled
 * rows have shown about such places. Attributes without a unit take bare numbers, and only as learned,
 * or counts of pieces and packs where that is what they are.
 */
export class MeasureReader {
  readonly #sought = new Map<string, Sought>();

  constructor(attributes: Iterable<MeasureAttribute>) {
    for (const attribute of attributes) {
      const unit = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
      if (attribute.unit !== undefined && unit === undefined) continue;
      const names = [attribute.name, attribute.id, ...attribute.aliases]
        .map((name) => words(name.replaceAll('_', ' ')).map(({ stem }) => stem))
        .filter((name) => name.length > 0);
      const counts = unit === undefined && names.flat().some((stem) => PIECES.has(stem));
      this.#sought.set(attribute.id, { attribute, unit, names, counts });
    }
  }

  /**
   * Hits of the `wanted` attributes in one field's text, in the order of the text; one quantity may hit several.
   * `carried` are all that the product may have, a filled one too: it claims its quantity before those wanted.
   */
  find(
    field: ContextField,
    text: string,
    wanted: ReadonlySet<string>,
    group = '',
    carried: Iterable<string> = wanted,
    contexts: TextContexts | undefined = undefined,
  ): MeasureHit[] {
    const sought: Sought[] = [];
    for (const id of carried) {
      const one = this.#sought.get(id);
      if (one !== undefined) sought.push(one);
    }
    if (!sought.some(({ attribute }) => wanted.has(attribute.id))) return [];
    const read = text.length > MAX_CHARACTERS ? text.slice(0, MAX_CHARACTERS) : text;
    const found = quantities(read);
    if (found.length === 0) return [];
    const around = words(read);
    const hits: MeasureHit[] = [];
    for (const quantity of found) {
      const rivals = rivalsFor(quantity, sought);
      if (rivals.length === 0) continue;
      const place = new Surroundings(around, quantity);
      const named = rivals.filter(({ names }) => place.name(names));
      const rank = rankOf(quantity, found);
      for (const rival of rivals) {
        if (!wanted.has(rival.attribute.id) || isRestated(quantity, found, rival.unit)) continue;
        const standing = this.#isForeignLimit(rival, field, quantity, contexts)
          ? 'limit'
          : standingOf(rival, rivals, named, quantity, rank);
        const hit = hitOf(field, read, quantity, rival, standing, rank, place, group);
        if (hit !== undefined) hits.push(hit);
      }
    }
    return hits;
  }

  /** Whether a quantity says what the product takes or fits, and the attribute how large or heavy it is. */
  #isForeignLimit(
    { attribute }: Sought,
    field: ContextField,
    { start, end, unit }: Quantity,
    contexts: TextContexts | undefined,
  ): boolean {
    return (
      unit !== undefined &&
      contexts?.isLimit(field, start, end) === true &&
      attributeKind(attribute) === 'extent'
    );
  }
}

/** Words by which an attribute without a unit says that it counts pieces. */
const PIECES: ReadonlySet<string> = new Set(['pack', 'piece', 'pcs', 'count', 'set', 'unit', 'quantity']);

/** The attributes that a quantity may belong to. */
function rivalsFor(quantity: Quantity, sought: readonly Sought[]): Sought[] {
  const fitting = sought.filter((one) => inUnit(quantity, one) !== undefined);
  if (quantity.unit?.dimension === 'pieces') {
    // Packs go to what counts packs, pieces to what is measured in pieces, and either to the other for want of it.
    const counting = fitting.filter(({ counts }) => counts === (quantity.unit?.symbol === 'pack'));
    return counting.length > 0 ? counting : fitting;
  }
  const exact = fitting.filter(({ unit }) => unit?.dimension === quantity.unit?.dimension);
  return exact.length > 0 ? exact : fitting;
}

/** `max` or `min` where the text holds several quantities of the dimension, and this is the largest or smallest. */
function rankOf(quantity: Quantity, found: readonly Quantity[]): 'max' | 'min' | '' {
  const { unit } = quantity;
  if (unit === undefined) return '';
  const size = quantity.value * unit.factor;
  const sizes = found
    .filter((other) => other.unit?.dimension === unit.dimension)
    .map((other) => other.value * (other.unit?.factor ?? 1));
  if (sizes.every((other) => isAlike(other, size))) return '';
  if (sizes.every((other) => other <= size)) return 'max';
  return sizes.every((other) => other >= size) ? 'min' : '';
}

/** Within what shops round by when they write a quantity in two units: `1.7 fl oz / 50 ml`. */
function isAlike(one: number, other: number): boolean {
  return Math.abs(one - other) <= 0.05 * Math.max(Math.abs(one), Math.abs(other));
}

/** Whether the text says the same quantity in the attribute's own unit as well: then that is the one to read. */
function isRestated(
  { value, unit: read }: Quantity,
  found: readonly Quantity[],
  own: Unit | undefined,
): boolean {
  if (read === undefined || own === undefined || read === own) return false;
  const size = convert(value, read, own);
  return size !== undefined && found.some((other) => other.unit === own && isAlike(other.value, size));
}

function standingOf(
  one: Sought,
  rivals: readonly Sought[],
  named: readonly Sought[],
  { unit, links }: Quantity,
  rank: ReturnType<typeof rankOf>,
): Standing {
  if (one.unit === undefined && unit === undefined) return named.includes(one) ? 'named' : 'bare';
  if (named.includes(one)) return named.length === 1 ? 'named' : 'rival';
  if (named.length > 0) return 'other';
  // A side of a chain is this attribute's only if rows have shown so: 140 x 70 cm is nobody's height.
  if (links > 1 && unit?.dimension === 'length') return 'rival';
  if (rivals.length === 1) return 'alone';
  return rivals.length === 2 && isRanked(one, rivals, rank) ? 'ranked' : 'rival';
}

/** Of two attributes of one dimension, the one with room for more takes the larger of two quantities: storage, not memory. */
function isRanked(one: Sought, rivals: readonly Sought[], rank: ReturnType<typeof rankOf>): boolean {
  const other = rivals.find((rival) => rival !== one)?.attribute.max;
  const { max } = one.attribute;
  if (rank === '' || (max ?? 0) === (other ?? 0) || max === undefined || other === undefined) return false;
  return rank === (max > other ? 'max' : 'min');
}

function hitOf(
  field: string,
  text: string,
  quantity: Quantity,
  sought: Sought,
  standing: Standing,
  rank: ReturnType<typeof rankOf>,
  place: Surroundings,
  group: string,
): MeasureHit | undefined {
  const { attribute } = sought;
  const value = inUnit(quantity, sought);
  if (value === undefined) return undefined;
  if (
    (attribute.min !== undefined && value < attribute.min) ||
    (attribute.max !== undefined && value > attribute.max)
  ) {
    return undefined;
  }
  const { said, link, links } = quantity;
  const { id } = attribute;
  const spelled = quantity.unit?.symbol ?? '';
  const chained = (links > 1 ? `${link}/${links}` : '') + rank;
  const situations = [
    `${id}|${standing}|${spelled}|${chained}|${place.after}`,
    `${id}|${standing}|${spelled}|${chained}`,
    `${id}|${standing}`,
    standing,
  ];
  // Which side comes first or is named alone, and which of two capacities is meant, is a habit of the kind of product.
  if (group !== '' && (chained !== '' || standing === 'rival'))
    situations.unshift(`${group}|${id}|${chained}`);
  return {
    attribute: id,
    value: writeMeasure(value, attribute),
    evidence: { field, ...said, quote: text.slice(said.start, said.end) },
    at: quantity.start,
    situations,
    prior: PRIORS[standing],
    bare: standing === 'bare',
  };
}

/** The quantity in an attribute's unit; undefined where it cannot be that attribute's. */
function inUnit({ value, unit: read }: Quantity, { unit, counts }: Sought): number | undefined {
  if (unit === undefined) {
    if (read === undefined) return value;
    return counts && read.dimension === 'pieces' ? value : undefined;
  }
  if (read === undefined || (SERVINGS.has(read.symbol) && read !== unit)) return undefined;
  if (read === unit) return value;
  // What is measured by volume has fluid ounces, however they are written.
  const from = read.symbol === 'oz' && unit.dimension === 'volume' ? FLUID_OUNCE : read;
  const converted = from === undefined ? undefined : convert(value, from, unit);
  return converted === undefined ? undefined : rounded(converted);
}

/** What a conversion adds to the digits that were written: 43.2 cm are 17 in, not 17.0079 in. */
function rounded(value: number): number {
  if (Number.isInteger(value)) return value;
  for (let digits = 2; digits < 6; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.abs(short - value) <= 0.001 * Math.abs(value)) return short;
  }
  return value;
}

/** The words around a quantity. */
class Surroundings {
  readonly #near: readonly string[];
  readonly after: string;

  constructor(around: readonly Word[], quantity: Quantity) {
    const first = around.findIndex(({ end }) => end > quantity.start);
    const from = first < 0 ? around.length : first;
    let to = from;
    while ((around[to]?.start ?? Number.POSITIVE_INFINITY) < quantity.end) to++;
    this.after = around[to]?.stem ?? '';
    this.#near = [...around.slice(Math.max(0, from - REACH), from), ...around.slice(to, to + REACH)].map(
      ({ stem }) => stem,
    );
  }

  /** Whether all words of one of the names stand near. */
  name(names: readonly (readonly string[])[]): boolean {
    return names.some((name) => name.every((stem) => this.#near.includes(stem)));
  }
}
