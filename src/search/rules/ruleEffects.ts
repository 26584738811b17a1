import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { SortOrder } from '../rank/sortOrder.js';
import type { CandidateSet } from '../retrieve/retrieve.js';
import type { CompiledRule, CompiledRules } from './compileRules.js';
import { datedWithin } from './ruleSetCache.js';

/** What the rules made of a search. Without any, everything here leaves things as they are. */
export interface RuleEffects {
  /** The one candidate set, chosen by the rules too. */
  readonly candidates: CandidateSet;
  /** Ids of the rules that applied, in the order of the file. */
  readonly rules: readonly string[];
  readonly redirect: string | undefined;
  /** What the rules add to a product's score, in all. */
  share(ordinal: number): number;
  /** The same by rule (`rule:boots-week`), which adds up to it. */
  shares(ordinal: number): Record<string, number>;
  /** Comes before the score: negative where the first is to stand before the second. */
  readonly before: SortOrder;
  /** How many more than wanted must be listed for `place` to have enough. */
  readonly spare: number;
  /** Of variants of one thing the pinned one comes first. */
  readonly pinnedFirst: SortOrder;
  /** Puts pinned products in their places among the candidates listed in order; with `shown` those of it only. */
  place(listed: number[], shown?: Bitset): number[];
  /** Ids of the rules that pinned, moved or scored this product. */
  touching(ordinal: number): string[];
}

const SAME: SortOrder = () => 0;
const DAY = 86_400_000;

export function noRuleEffects(candidates: CandidateSet): RuleEffects {
  return {
    candidates,
    rules: [],
    redirect: undefined,
    share: () => 0,
    shares: () => ({}),
    before: SAME,
    spare: 0,
    pinnedFirst: SAME,
    place: (listed) => listed,
    touching: () => [],
  };
}

/** A share of the score: of products in a set, or by how they stand. */
interface Part {
  readonly rule: string;
  readonly by: number;
  readonly among: Bitset | undefined;
  readonly standing: Float32Array | undefined;
}

/** Products that go before the others of the set (or behind them), and the rules that say so. */
interface Shift {
  readonly rules: readonly string[];
  readonly moved: Bitset;
}

/** See Ruled. */
export class AppliedRules implements RuleEffects {
  readonly rules: readonly string[];
  readonly redirect: string | undefined;
  readonly before: SortOrder;
  private readonly parts: readonly Part[];
  private readonly pins: readonly Pin[];
  private readonly behind: Shift | undefined;
  private readonly ahead: Shift[];

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
    this.behind = sorted ? undefined : outOfStock(rules, index, matched);
    this.ahead = sorted ? [] : newOnes(rules, index, matched);
    this.before = this.orderBefore();
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
    if (this.pins.length === 0) return SAME;
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

  touching(ordinal: number): string[] {
    const touching = new Set<string>();
    for (const pin of this.pins) if (pin.ordinal === ordinal) touching.add(pin.rule);
    for (const part of this.parts) if (shareOf(part, ordinal) !== 0) touching.add(part.rule);
    if (!this.candidates.exact.has(ordinal)) {
      for (const shift of this.shifts()) {
        if (shift.moved.has(ordinal)) for (const rule of shift.rules) touching.add(rule);
      }
    }
    return this.rules.filter((rule) => touching.has(rule));
  }

  /** What the query names stays first; then what is in stock; then what is new. */
  private orderBefore(): SortOrder {
    if (this.behind === undefined && this.ahead.length === 0) return SAME;
    const { exact } = this.candidates;
    const rank = (ordinal: number): number => {
      if (exact.has(ordinal)) return -1;
      const isNew = this.ahead.some(({ moved }) => moved.has(ordinal));
      return (this.behind?.moved.has(ordinal) ? 2 : 0) + (isNew ? 0 : 1);
    };
    const ranks = new Int8Array(this.candidates.set.size);
    for (const ordinal of this.candidates.ordinals) ranks[ordinal] = rank(ordinal);
    return (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0);
  }

  private shifts(): readonly Shift[] {
    return this.behind === undefined ? this.ahead : [this.behind, ...this.ahead];
  }
}

function shareOf({ by, among, standing }: Part, ordinal: number): number {
  if (among !== undefined) return among.has(ordinal) ? by : 0;
  return by * (standing?.[ordinal] ?? 0);
}

function partsOf({ sets }: CompiledRules, index: LiveIndex, { id, nudges, signals }: CompiledRule): Part[] {
  return [
    ...nudges.map(({ filter, by }) => ({
      rule: id,
      by,
      among: sets.passing(index, filter),
      standing: undefined,
    })),
    ...signals.map(({ field, weight }) => ({
      rule: id,
      by: weight,
      among: undefined,
      standing: sets.standing(index, field),
    })),
  ].filter(({ among, standing }) => among !== undefined || standing !== undefined);
}

/** Pins of products that are candidates, by position, of one position in the order of the file; a product's first pin counts. */
function pinsOf(index: LiveIndex, set: Bitset, matched: readonly CompiledRule[]): Pin[] {
  const pins = new Map<number, Pin>();
  for (const { id: rule, pins: wanted } of matched) {
    for (const { id, position } of wanted) {
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
  return rules.length === 0 ? undefined : { rules, moved: sets.outOfStock(index) };
}

function newOnes({ clock }: CompiledRules, index: LiveIndex, matched: readonly CompiledRule[]): Shift[] {
  return matched.flatMap(({ id, newFirst }): Shift[] => {
    if (newFirst === undefined) return [];
    const now = clock();
    return [{ rules: [id], moved: datedWithin(index, newFirst.field, now - newFirst.days * DAY, now) }];
  });
}

/** A product that is to stand at a position, counted from 1. */
export interface Pin {
  readonly ordinal: number;
  readonly position: number;
  /** The rule that says so. */
  readonly rule: string;
}

/**
 * Puts pinned products where they belong in a list: each at its position, or at the first free one after it
 * where another was put there before; at the end where the list is shorter. The others keep their order.
 * `pins` ascend by position and name each product once; the list may hold them already, or not.
 */
function placePins(listed: number[], pins: readonly Pin[]): number[] {
  if (pins.length === 0) return listed;
  const pinned = new Set(pins.map(({ ordinal }) => ordinal));
  const others = listed.filter((ordinal) => !pinned.has(ordinal));
  const placed: number[] = [];
  let other = 0;
  for (const { ordinal, position } of pins) {
    while (placed.length < position - 1 && other < others.length) placed.push(others[other++] ?? 0);
    placed.push(ordinal);
  }
  return placed.concat(others.slice(other));
}
