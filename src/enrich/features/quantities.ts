import { RecentCache } from '../../structures/recentCache.js';
import { NUMBER_START, numberAt } from '../../text/numbers.js';
import { type Unit, unitOf } from '../../text/units.js';

/** A number in a text, with the unit that follows it, if one does; `text.slice(start, end)` is both. */
export interface Quantity {
  readonly value: number;
  readonly unit: Unit | undefined;
  readonly start: number;
  readonly end: number;
  /** Its place among numbers chained by `x`, as in 40x60x20 cm, and how many those are: 0 of 1 when alone. */
  readonly link: number;
  readonly links: number;
  /** The whole words that say it, a chain or `pack of` included. */
  readonly said: { readonly start: number; readonly end: number };
}

/** Digits and marks that are no number together: the dots of a version, the commas of a list. */
const UNREADABLE = /[\d.,]+/y;
const CHAIN = /^\s?(?:x|×|X|\*|by)\s?(?=[\d.])/u;
/** `8/256 GB`: two numbers that share a unit, which is no fraction. */
const SLASHED = /^\d{1,3}\/(?=\d{1,3}(?![\d/]|[.,]\d))/;
const LONGEST_SLASHED = 10;
/** `3x socks`, said after the number; `socks x3`, said before it. */
const TIMES_AFTER = /^[x×](?=\s\p{L})/u;
const TIMES_BEFORE = /(?:^|[\s(,])([x×]\s?)$/u;
/** Numbers chained in these are the sides of one thing; in any other, so many things of that. */
const SIDES: ReadonlySet<string> = new Set(['length', 'area', 'pixels']);
/** `pack of 12`: how many there are, said before the number. */
const PACK_OF = /\b(?:pack|packs|set|box|case|bundle|lot) of\s?$/iu;
const LETTER = /[\p{L}\p{N}]/u;
const CODE = /(?![xX×])\p{L}/u;
const STARTS = new RegExp(NUMBER_START.source, 'gu');
const LONGEST_UNIT = 20;
const PACK = unitOf('pack');

/**
 * Numbers of a text with their units. Digits inside words and identifiers (`XR500`, `T-54`, `9915PP13`)
 * are no numbers; a chain (`40 x 60 cm`) gives each number the unit that ends it.
 */
export function quantities(text: string): readonly Quantity[] {
  return recent.get(text, readQuantities);
}

const recent = new RecentCache<readonly Quantity[]>(8);

function readQuantities(text: string): Quantity[] {
  const found: Quantity[] = [];
  let chain: Bare[] = [];
  let before = -1;
  for (let start = nextStart(text, 0); start >= 0; ) {
    const bare = readBare(text, start, chain.length > 0, before);
    if (bare === undefined) {
      close(found, chain);
      chain = [];
      // What follows in the same word is no number either.
      start = nextStart(text, wordEnd(text, start));
      continue;
    }
    chain.push(bare);
    before = bare.end;
    const link = bare.slashed ?? CHAIN.exec(text.slice(bare.end, bare.end + 6))?.[0].length;
    start = nextStart(text, bare.end + (link ?? 0));
    if (link !== undefined) continue;
    close(found, chain);
    chain = [];
  }
  close(found, chain);
  return found;
}

interface Bare {
  readonly value: number;
  readonly unit: Unit | undefined;
  readonly start: number;
  readonly end: number;
  /** Where the words that say it begin. */
  readonly from: number;
  /** Length of the slash that joins it to the next number. */
  readonly slashed: number | undefined;
}

/** Where the next number may begin; -1 for nowhere. */
function nextStart(text: string, from: number): number {
  STARTS.lastIndex = from;
  return STARTS.exec(text)?.index ?? -1;
}

/** The number at `start`, with its unit; undefined where it is part of a word. `before`: end of the last one. */
function readBare(text: string, start: number, chained: boolean, before: number): Bare | undefined {
  const times = chained ? undefined : TIMES_BEFORE.exec(text.slice(Math.max(0, start - 4), start))?.[1];
  const parted = start - 1 === before && text.charAt(start - 1) === '/';
  if (times === undefined && !parted && insideWord(text, start)) return undefined;
  // In a text a comma before a number parts it from what stands before.
  if (text.charAt(start) === ',') return undefined;
  const number = numberAt(text, start);
  if (number === undefined) return undefined;
  const { value, end } = number;
  if (number.decimals === 0 && SLASHED.test(text.slice(start, start + LONGEST_SLASHED)))
    return { value, unit: undefined, start, end, from: start, slashed: 1 };
  const unit = unitAfter(text, end);
  if (unit !== undefined) return { value, ...unit, start, from: start, slashed: undefined };
  const after = TIMES_AFTER.exec(text.slice(end, end + 4));
  if (after !== null)
    return { value, unit: PACK, start, end: end + after[0].length, from: start, slashed: undefined };
  if (!CHAIN.test(text.slice(end, end + 6)) && LETTER.test(text.charAt(end))) return undefined;
  const pack = PACK_OF.exec(text.slice(Math.max(0, start - 12), start));
  const from = start - (pack?.[0].length ?? times?.length ?? 0);
  const counted = pack !== null || times !== undefined;
  return { value, unit: counted ? PACK : undefined, start, end, from, slashed: undefined };
}

function close(found: Quantity[], chain: readonly Bare[]): void {
  const last = chain.at(-1);
  const [first] = chain;
  if (first === undefined || last === undefined) return;
  const { unit } = last;
  const said = { start: first.from, end: last.end };
  const counts = chain.length === 2 && unit !== undefined && !SIDES.has(unit.dimension);
  for (const [link, bare] of chain.entries()) {
    const { value, start, end } = bare;
    const slashed = chain.some((one) => one.slashed !== undefined);
    if (counts && bare === first && bare.unit === undefined && !slashed && Number.isInteger(value))
      found.push({ value, unit: PACK, start, end, link: 0, links: 1, said });
    else found.push({ value, unit: bare.unit ?? unit, start, end, link, links: chain.length, said });
  }
}

function insideWord(text: string, start: number): boolean {
  const before = text.charAt(start - 1);
  if (before === '') return false;
  if (LETTER.test(before) || before === '.' || before === ',')
    return !/^[xX×]$/u.test(before) || !/\d/.test(text.charAt(start - 2));
  // `T-54`, `A/4`: joined to a word by a mark; `12-24` is a range, and neither of its ends is the value.
  return /[-/_#]/.test(before) && LETTER.test(text.charAt(start - 2));
}

/** The end of a word that holds digits, from those digits on. */
function wordEnd(text: string, from: number): number {
  UNREADABLE.lastIndex = from;
  let end = from + (UNREADABLE.exec(text)?.[0].length ?? 1);
  // `7-7 5/8`, `3",1 1/2"`: behind a mark the number goes on; behind a letter it is a code, `C4707 1/2`.
  if (!CODE.test(text.charAt(from - 1))) end = Math.max(end, numberAt(text, from)?.end ?? end);
  while (end < text.length && /[\p{L}\p{N}\-./]/u.test(text.charAt(end))) end++;
  return end;
}

/** The longest spelling of a unit right after a number: `GB`, ` fl. oz`, `-inch`; its end in the text. */
function unitAfter(text: string, from: number): { unit: Unit; end: number } | undefined {
  const gap = /^(?:\s|-|\s-\s)?/u.exec(text.slice(from))?.[0].length ?? 0;
  const start = from + gap;
  const rest = text.slice(start, start + LONGEST_UNIT);
  const ends = unitEnds(rest);
  for (const length of ends) {
    const spelled = rest.slice(0, length);
    const unit = unitOf(spelled);
    if (unit === undefined || /^\/\p{L}/u.test(rest.slice(length))) continue;
    // "2 in 1" counts no inches.
    if (spelled === 'in' && /^\s?\d/.test(rest.slice(length))) continue;
    return { unit, end: start + length };
  }
  return undefined;
}

/** Where a unit's spelling may end: after the first, second or third word, or after a sign; longest first. */
function unitEnds(rest: string): number[] {
  const sign = /^(?:''|["″”“'’′%°℃℉Ω]+[CF]?)/u.exec(rest);
  if (sign !== null) {
    const ends = [sign[0].length];
    if (sign[0].length > 1) ends.push(1);
    return ends;
  }
  const ends: number[] = [];
  const parts = /[\p{L}\p{M}²³23]+(?:\/[\p{L}²³]+|\(s\))?\.?/uy;
  let at = 0;
  for (let words = 0; words < 3; words++) {
    parts.lastIndex = at;
    const part = parts.exec(rest);
    if (part === null) break;
    const end = at + part[0].length;
    if (part[0].endsWith('.')) ends.push(end - 1);
    else if (LETTER.test(rest.charAt(end))) break;
    ends.push(end);
    if (rest.charAt(end) !== ' ') break;
    at = end + 1;
  }
  return ends.reverse();
}
