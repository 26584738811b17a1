import { type AnalyzedWord, analyzeWords } from '../../index/lexical/analyze.js';

/** A query as rules compare it: folded and stemmed as the index reads words. */
export interface RuleWords {
  /** The words in order; equal for texts that read alike. '' for no words. */
  readonly key: string;
  /** What a text must have to contain this one. */
  readonly words: readonly string[];
  /** What this text has: its words and the pieces that they fall into. */
  readonly terms: ReadonlySet<string>;
}

/**
 * What rules compare of an analysed text. A token is one word, and has its parts beside (`dv7-1211ea` is
 * `dv71211ea` and has `dv7` and `1211ea`); a Chinese or Japanese run, which has no words apart, is all its pairs.
 */
export function ruleWordsOf(analyzed: readonly AnalyzedWord[]): RuleWords {
  const words = analyzed.flatMap(({ alternatives, parts }) =>
    alternatives.length > 0 ? alternatives : parts,
  );
  const terms = new Set(analyzed.flatMap(({ alternatives, parts }) => [...alternatives, ...parts]));
  return { key: words.join(' '), words, terms };
}

/** The same for a text that a rule writes. */
export function readRuleWords(text: string): RuleWords {
  return ruleWordsOf(analyzeWords(text));
}
