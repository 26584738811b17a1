import { termOf } from '../../index/lexical/analyze.js';
import { type LiveIndex, TF_MAX } from '../../index/liveIndex.js';
import { foldLetters } from '../../text/fold.js';
import { compoundsBeginningWith, compoundsEndingWith } from './compoundTails.js';
import type { Correction } from './correctSpelling.js';
import type { Query } from './query.js';
import { type QueryWord, withOthers } from './queryWord.js';

const LETTERS = /^\p{L}+$/u;
const WEIGHT = 0.8;
/** Weight of the joined form of two words that the catalog also writes separately. */
const SEPARABLE_WEIGHT = 0.4;
const MIN_JOINED_LENGTH = 5;
const MIN_PIECE_LENGTH = 3;
/** A word in more products than this share of the catalog is not split. */
const COMMON_SHARE = 0.002;
/** Maximum number of titles examined to see whether two words are adjacent. */
const MAX_TITLES = 12;
/** The joined word replaces the pair if this many products have it and no title has the pair. */
const MIN_JOINED = 3;

export interface Compounded {
  readonly words: readonly QueryWord[];
  /** Replacements of the typed text for embedding. */
  readonly corrections: readonly Correction[];
  /** Positions that need no spelling correction. */
  readonly settled: ReadonlySet<number>;
}

/**
 * Adds the catalog's forms of compounds: the joined form of two neighbouring words if the catalog has it
 * (`lap top` → laptop), and the split form of an unknown or rare word if a title has both parts side by side
 * (`teapot` → tea pot), and compounds that end with the word, or else begin with it (see compoundsEndingWith). They are additional forms, so the
 * words as typed still match.
 */
export function compound(index: LiveIndex, words: readonly QueryWord[], { folded }: Query): Compounded {
  const expanded = [...words];
  const corrections: Correction[] = [];
  const settled = new Set<number>();
  for (const [place, word] of words.entries()) {
    const next = words[place + 1];
    if (next !== undefined && isPlain(word) && isPlain(next)) {
      const joined = word.surface + next.surface;
      const documents = joined.length < MIN_JOINED_LENGTH ? 0 : index.lexical.wordDocuments(joined);
      const separate = `${word.surface} ${next.surface}`;
      if (documents > 0 && folded.includes(separate)) {
        const isSeparable = countAdjacent(index, word.surface, next.surface) > 0;
        const form = { terms: [termOf(joined)], weight: isSeparable ? SEPARABLE_WEIGHT : WEIGHT };
        expanded[place] = withOthers(expanded[place] ?? word, [form]);
        expanded[place + 1] = withOthers(next, [form]);
        settled.add(place).add(place + 1);
        if (documents >= MIN_JOINED && !isSeparable) corrections.push({ typed: separate, read: joined });
      }
    }
    const ending = isPlain(word) ? compoundsEndingWith(index, word.surface) : [];
    const isUnknown = ending.length === 0 && isPlain(word) && documentsOf(index, word) === 0;
    const compounds = isUnknown ? compoundsBeginningWith(index, word.surface) : ending;
    if (compounds.length > 0) {
      expanded[place] = withOthers(expanded[place] ?? word, compounds);
      if (documentsOf(index, word) === 0) settled.add(place);
    }
    const halves =
      isPlain(word) && documentsOf(index, word) <= COMMON_SHARE * index.live
        ? split(index, word.surface)
        : undefined;
    if (halves === undefined) continue;
    const unknown = documentsOf(index, word) === 0;
    const form = { terms: halves.map((half) => termOf(half)), weight: unknown ? 1 : WEIGHT };
    expanded[place] = withOthers(expanded[place] ?? word, [form]);
    if (!unknown) continue;
    settled.add(place);
    corrections.push({ typed: word.surface, read: halves.join(' ') });
  }
  return { words: expanded, corrections, settled };
}

function isPlain({ surface, parts }: QueryWord): boolean {
  return parts.length === 0 && LETTERS.test(surface);
}

/** The split whose parts are adjacent in most titles; undefined if there is none. */
function split(index: LiveIndex, word: string): [string, string] | undefined {
  let best: [string, string] | undefined;
  let max = 0;
  for (let at = MIN_PIECE_LENGTH; at <= word.length - MIN_PIECE_LENGTH; at++) {
    const first = word.slice(0, at);
    const second = word.slice(at);
    if (index.lexical.wordDocuments(first) === 0 || index.lexical.wordDocuments(second) === 0) continue;
    const adjacent = countAdjacent(index, first, second);
    if (adjacent > max) {
      max = adjacent;
      best = [first, second];
    }
  }
  return best;
}

/** The number of titles, among the first TITLES_READ with both words, in which they are adjacent. */
function countAdjacent(index: LiveIndex, first: string, second: string): number {
  const one = index.lexical.postings(termOf(first));
  const other = index.lexical.postings(termOf(second));
  if (one === undefined || other === undefined) return 0;
  const pair = new RegExp(`(?<!\\p{L})${first}[\\s-]+${second}(?!\\p{L})`, 'u');
  let titlesRead = 0;
  let adjacentTitles = 0;
  for (let i = 0, j = 0; i < one.ordinals.length && j < other.ordinals.length && titlesRead < MAX_TITLES; ) {
    const a = one.ordinals[i] ?? 0;
    const b = other.ordinals[j] ?? 0;
    if (a === b && index.alive(a) && inTitle(one.packed[i]) && inTitle(other.packed[j])) {
      titlesRead++;
      if (pair.test(foldLetters(index.document(a).title ?? ''))) adjacentTitles++;
    }
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return adjacentTitles;
}

function inTitle(packed = 0): boolean {
  return (packed & TF_MAX) > 0;
}

function documentsOf(index: LiveIndex, { alternatives }: QueryWord): number {
  return Math.max(0, ...alternatives.map((term) => index.lexical.postings(term)?.documents ?? 0));
}
