import { termOf } from '../../index/lexical/analyze.js';
import { type LiveIndex, TF_MAX } from '../../index/liveIndex.js';
import { foldLetters } from '../../text/fold.js';
import type { Correction } from './correctSpelling.js';
import type { Query } from './query.js';
import { type QueryWord, withOthers } from './queryWord.js';

const LETTERS = /^\p{L}+$/u;
const WEIGHT = 0.8;
/** The joined writing of two words that the catalog writes side by side as well. */
const PARTED_WEIGHT = 0.4;
const SHORTEST_JOINED = 5;
const SHORTEST_PIECE = 3;
/** A word in more products than this share of the catalog is no misjoined pair. */
const COMMON = 0.002;
/** Titles that are read to see whether two words stand side by side. */
const TITLES_READ = 12;
/** The joined word is what was meant where so many products have it, and no title the two side by side. */
const FEWEST_JOINED = 3;

export interface Compounded {
  readonly words: readonly QueryWord[];
  /** Writings that replace what was typed where the query is embedded. */
  readonly corrections: readonly Correction[];
  /** Places that need no mending. */
  readonly settled: ReadonlySet<number>;
}

/**
 * Compounds as the catalog writes them: neighbours also as one word that it has (`lap top` as laptop), and a word
 * that it has not or hardly as two that stand side by side in a title (`teapot` as tea pot). Each is one more
 * writing, so what was typed is found as ever.
 */
export function compound(index: LiveIndex, words: readonly QueryWord[], { folded }: Query): Compounded {
  const read = [...words];
  const corrections: Correction[] = [];
  const settled = new Set<number>();
  for (const [place, word] of words.entries()) {
    const next = words[place + 1];
    if (next !== undefined && isPlain(word) && isPlain(next)) {
      const joined = word.surface + next.surface;
      const documents = joined.length < SHORTEST_JOINED ? 0 : index.lexical.wordDocuments(joined);
      const apart = `${word.surface} ${next.surface}`;
      if (documents > 0 && folded.includes(apart)) {
        const parted = sideBySide(index, word.surface, next.surface) > 0;
        const form = { terms: [termOf(joined)], weight: parted ? PARTED_WEIGHT : WEIGHT };
        read[place] = withOthers(read[place] ?? word, [form]);
        read[place + 1] = withOthers(next, [form]);
        settled.add(place).add(place + 1);
        if (documents >= FEWEST_JOINED && !parted) corrections.push({ typed: apart, read: joined });
      }
    }
    const halves =
      isPlain(word) && documentsOf(index, word) <= COMMON * index.live
        ? split(index, word.surface)
        : undefined;
    if (halves === undefined) continue;
    const unknown = documentsOf(index, word) === 0;
    const form = { terms: halves.map((half) => termOf(half)), weight: unknown ? 1 : WEIGHT };
    read[place] = withOthers(read[place] ?? word, [form]);
    if (!unknown) continue;
    settled.add(place);
    corrections.push({ typed: word.surface, read: halves.join(' ') });
  }
  return { words: read, corrections, settled };
}

function isPlain({ surface, parts }: QueryWord): boolean {
  return parts.length === 0 && LETTERS.test(surface);
}

/** The two words of it that most titles have side by side; undefined where none does. */
function split(index: LiveIndex, word: string): [string, string] | undefined {
  let best: [string, string] | undefined;
  let max = 0;
  for (let at = SHORTEST_PIECE; at <= word.length - SHORTEST_PIECE; at++) {
    const first = word.slice(0, at);
    const second = word.slice(at);
    if (index.lexical.wordDocuments(first) === 0 || index.lexical.wordDocuments(second) === 0) continue;
    const together = sideBySide(index, first, second);
    if (together > max) {
      max = together;
      best = [first, second];
    }
  }
  return best;
}

/** In how many of the first titles with both words they follow each other, counted up to TITLES_READ. */
function sideBySide(index: LiveIndex, first: string, second: string): number {
  const one = index.lexical.postings(termOf(first));
  const other = index.lexical.postings(termOf(second));
  if (one === undefined || other === undefined) return 0;
  const pair = new RegExp(`(?<!\\p{L})${first}[\\s-]+${second}(?!\\p{L})`, 'u');
  let read = 0;
  let found = 0;
  for (let i = 0, j = 0; i < one.ordinals.length && j < other.ordinals.length && read < TITLES_READ; ) {
    const a = one.ordinals[i] ?? 0;
    const b = other.ordinals[j] ?? 0;
    if (a === b && index.alive(a) && inTitle(one.packed[i]) && inTitle(other.packed[j])) {
      read++;
      if (pair.test(foldLetters(index.document(a).title ?? ''))) found++;
    }
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return found;
}

function inTitle(packed = 0): boolean {
  return (packed & TF_MAX) > 0;
}

function documentsOf(index: LiveIndex, { alternatives }: QueryWord): number {
  return Math.max(0, ...alternatives.map((term) => index.lexical.postings(term)?.documents ?? 0));
}
