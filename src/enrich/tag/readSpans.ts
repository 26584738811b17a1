import type { Product } from '../../domain/product.js';
import { foldLetters } from '../../text/fold.js';
import { tokens } from '../../text/tokens.js';
import { stemOf } from '../features/words.js';

/** Text fields that spans are read from, in this order. */
const SPAN_FIELDS = ['title', 'description'] as const;
export type SpanField = (typeof SPAN_FIELDS)[number];

/** A word, number or symbol. Spans begin and end at tokens. */
export interface SpanToken {
  readonly field: SpanField;
  readonly start: number;
  readonly end: number;
  readonly surface: string;
  readonly folded: string;
  readonly stem: string;
  /** Follows the token before without a gap. */
  readonly glued: boolean;
  readonly isSymbol: boolean;
}

/** The tokens of a product's text, field after field, and the candidate spans among them. */
export interface SpanText {
  readonly tokens: readonly SpanToken[];
  /** First and last token of each span; ordered by the first, then by the last. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The joined stems of each span's tokens: equal for spans that differ only in inflection or case. */
  readonly stems: readonly string[];
}

/** Tokens read of each field. Values mostly occur early. */
const MAX_TOKENS: Readonly<Record<SpanField, number>> = { title: 64, description: 160 };
const MAX_CHARACTERS = 2_000;
/** Maximum tokens of a span. */
export const MAX_SPAN = 10;
/** Symbols that a value may begin or end with. */
const OPENING = new Set(['#', '$', '.']);
const CLOSING = new Set(['"', '″', '”', '%', '#', ')', "'", '’', '.', '+', '°', '™', '®']);
/** Symbols that separate values, unless a token follows without a gap: `1,000`, `A;B`. */
const SEPARATING = new Set([',', ';', '|', '!', '?', ':']);
/** Two words without the space between them: `DriveGenuine`, `BlackUPC`, `KitIn`. */
const GLUED_WORDS = /^(\p{L}+\p{Ll}{2})(\p{Lu}\p{L}+)$/u;

/** All spans of up to `MAX_SPAN` tokens, not symbols alone, within a phrase of the title or the description. */
export function readSpans(product: Pick<Product, SpanField>): SpanText {
  const read: SpanToken[] = [];
  for (const field of SPAN_FIELDS) readField(product[field] ?? '', field, read);
  const from: number[] = [];
  const to: number[] = [];
  const stems: string[] = [];
  for (const [i, first] of read.entries()) {
    if (first.isSymbol && !OPENING.has(first.folded)) continue;
    let stem = '';
    let hasWord = false;
    for (let j = i; j < Math.min(read.length, i + MAX_SPAN); j++) {
      const last = read[j];
      if (last === undefined || last.field !== first.field) break;
      if (j > i && SEPARATING.has(last.folded) && read[j + 1]?.glued !== true) break;
      stem = j === i ? last.stem : `${stem} ${last.stem}`;
      hasWord ||= !last.isSymbol;
      if (!hasWord || (last.isSymbol && !CLOSING.has(last.folded))) continue;
      from.push(i);
      to.push(j);
      stems.push(stem);
    }
  }
  return { tokens: read, from: Int32Array.from(from), to: Int32Array.from(to), stems };
}

function readField(text: string, field: SpanField, read: SpanToken[]): void {
  let before = -1;
  let left = MAX_TOKENS[field];
  for (const { start, end } of tokens(text.slice(0, MAX_CHARACTERS))) {
    const firstWord = GLUED_WORDS.exec(text.slice(start, end))?.[1];
    const cut = firstWord === undefined ? end : start + firstWord.length;
    for (const [a, b] of cut === end
      ? [[start, end] as const]
      : [[start, cut] as const, [cut, end] as const]) {
      if (left-- === 0) return;
      const surface = text.slice(a, b);
      const folded = foldLetters(surface);
      const isSymbol = surface.length === 1 && !/[\p{L}\p{N}]/u.test(surface);
      read.push({
        field,
        start: a,
        end: b,
        surface,
        folded,
        stem: stemOf(folded),
        glued: a === before,
        isSymbol,
      });
      before = b;
    }
  }
}

/** The text of a span, exactly as in its field. */
export function quoteOf(text: SpanText, span: number, product: Pick<Product, SpanField>): string {
  const first = text.tokens[text.from[span] ?? -1];
  const last = text.tokens[text.to[span] ?? -1];
  return first === undefined || last === undefined
    ? ''
    : (product[first.field] ?? '').slice(first.start, last.end);
}

/** The stems of a value, in the form of `SpanText.stems`. */
export function stemsOf(value: string): string {
  return tokens(value)
    .map(({ folded }) => stemOf(folded))
    .join(' ');
}
