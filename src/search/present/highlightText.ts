import { forEachToken, forEachTokenOf, withoutTradeMarks } from '../../index/lexical/analyze.js';
import type { TokenTerm } from '../../index/lexical/tokenTerms.js';
import { foldWithPlaces } from '../../text/foldWithPlaces.js';
import { findSizes } from '../../text/sizes.js';

/** UTF-16 units of the text. */
export interface HighlightSpan {
  readonly start: number;
  readonly end: number;
}

const OPENING = '<em>';
const CLOSING = '</em>';
/** A text up to this length is shown whole, of a longer one a snippet. */
export const MAX_WHOLE = 500;
const SNIPPET_LENGTH = 200;
/** Units of a text that are read, and spans that are marked in it. */
const MAX_READ = 10_000;
const MAX_SPANS = 100;
/** Units before the first match of a snippet. */
const LEAD = 40;
export const ELLIPSIS = '…';

/** Where a text has one of the index terms, in order and without overlaps. Only the beginning of a long text is read. */
export function findTerms(text: string, terms: ReadonlySet<string>): HighlightSpan[] {
  const read = text.slice(0, wholeLetters(text, MAX_READ));
  const { folded, startOf, endOf } = foldWithPlaces(withoutTradeMarks(read));
  const spans: OpenSpan[] = [];
  forEachTokenOf(folded, 'en', (found, start, end) => {
    if (spans.length >= MAX_SPANS) return;
    for (const range of rangesIn(folded.slice(start, end), found, terms))
      addSpan(spans, { start: startOf(start + range.start), end: endOf(start + range.end - 1) });
  });
  const all: OpenSpan[] = [];
  for (const span of [...spans, ...sizesIn(read, terms)].sort((a, b) => a.start - b.start))
    addSpan(all, span);
  return all;
}

/** The sizes that match, whatever their notation. */
function sizesIn(text: string, terms: ReadonlySet<string>): HighlightSpan[] {
  const spans: HighlightSpan[] = [];
  for (const { start, end } of findSizes(text)) {
    if (spans.length >= MAX_SPANS) break;
    forEachToken(text.slice(start, end), 'en', (found) => {
      if (found.some(({ text: term, role }) => role === 'size' && terms.has(term)))
        spans.push({ start, end });
    });
  }
  return spans;
}

interface OpenSpan {
  readonly start: number;
  end: number;
}

/** Adds a span that begins no earlier than the last one, which grows if they overlap. */
function addSpan(spans: OpenSpan[], { start, end }: HighlightSpan): void {
  const last = spans.at(-1);
  if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
  else spans.push({ start, end });
}

/**
 * The text as HTML with its matches in `<em>`, everything else escaped; undefined if it has none. Of a long text, a
 * snippet around the first match, with an ellipsis where it is cut.
 */
export function highlightText(text: string, terms: ReadonlySet<string>): string | undefined {
  const spans = findTerms(text, terms);
  const [first] = spans;
  if (first === undefined) return undefined;
  const { from, to } = text.length <= MAX_WHOLE ? { from: 0, to: text.length } : snippetAround(text, first);
  let html = from > 0 ? ELLIPSIS : '';
  let at = from;
  for (const { start, end } of spans) {
    if (start < from || end > to) continue;
    html += escapeHtml(text.slice(at, start)) + OPENING + escapeHtml(text.slice(start, end)) + CLOSING;
    at = end;
  }
  return html + escapeHtml(text.slice(at, to)) + (to < text.length ? ELLIPSIS : '');
}

/** The parts of one token that match: all of it, or the pieces or pairs of letters that are terms. */
function rangesIn(token: string, found: readonly TokenTerm[], terms: ReadonlySet<string>): HighlightSpan[] {
  if (found.some(({ text, role }) => (role === 'word' || role === 'joined') && terms.has(text)))
    return [{ start: 0, end: token.length }];
  const ranges: HighlightSpan[] = [];
  let from = 0;
  for (const { text, word, role } of found) {
    if (role === 'word' || role === 'joined') continue;
    const start = token.indexOf(word, from);
    if (start < 0) continue;
    // Pairs of Chinese and Japanese letters overlap, and pieces contain their atoms.
    from = start;
    if (terms.has(text)) ranges.push({ start, end: start + word.length });
  }
  return ranges;
}

/** Begins and ends between words where that is near. */
function snippetAround(text: string, { start, end }: HighlightSpan): { from: number; to: number } {
  let from = Math.max(0, start - LEAD);
  if (from > 0) {
    const space = /\s/u.exec(text.slice(from, start));
    from = space === null ? wholeLetters(text, from) : from + space.index + 1;
  }
  let to = Math.max(end, Math.min(text.length, from + SNIPPET_LENGTH));
  if (to < text.length) {
    const space = text.slice(end, to).search(/\s\S*$/u);
    to = space > 0 ? end + space : wholeLetters(text, to);
  }
  return { from, to };
}

/** The place, or the one after it if it is inside a pair of surrogates. */
function wholeLetters(text: string, place: number): number {
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff ? place + 1 : place;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPED[sign] ?? sign);
}
