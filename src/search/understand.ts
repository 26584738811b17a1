import { analyze, type Term } from '../index/lexical/analyze.js';
import type { LiveIndex } from '../index/live.js';

/**
 * One token of the query: a product has it if it has any one of `alternatives` (whole: `dv71211ea`), or, where
 * the token falls into pieces, all of its `parts` (`dv7`, `1211ea`).
 */
export interface QueryWord {
  /** As typed, folded. */
  readonly surface: string;
  readonly alternatives: readonly string[];
  readonly parts: readonly string[];
}

export interface Understood {
  readonly words: readonly QueryWord[];
  /** What the query is embedded as: its text, a half-typed last word completed. '' for nothing to search. */
  readonly meaning: string;
  /** Pieces that may be a product's identifier, the whole query first. */
  readonly codes: readonly string[];
}

/** More words than this say no more; the rest of a very long query is left to its vector. */
const MAX_WORDS = 32;
/** A half-typed word stands for at most this many completions. */
const MAX_COMPLETIONS = 12;
const SHORTEST_CODE = 4;

/** Reads a query against the words that the catalog knows. */
export function understand(index: LiveIndex, query: string): Understood {
  const text = query.trim();
  const words: QueryWord[] = [];
  const seen = new Set<string>();
  for (const word of wordsOf(analyze(text))) {
    const key = word.alternatives.join(' ') + word.parts.join(' ');
    if (seen.has(key)) continue;
    seen.add(key);
    if (words.length < MAX_WORDS) words.push(word);
  }
  const completed = completion(index, text, words.at(-1));
  if (completed !== undefined) words[words.length - 1] = completed.word;
  return { words, meaning: completed?.meaning ?? text, codes: codesOf(text) };
}

function wordsOf(terms: readonly Term[]): QueryWord[] {
  const byToken = new Map<number, Term[]>();
  for (const term of terms) {
    const group = byToken.get(term.token);
    if (group === undefined) byToken.set(term.token, [term]);
    else group.push(term);
  }
  return [...byToken.values()].map((group) => ({
    surface: group[0]?.word ?? '',
    alternatives: group.filter(({ role }) => role === 'word' || role === 'joined').map(({ text }) => text),
    parts: group.filter(({ role }) => role === 'part').map(({ text }) => text),
  }));
}

/** The last word is still being typed where no product has it and nothing but letters stands behind it. */
function completion(
  index: LiveIndex,
  text: string,
  last: QueryWord | undefined,
): { word: QueryWord; meaning: string } | undefined {
  if (last === undefined || last.parts.length > 0 || last.surface.length < 2) return undefined;
  if (!/[\p{L}\p{N}]$/u.test(text)) return undefined;
  if (last.alternatives.some((term) => (index.lexical.postings(term)?.documents ?? 0) > 0)) return undefined;
  const completions = index.lexical.words(last.surface, MAX_COMPLETIONS);
  const best = completions[0];
  if (best === undefined) return undefined;
  const typed = /[\p{L}\p{M}\p{N}]+$/u.exec(text)?.[0] ?? '';
  return {
    word: {
      surface: last.surface,
      alternatives: [...new Set(completions.map(({ term }) => term))],
      parts: [],
    },
    meaning: text.slice(0, text.length - typed.length) + best.word,
  };
}

function codesOf(text: string): string[] {
  if (text === '') return [];
  const pieces = text.split(/\s+/).filter((piece) => /\d/.test(piece) && piece.length >= SHORTEST_CODE);
  return [...new Set([text, ...pieces])];
}
