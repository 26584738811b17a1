import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { SortOrder } from '../rank/sortOrder.js';
import type { CandidateSet } from '../retrieve/retrieve.js';
import type { CompiledRule, CompiledRules } from './compileRules.js';
import { datedWithin } from './ruleSetCache.js';

/** The effects of the rules on a search; without rules, no member changes anything. */
export interface RuleEffects {
  /** The candidate set after the rules. */
  readonly candidates: CandidateSet;
  /** Ids of the rules that applied, in the order of the file. */
  readonly rules: readonly string[];
  readonly redirect: string | undefined;
  /** What the rules add to a product's score in total. */
  share(ordinal: number): number;
  /** The same by rule (`rule:boots-week`); the sum is `share`. */
  shares(ordinal: number): Record<string, number>;
  /** Compared before the score: negative if the first product must precede the second. */
  readonly before: SortOrder;
  /** Number of extra products that `place` needs in its list. */
  readonly spare: number;
  /** Among variants of a group, a pinned one comes first. */
  readonly pinnedFirst: SortOrder;
  /** Inserts pinned products into a sorted list of candidates; with `shown`, only those in it. */
  place(listed: number[], shown?: Bitset): number[];
  /** Ids of the rules that pinned, moved or scored this product. */
  touchingRules(ordinal: number): string[];
}

const NO_ORDER: SortOrder = () => 0;
const DAY = 86_400_000;

export function noRuleEffects(candidates: CandidateSet): RuleEffects {
  return {
    candidates,
    rules: [],
    redirect: undefined,
    share: () => 0,
    shares: () => ({}),
    before: NO_ORDER,
    spare: 0,
    pinnedFirst: NO_ORDER,
    place: (listed) => listed,
    touchingRules: () => [],
  };
}

/** A part of the score: a constant for the products of a set, or by percentile. */
interface ScorePart {
  readonly rule: string;
  readonly amount: number;
  readonly among: Bitset | undefined;
  readonly percentile: Float32Array | undefined;
}

/** Products that a rule moves before or behind all others. */
interface Shift {
  readonly rules: readonly string[];
  readonly products: Bitset;
}

/** See RuleEffects. */
export class AppliedRules implements RuleEffects {
  readonly rules: readonly string[];
  readonly redirect: string | undefined;
  readonly before: SortOrder;
  private readonly parts: readonly ScorePart[];
  private readonly pins: readonly Pin[];
  private readonly outOfStock: Shift | undefined;
  private readonly newFirst: Shift[];

  constructor(
    rules: CompiledRules,
    index: LiveIndex,
    readonly candidates: CandidateSet,
    matched: readonly CompiledRule[],
    sorted: boolean,
  ) {
    this.rules = matched.map(({ id }) => id);
    this.redirect = matched.find(({ redirect }) => redirect !== undefined)?.redirect;
    this.parts = sorted ? [] : matched.flatMap((rule) => partsOf(rules, index, rule));
    this.pins = sorted ? [] : pinsOf(index, candidates.set, matched);
    this.outOfStock = sorted ? undefined : outOfStock(rules, index, matched);
    this.newFirst = sorted ? [] : newProducts(rules, index, matched);
    this.before = this.compareBefore();
  }

  get spare(): number {
    return this.pins.length;
  }

  share(ordinal: number): number {
    let sum = 0;
    for (const part of this.parts) sum += shareOf(part, ordinal);
    return sum;
  }

  shares(ordinal: number): Record<string, number> {
    const shares: Record<string, number> = {};
    for (const part of this.parts) {
      const share = shareOf(part, ordinal);
      const name = `rule:${part.rule}`;
      if (share !== 0) shares[name] = (shares[name] ?? 0) + share;
    }
    return shares;
  }

  get pinnedFirst(): SortOrder {
    if (this.pins.length === 0) return NO_ORDER;
    const places = new Map(this.pins.map(({ ordinal }, place) => [ordinal, place]));
    const placeOf = (ordinal: number): number => places.get(ordinal) ?? this.pins.length;
    return (a, b) => placeOf(a) - placeOf(b);
  }

  place(listed: number[], shown?: Bitset): number[] {
    return placePins(
      listed,
      shown === undefined ? this.pins : this.pins.filter((pin) => shown.has(pin.ordinal)),
    );
  }

  touchingRules(ordinal: number): string[] {
    const touchingRules = new Set<string>();
    for (const pin of this.pins) if (pin.ordinal === ordinal) touchingRules.add(pin.rule);
    for (const part of this.parts) if (shareOf(part, ordinal) !== 0) touchingRules.add(part.rule);
    if (!this.candidates.exact.has(ordinal)) {
      for (const shift of this.shifts()) {
        if (shift.products.has(ordinal)) for (const rule of shift.rules) touchingRules.add(rule);
      }
    }
    return this.rules.filter((rule) => touchingRules.has(rule));
  }

  /** Products that the query names come first, then products in stock, then new products. */
  private compareBefore(): SortOrder {
    if (this.outOfStock === undefined && this.newFirst.length === 0) return NO_ORDER;
    const { exact } = this.candidates;
    const rank = (ordinal: number): number => {
      if (exact.has(ordinal)) return -1;
      const isNew = this.newFirst.some(({ products }) => products.has(ordinal));
      return (this.outOfStock?.products.has(ordinal) ? 2 : 0) + (isNew ? 0 : 1);
    };
    const ranks = new Int8Array(this.candidates.set.size);
    for (const ordinal of this.candidates.ordinals) ranks[ordinal] = rank(ordinal);
    return (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0);
  }

  private shifts(): readonly Shift[] {
    return this.outOfStock === undefined ? this.newFirst : [this.outOfStock, ...this.newFirst];
  }
}

function shareOf({ amount, among, percentile }: ScorePart, ordinal: number): number {
  if (among !== undefined) return among.has(ordinal) ? amount : 0;
  return amount * (percentile?.[ordinal] ?? 0);
}

function partsOf(
  { sets }: CompiledRules,
  index: LiveIndex,
  { id, scoreChanges, fieldWeights }: CompiledRule,
): ScorePart[] {
  return [
    ...scoreChanges.map(({ filter, by }) => ({
      rule: id,
      amount: by,
      among: sets.passing(index, filter),
      percentile: undefined,
    })),
    ...fieldWeights.map(({ field, weight }) => ({
      rule: id,
      amount: weight,
      among: undefined,
      percentile: sets.percentile(index, field),
    })),
  ].filter(({ among, percentile }) => among !== undefined || percentile !== undefined);
}

/**
 * Pins of products that are candidates: by position, and in the order of the file for the same position. A
 * product's first pin counts.
 */
function pinsOf(index: LiveIndex, set: Bitset, matched: readonly CompiledRule[]): Pin[] {
  const pins = new Map<number, Pin>();
  for (const { id: rule, pins: wantedPins } of matched) {
    for (const { id, position } of wantedPins) {
      const ordinal = index.ordinalOf(id);
      if (ordinal === undefined || !set.has(ordinal) || pins.has(ordinal)) continue;
      pins.set(ordinal, { ordinal, position, rule });
    }
  }
  return [...pins.values()].sort((a, b) => a.position - b.position);
}

function outOfStock(
  { sets }: CompiledRules,
  index: LiveIndex,
  matched: readonly CompiledRule[],
): Shift | undefined {
  const rules = matched.filter(({ inStockFirst }) => inStockFirst).map(({ id }) => id);
  return rules.length === 0 ? undefined : { rules, products: sets.outOfStock(index) };
}

function newProducts({ clock }: CompiledRules, index: LiveIndex, matched: readonly CompiledRule[]): Shift[] {
  return matched.flatMap(({ id, newFirst }): Shift[] => {
    if (newFirst === undefined) return [];
    const now = clock();
    return [{ rules: [id], products: datedWithin(index, newFirst.field, now - newFirst.days * DAY, now) }];
  });
}

/** A product pinned to a position, counted from 1. */
export interface Pin {
  readonly ordinal: number;
  readonly position: number;
  /** The rule that pins it. */
  readonly rule: string;
}

/**
 * Inserts pinned products into a list: each at its position, at the first free one after it if it is taken,
 * or at the end of a shorter list. The others keep their order. `pins` ascend by position and contain each
 * product once; the list may already contain them.
 */
function placePins(listed: number[], pins: readonly Pin[]): number[] {
  if (pins.length === 0) return listed;
  const pinned = new Set(pins.map(({ ordinal }) => ordinal));
  const others = listed.filter((ordinal) => !pinned.has(ordinal));
  const result: number[] = [];
  let nextOther = 0;
  for (const { ordinal, position } of pins) {
    while (result.length < position - 1 && nextOther < others.length) result.push(others[nextOther++] ?? 0);
    result.push(ordinal);
  }
  return result.concat(others.slice(nextOther));
}
