import { analyze } from '../../index/lexical/analyze.js';

/** A query as rules compare it: folded and stemmed by the index's own reading of words. */
export interface RuleWords {
  /** The words in order; equal for texts that read alike. '' for no words. */
  readonly key: string;
  /** What a text must have to contain this one. */
  readonly words: readonly string[];
  /** What this text has: its words and the pieces that they fall into. */
  readonly terms: ReadonlySet<string>;
}

/**
 * Reads the words of a query. A token is one word, and has its parts beside (`dv7-1211ea` is `dv71211ea`
 * and has `dv7` and `1211ea`); a Chinese or Japanese run, which has no words apart, is all its pairs.
 */
export function readQuery(text: string): RuleWords {
  const words: string[] = [];
  const terms = new Set<string>();
  let whole = -1;
  for (const { text: term, role, token } of analyze(text)) {
    if (role === 'atom') continue;
    terms.add(term);
    if (role !== 'part') whole = token;
    if (role !== 'part' || whole !== token) words.push(term);
  }
  return { key: words.join(' '), words, terms };
}
