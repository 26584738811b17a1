import type { Choices } from './choices.js';
import type { Listing } from './listing.js';

/**
 * How two listings agree, a small whole number for each of `FEATURES`: 0 where one of them does not say, then
 * from the least to the greatest agreement.
 */
export const FEATURES = [
  { name: 'codes', levels: 8 },
  { name: 'wording', levels: 10 },
  { name: 'template', levels: 3 },
  { name: 'meaning', levels: 9 },
  { name: 'quantities', levels: 4 },
  { name: 'choices', levels: 3 },
  { name: 'price', levels: 6 },
  { name: 'brand', levels: 3 },
  { name: 'gtin', levels: 3 },
  { name: 'source', levels: 3 },
  { name: 'rank', levels: 6 },
] as const;
export const F = FEATURES.length;
const place = (name: (typeof FEATURES)[number]['name']): number =>
  FEATURES.findIndex((feature) => feature.name === name);
export const CODES = place('codes');
export const WORDING = place('wording');
export const TEMPLATE = place('template');
export const MEANING = place('meaning');
export const QUANTITIES = place('quantities');
export const CHOICES = place('choices');
export const GTIN = place('gtin');
export const RANK = place('rank');

/** A code in more listings than this names no single thing. */
const COMMON_CODE = 12;
const RARE_CODE = 3;

export interface Weights {
  /** idf of words by the titles, and by all texts, they stand in. */
  readonly title: Float64Array;
  readonly text: Float64Array;
  /** Listings by code. */
  readonly codes: ReadonlyMap<string, number>;
}

/** Writes the levels of a pair, `rank` left at 0, into `levels` from `at`. Symmetric in the two. */
export function comparePair(
  a: Listing,
  b: Listing,
  cosine: number | undefined,
  weights: Weights,
  levels: Uint8Array,
  at: number,
): void {
  levels[at] = compareCodes(a, b, weights);
  levels[at + 1] = compareWording(a, b, weights);
  levels[at + 2] = compareTemplates(a.sequence, b.sequence);
  levels[at + 3] = cosine === undefined ? 0 : 1 + bin(cosine, [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98]);
  levels[at + 4] = compareQuantities(a.quantities, b.quantities);
  levels[at + 5] = compareChoices(a.choices, b.choices);
  levels[at + 6] = comparePrices(a.product.price, b.product.price);
  levels[at + 7] = a.brand === undefined || b.brand === undefined ? 0 : a.brand === b.brand ? 2 : 1;
  levels[at + 8] = a.gtins.length === 0 || b.gtins.length === 0 ? 0 : share(a.gtins, b.gtins) ? 2 : 1;
  levels[at + 9] = a.source === undefined || b.source === undefined ? 0 : a.source === b.source ? 1 : 2;
}

/** How many of the bounds a value reaches. */
function bin(value: number, bounds: readonly number[]): number {
  let reached = 0;
  for (const bound of bounds) if (value >= bound) reached++;
  return reached;
}

/**
 * 1: each has codes of its own and none is the other's; 2: the same, but two of them differ only towards the end;
 * 3: they share a common code; 4: one that a few have; 5: a rare code of one begins with the other's; 6: a rare
 * code of one stands in the other's description; 7: they share a rare one.
 */
function compareCodes(a: Listing, b: Listing, { codes }: Weights): number {
  const rarity = (code: string): number => codes.get(code) ?? 0;
  let level = 0;
  const meet = (code: string, rare: number): void => {
    const count = rarity(code);
    level = Math.max(level, count <= RARE_CODE ? rare : count <= COMMON_CODE ? 4 : 3);
  };
  for (const code of a.codes) {
    if (b.codes.includes(code)) meet(code, 7);
    else if (b.mentioned.includes(code)) meet(code, 6);
  }
  for (const code of b.codes) if (a.mentioned.includes(code)) meet(code, 6);
  if (level >= 5) return level;
  const rare = (all: readonly string[]): string[] => all.filter((code) => rarity(code) <= RARE_CODE);
  const [ones, others] = [rare(a.codes), rare(b.codes)];
  if (extendsOne(ones, others) || extendsOne(others, ones)) return 5;
  if (extendsOne(ones, rare(b.mentioned)) || extendsOne(others, rare(a.mentioned))) return 5;
  const own = (listing: Listing): string[] => listing.codes.filter((code) => rarity(code) <= COMMON_CODE);
  const [named, called] = [own(a), own(b)];
  if (level > 0 || named.length === 0 || called.length === 0) return level;
  return named.some((one) => called.some((other) => areSiblings(one, other))) ? 2 : 1;
}

function extendsOne(longer: readonly string[], shorter: readonly string[]): boolean {
  return longer.some((long) =>
    shorter.some(
      (short) =>
        short.length >= 5 &&
        long.length > short.length &&
        long.length - short.length <= 4 &&
        long.startsWith(short),
    ),
  );
}

/** `AM53BK` and `AM53WH`: the same until near the end. */
export function areSiblings(one: string, other: string): boolean {
  let same = 0;
  while (same < Math.min(one.length, other.length) && one[same] === other[same]) same++;
  return same >= 4 && same >= 0.6 * Math.max(one.length, other.length);
}

/** Cosine of the titles' words weighted by idf. */
function titleOverlap(a: Listing, b: Listing, { title }: Weights): number {
  let shared = 0;
  let [ones, others] = [0, 0];
  for (const word of a.words) ones += (title[word] ?? 0) ** 2;
  for (const word of b.words) others += (title[word] ?? 0) ** 2;
  eachShared(a.words, b.words, (word) => {
    shared += (title[word] ?? 0) ** 2;
  });
  return ones === 0 || others === 0 ? 0 : shared / Math.sqrt(ones * others);
}

/** The mean of the titles' overlap and of how much of a title the other's whole text holds, the better of the two ways. */
function compareWording(a: Listing, b: Listing, weights: Weights): number {
  if (a.words.length === 0 || b.words.length === 0) return 0;
  const held = Math.max(contained(a.words, b.text, weights.text), contained(b.words, a.text, weights.text));
  return 1 + bin((titleOverlap(a, b, weights) + held) / 2, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 0.97]);
}

/** Titles of one make in which so many words at most were replaced, of at least so many. */
const MAX_REPLACED = 2;
const SHORTEST_TEMPLATE = 3;

/**
 * 1: the same words in the same places but for one or two replaced by others, as in titles of variants; 2: not so.
 * A word misspelt is not replaced.
 */
function compareTemplates(a: readonly string[], b: readonly string[]): number {
  if (Math.min(a.length, b.length) < SHORTEST_TEMPLATE) return 0;
  if (a.length !== b.length) return 2;
  let replaced = 0;
  for (let place = 0; place < a.length; place++) {
    if (a[place] === b[place]) continue;
    if (++replaced > MAX_REPLACED) return 2;
    if (areMisspelt(a[place] ?? '', b[place] ?? '')) return 2;
  }
  return replaced > 0 && replaced * 2 <= a.length ? 1 : 2;
}

/** Long words of letters that one letter put in, left out, exchanged or swapped with the next makes the same. */
export function areMisspelt(one: string, other: string): boolean {
  if (Math.min(one.length, other.length) < 5 || /\d/.test(one + other)) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  const [shorter, longer] = [short.slice(start), long.slice(start)];
  if (short.length < long.length) return shorter === longer.slice(1);
  return (
    shorter.slice(1) === longer.slice(1) ||
    (shorter[0] === longer[1] && shorter[1] === longer[0] && shorter.slice(2) === longer.slice(2))
  );
}

function contained(words: Int32Array, text: Int32Array, weight: Float64Array): number {
  let all = 0;
  let held = 0;
  for (const word of words) all += weight[word] ?? 0;
  eachShared(words, text, (word) => {
    held += weight[word] ?? 0;
  });
  return all === 0 ? 0 : held / all;
}

function eachShared(a: Int32Array, b: Int32Array, visit: (word: number) => void): void {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const one = a[i] ?? 0;
    const other = b[j] ?? 0;
    if (one === other) {
      visit(one);
      i++;
      j++;
    } else if (one < other) i++;
    else j++;
  }
}

/** 1: of one dimension and different; 2: some are shared, others not; 3: all of the one are the other's. */
function compareQuantities(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const shared = a.filter((quantity) => b.includes(quantity)).length;
  if (shared === Math.min(a.length, b.length)) return 3;
  const conflicting = a.some(
    (one) =>
      !b.includes(one) && b.some((other) => !a.includes(other) && dimensionOf(one) === dimensionOf(other)),
  );
  return shared > 0 ? 2 : conflicting ? 1 : 0;
}

function dimensionOf(quantity: string): string {
  return quantity.slice(0, quantity.lastIndexOf(' '));
}

function compareChoices(a: Choices, b: Choices): number {
  let level = 0;
  for (const [attribute, ones] of a) {
    const others = b.get(attribute);
    if (others === undefined) continue;
    if (![...ones].some((value) => others.has(value))) return 1;
    level = 2;
  }
  return level;
}

function comparePrices(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined || a <= 0 || b <= 0) return 0;
  return 1 + bin(Math.min(a, b) / Math.max(a, b), [0.4, 0.6, 0.8, 0.98]);
}

function share(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.includes(one));
}
