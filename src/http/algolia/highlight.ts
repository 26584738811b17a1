import { FACTS_KEY, type Product } from '../../domain/product.js';
import type { HitMatches, TextMatches } from '../../search/present/findMatches.js';
import { escapeHtml } from '../../search/present/highlightText.js';

/** How matches are marked. */
export interface Marks {
  readonly pre: string;
  readonly post: string;
  /** Whether the tags are HTML, so that the text between them is escaped. InstantSearch's are not: it escapes by itself. */
  readonly html: boolean;
}

/** One text in Algolia's `_highlightResult`. */
export interface HighlightedValue {
  readonly value: string;
  readonly matchLevel: 'none' | 'partial' | 'full';
  readonly matchedWords: readonly string[];
  readonly fullyHighlighted?: boolean;
}
type Highlighted = HighlightedValue | readonly HighlightedValue[] | { readonly [name: string]: Highlighted };

const NO_MATCHES: TextMatches = { spans: [], words: [] };

export function marksOf(pre = '<em>', post = '</em>'): Marks {
  return { pre, post, html: pre.trimStart().startsWith('<') };
}

/** The text with its matches between the tags. */
export function markText(
  text: string,
  spans: readonly { readonly start: number; readonly end: number }[],
  { pre, post, html }: Marks,
): string {
  const written = html ? escapeHtml : (part: string) => part;
  let marked = '';
  let at = 0;
  for (const { start, end } of spans) {
    marked += written(text.slice(at, start)) + pre + written(text.slice(start, end)) + post;
    at = end;
  }
  return marked + written(text.slice(at));
}

/** `_highlightResult`: every text of the product that `isWanted`, whether it matches or not. */
export function highlightHit(
  product: Product,
  matches: HitMatches,
  marks: Marks,
  isWanted: (field: string) => boolean,
): Record<string, Highlighted> {
  return eachText(product, matches, isWanted, (text, found) => ({
    value: markText(text, found.spans, marks),
    ...levelOf(found, matches),
    ...(found.spans.length > 0 && {
      fullyHighlighted:
        found.spans.reduce((sum, { start, end }) => sum + end - start, 0) === text.trim().length,
    }),
  }));
}

/** `_snippetResult`: the `words` around the first match of each field, 0 for fields that are not wanted. */
export function snippetHit(
  product: Product,
  matches: HitMatches,
  marks: Marks,
  ellipsis: string,
  wordsOf: (field: string) => number,
): Record<string, Highlighted> {
  return eachText(
    product,
    matches,
    (field) => wordsOf(field) > 0,
    (text, found, field) => ({
      value: snippetOf(text, found, marks, ellipsis, wordsOf(field)),
      ...levelOf(found, matches),
    }),
  );
}

function eachText(
  product: Product,
  matches: HitMatches,
  isWanted: (field: string) => boolean,
  write: (text: string, found: TextMatches, field: string) => HighlightedValue,
): Record<string, Highlighted> {
  const highlightedOf = (field: string, value: unknown): Highlighted | undefined => {
    const found = matches.fields.get(field) ?? NO_MATCHES;
    if (Array.isArray(value)) {
      const list = 'spans' in found ? [] : found;
      return value.map((one, place) => write(String(one), list[place] ?? NO_MATCHES, field));
    }
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    return write(String(value), 'spans' in found ? found : NO_MATCHES, field);
  };
  const entries = Object.entries(product).flatMap(([name, value]): [string, Highlighted][] => {
    if (name === 'id' || name === FACTS_KEY) return [];
    if (name === 'attributes' && typeof value === 'object' && value !== null) {
      const inner = Object.entries(value).flatMap(([attribute, one]): [string, Highlighted][] => {
        const field = `attributes.${attribute}`;
        const written = isWanted(field) ? highlightedOf(field, one) : undefined;
        return written === undefined ? [] : [[attribute, written]];
      });
      return inner.length === 0 ? [] : [[name, Object.fromEntries(inner)]];
    }
    const written = isWanted(name) && isPlain(value) ? highlightedOf(name, value) : undefined;
    return written === undefined ? [] : [[name, written]];
  });
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): boolean {
  return Array.isArray(value) ? value.every((one) => typeof one !== 'object') : typeof value !== 'object';
}

function levelOf(
  { words }: TextMatches,
  all: HitMatches,
): Pick<HighlightedValue, 'matchLevel' | 'matchedWords'> {
  const isFull = words.length === all.words.length;
  return { matchLevel: words.length === 0 ? 'none' : isFull ? 'full' : 'partial', matchedWords: words };
}

function snippetOf(
  text: string,
  { spans }: TextMatches,
  marks: Marks,
  ellipsis: string,
  count: number,
): string {
  const words = [...text.matchAll(/\S+/gu)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }));
  if (words.length <= count) return markText(text, spans, marks);
  const matched = words.findIndex(({ end }) => end > (spans[0]?.start ?? 0));
  // A few words before the first match, and no fewer than `count` in all.
  const first = Math.max(0, Math.min(matched - Math.floor(count / 4), words.length - count));
  const from = words[first]?.start ?? 0;
  const to = words[first + count - 1]?.end ?? text.length;
  const inside = spans
    .filter(({ start, end }) => start >= from && end <= to)
    .map(({ start, end }) => ({ start: start - from, end: end - from }));
  const before = first > 0 ? ellipsis : '';
  const after = first + count < words.length ? ellipsis : '';
  return before + markText(text.slice(from, to), inside, marks) + after;
}
