import type { Gazetteer } from './gazetteer.js';
import type { SpanText, SpanToken } from './readSpans.js';

/**
 * Features of a text's spans that do not depend on the attribute, as 32-bit hashes: `FIRST` per token as the first of a
 * span, `LAST` as the last, `WITHIN` as any token of it, and `WHOLE` per span. They cover words, neighbouring words,
 * shapes, prefixes and suffixes, position, rarity, gazetteer owners and the product's category.
 */
export interface SpanFeatures {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly within: Int32Array;
  readonly whole: Int32Array;
  /** The same for all spans of a text: a bias against "no value". */
  readonly any: Int32Array;
}

export const FIRST = 7;
export const LAST = 8;
export const WITHIN = 5;
export const WHOLE = 9;
export const ANY = 3;

/** Statistics of the shop's words over all texts. */
export interface WordKnowledge {
  readonly gazetteer: Gazetteer;
  /** Folded words with the number of texts that contain them. */
  readonly rows: ReadonlyMap<string, number>;
}

const BEGIN = hashOf('<begin>');
const END = hashOf('<end>');
const NONE = hashOf('<none>');

export function spanFeatures(text: SpanText, category: string, known: WordKnowledge): SpanFeatures {
  const { tokens, from, to, stems } = text;
  const categoryHash = hashOf(category);
  const words = tokens.map(({ stem }) => hashOf(stem));
  const shapes = tokens.map(({ surface }) => hashOf(shapeOf(surface)));
  const owners = tokens.map(({ stem }) => hashOf(known.gazetteer.owners(stem)[0]?.attribute ?? ''));
  const rarity = tokens.map(({ folded }) => known.rows.get(folded) ?? 0);
  const bounds = boundsOf(tokens);
  const word = (i: number, at: number): number => neighbour(words, bounds, i, at);
  const first = new Int32Array(tokens.length * FIRST);
  const last = new Int32Array(tokens.length * LAST);
  const within = new Int32Array(tokens.length * WITHIN);
  for (const [i, token] of tokens.entries()) {
    const field = bounds[i];
    if (field === undefined) continue;
    const own = words[i] ?? 0;
    const shape = shapes[i] ?? 0;
    const length = field.end - field.begin;
    const after = i - field.begin;
    const left = length - 1 - after;
    const position = after === 0 ? 0 : after === 1 ? 1 : after < 4 ? 2 : after < length / 2 ? 3 : 4;
    first.set(
      [
        mix(1, own),
        mix(2, word(i, i - 1)),
        mix(3, mix(word(i, i - 2), word(i, i - 1))),
        mix(4, mix(token.glued ? 1 : 0, neighbour(shapes, bounds, i, i - 1))),
        mix(5, position * 2 + field.field),
        mix(6, neighbour(owners, bounds, i, i - 1)),
        mix(7, shape),
      ],
      i * FIRST,
    );
    const glued = after + 1 < length && tokens[i + 1]?.glued === true;
    last.set(
      [
        mix(8, own),
        mix(9, word(i, i + 1)),
        mix(10, mix(word(i, i + 1), word(i, i + 2))),
        mix(11, mix(glued ? 1 : 0, neighbour(shapes, bounds, i, i + 1))),
        mix(12, Math.min(2, left)),
        mix(13, neighbour(owners, bounds, i, i + 1)),
        mix(14, shape),
        mix(15, hashOf(token.folded.slice(-3))),
      ],
      i * LAST,
    );
    within.set(
      [
        mix(16, own),
        mix(17, mix(own, categoryHash)),
        mix(18, mix(bandOf(rarity[i] ?? 0), shape)),
        mix(19, hashOf(token.folded.slice(0, 3))),
        mix(20, hashOf(token.folded.slice(-3))),
      ],
      i * WITHIN,
    );
  }
  const whole = new Int32Array(from.length * WHOLE);
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const titled = new Set(stems.filter((_, x) => tokens[from[x] ?? 0]?.field === 'title'));
  for (let x = 0; x < from.length; x++) {
    const i = from[x] ?? 0;
    const j = to[x] ?? 0;
    const size = j - i + 1;
    const stem = hashOf(stems[x] ?? '');
    let rarest = Number.POSITIVE_INFINITY;
    let shape = 0;
    for (let k = i; k <= j; k++) {
      rarest = Math.min(rarest, rarity[k] ?? 0);
      shape = mix(shape, mix(shapes[k] ?? 0, k > i && tokens[k]?.glued === true ? 1 : 0));
    }
    const repeats = Math.min(3, counts.get(stems[x] ?? '') ?? 0) * 2 + (titled.has(stems[x] ?? '') ? 1 : 0);
    whole.set(
      [
        mix(21, stem),
        mix(22, mix(stem, categoryHash)),
        mix(23, shape),
        mix(24, Math.min(size, 7)),
        mix(25, mix(Math.min(size, 5), categoryHash)),
        mix(26, mix(bounds[i]?.field ?? 0, categoryHash)),
        mix(27, bandOf(rarest) * 8 + Math.min(size, 4)),
        mix(28, mix(word(i, i - 1), word(j, j + 1))),
        mix(29, repeats * 8 + Math.min(size, 4)),
      ],
      x * WHOLE,
    );
  }
  const described = tokens.at(-1)?.field === 'description' ? 1 : 0;
  return {
    first,
    last,
    within,
    whole,
    any: Int32Array.of(mix(30, 0), mix(31, categoryHash), mix(32, described)),
  };
}

/** The tokens `[begin, end)` of a field; `field` is 0 for the title. */
interface Bounds {
  readonly begin: number;
  readonly end: number;
  readonly field: number;
}

function boundsOf(tokens: readonly SpanToken[]): Bounds[] {
  const firstAfterTitle = tokens.findIndex(({ field }) => field !== 'title');
  const cut = firstAfterTitle < 0 ? tokens.length : firstAfterTitle;
  const title = { begin: 0, end: cut, field: 0 };
  const description = { begin: cut, end: tokens.length, field: 1 };
  return tokens.map((_, i) => (i < cut ? title : description));
}

/** The entry of `of` at `at`, or a boundary symbol if that is outside the field of token i. */
function neighbour(of: readonly number[], bounds: readonly Bounds[], i: number, at: number): number {
  const field = bounds[i];
  if (field === undefined) return NONE;
  if (at < field.begin) return BEGIN;
  return at >= field.end ? END : (of[at] ?? NONE);
}

function bandOf(rows: number): number {
  return rows <= 1 ? 0 : rows < 4 ? 1 : rows < 15 ? 2 : rows < 80 ? 3 : 4;
}

/** Word shape: `Xx` for a capitalised word, `XX` for capitals, `d`, `dd` and `D` for numbers by length, symbols as they are. */
function shapeOf(surface: string): string {
  return surface
    .replace(/\p{Lu}+/gu, (run) => (run.length > 1 ? 'XX' : 'X'))
    .replace(/[\p{Ll}\p{Lo}]+/gu, 'x')
    .replace(/\p{N}+/gu, (run) => (run.length > 4 ? 'D' : run.length > 2 ? 'dd' : 'd'));
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** Combines two hashes; not commutative (the finalizer of MurmurHash3, Austin Appleby). */
export function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}
