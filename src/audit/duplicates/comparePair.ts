import type { Listing, VariantValues } from './readListing.js';

/**
 * The features that two listings are compared by. Each has `levels` comparison levels: 0 if a listing lacks the data, then
 * in order of increasing agreement.
 */
export const FEATURES = [
  { name: 'codes', levels: 8 },
  { name: 'wording', levels: 10 },
  { name: 'template', levels: 3 },
  { name: 'meaning', levels: 9 },
  { name: 'quantities', levels: 4 },
  { name: 'variant values', levels: 3 },
  { name: 'price', levels: 6 },
  { name: 'brand', levels: 3 },
  { name: 'gtin', levels: 3 },
  { name: 'source', levels: 3 },
  { name: 'identity', levels: 12 },
  { name: 'rank', levels: 6 },
] as const;
export const FEATURE_COUNT = FEATURES.length;
const indexOf = (name: (typeof FEATURES)[number]['name']): number =>
  FEATURES.findIndex((feature) => feature.name === name);
export const CODES = indexOf('codes');
export const WORDING = indexOf('wording');
export const TEMPLATE = indexOf('template');
export const MEANING = indexOf('meaning');
export const QUANTITIES = indexOf('quantities');
export const VARIANT_VALUES = indexOf('variant values');
export const SOURCE = indexOf('source');
export const IDENTITY = indexOf('identity');
/** Levels of `source`. */
export const SAME_SOURCE = 1;
export const TWO_SOURCES = 2;
export const GTIN = indexOf('gtin');
export const RANK = indexOf('rank');

/** A code in more listings than this identifies nothing. */
const MAX_COMMON_CODE = 12;
/** A code in at most this many listings is rare. */
const MAX_RARE_CODE = 3;

/** Weights of words and counts of codes over the whole catalog. */
export interface Weights {
  /** Inverse document frequency of words, by titles and by all texts. */
  readonly title: Float64Array;
  readonly text: Float64Array;
  /** Number of listings by code. */
  readonly codes: ReadonlyMap<string, number>;
}

/** Writes the levels of a pair into `levels` from `at` on, except `identity` and `rank`, which stay 0. Symmetric in `a` and `b`. */
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
  levels[at + 5] = compareVariantValues(a.variantValues, b.variantValues);
  levels[at + 6] = comparePrices(a.product.price, b.product.price);
  levels[at + 7] = a.brand === undefined || b.brand === undefined ? 0 : a.brand === b.brand ? 2 : 1;
  levels[at + 8] = a.gtins.length === 0 || b.gtins.length === 0 ? 0 : share(a.gtins, b.gtins) ? 2 : 1;
  levels[at + 9] =
    a.source === undefined || b.source === undefined ? 0 : a.source === b.source ? SAME_SOURCE : TWO_SOURCES;
}

/** How many of the bounds the value reaches. */
export function bin(value: number, bounds: readonly number[]): number {
  let reached = 0;
  for (const bound of bounds) if (value >= bound) reached++;
  return reached;
}

/**
 * 1: both have codes, and none is shared; 2: the same, but two codes differ only near the end; 3: a shared code of many
 * listings; 4: a shared code of several; 5: a rare code of one extends a rare code of the other; 6: a rare code of one is
 * mentioned in the other's description; 7: a shared rare code.
 */
function compareCodes(a: Listing, b: Listing, { codes }: Weights): number {
  const rarity = (code: string): number => codes.get(code) ?? 0;
  let level = 0;
  const raise = (code: string, rare: number): void => {
    const count = rarity(code);
    level = Math.max(level, count <= MAX_RARE_CODE ? rare : count <= MAX_COMMON_CODE ? 4 : 3);
  };
  for (const code of a.codes) {
    if (b.codes.includes(code)) raise(code, 7);
    else if (b.mentioned.includes(code)) raise(code, 6);
  }
  for (const code of b.codes) if (a.mentioned.includes(code)) raise(code, 6);
  if (level >= 5) return level;
  const rare = (all: readonly string[]): string[] => all.filter((code) => rarity(code) <= MAX_RARE_CODE);
  const [ones, others] = [rare(a.codes), rare(b.codes)];
  if (extendsCode(ones, others) || extendsCode(others, ones)) return 5;
  if (extendsCode(ones, rare(b.mentioned)) || extendsCode(others, rare(a.mentioned))) return 5;
  const own = (listing: Listing): string[] => listing.codes.filter((code) => rarity(code) <= MAX_COMMON_CODE);
  const [ownA, ownB] = [own(a), own(b)];
  if (level > 0 || ownA.length === 0 || ownB.length === 0) return level;
  return ownA.some((one) => ownB.some((other) => areSiblings(one, other))) ? 2 : 1;
}

function extendsCode(longer: readonly string[], shorter: readonly string[]): boolean {
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

/** Whether two codes differ only near the end: `AM53BK` and `AM53WH`. */
export function areSiblings(one: string, other: string): boolean {
  let same = 0;
  while (same < Math.min(one.length, other.length) && one[same] === other[same]) same++;
  return same >= 4 && same >= 0.6 * Math.max(one.length, other.length);
}

/** Cosine of the titles as vectors of words weighted by inverse document frequency. */
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

/** The mean of the titles' cosine and the larger share of one title that the other listing's whole text contains. */
function compareWording(a: Listing, b: Listing, weights: Weights): number {
  if (a.words.length === 0 || b.words.length === 0) return 0;
  const containment = Math.max(
    contained(a.words, b.text, weights.text),
    contained(b.words, a.text, weights.text),
  );
  return 1 + bin((titleOverlap(a, b, weights) + containment) / 2, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 0.97]);
}

/** Titles follow one template if at most this many of at least this many words differ. */
const MAX_REPLACED = 2;
const MIN_TEMPLATE_WORDS = 3;

/**
 * 1: the same words in the same order except for one or two, as in titles of variants; 2: anything else. A misspelt word is
 * not a different word.
 */
function compareTemplates(a: readonly string[], b: readonly string[]): number {
  if (Math.min(a.length, b.length) < MIN_TEMPLATE_WORDS) return 0;
  if (a.length !== b.length) return 2;
  let replaced = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    if (++replaced > MAX_REPLACED) return 2;
    if (areMisspelt(a[i] ?? '', b[i] ?? '')) return 2;
  }
  return replaced > 0 && replaced * 2 <= a.length ? 1 : 2;
}

/** Whether two words of at least five letters are one insertion, deletion, substitution or transposition apart. */
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

/** The weighted share of `words` that `text` contains. */
function contained(words: Int32Array, text: Int32Array, weight: Float64Array): number {
  let all = 0;
  let found = 0;
  for (const word of words) all += weight[word] ?? 0;
  eachShared(words, text, (word) => {
    found += weight[word] ?? 0;
  });
  return all === 0 ? 0 : found / all;
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

/** 1: different quantities of one dimension; 2: some are shared; 3: one listing has all quantities of the other. */
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

/** 1: different values of some variant attribute; 2: a shared value of each common one. */
function compareVariantValues(a: VariantValues, b: VariantValues): number {
  let level = 0;
  for (const [attribute, ones] of a) {
    const others = b.get(attribute);
    if (others === undefined) continue;
    if (![...ones].some((value) => others.has(value))) return 1;
    level = 2;
  }
  return level;
}

/** 1 to 5, by the ratio of the prices. */
function comparePrices(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined || a <= 0 || b <= 0) return 0;
  return 1 + bin(Math.min(a, b) / Math.max(a, b), [0.4, 0.6, 0.8, 0.98]);
}

function share(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.includes(one));
}
