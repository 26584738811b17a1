import { type AnalyzedWord, analyzeWords } from '../../index/lexical/analyze.js';

/** A query as rules compare it: folded and stemmed as in the index. */
export interface RuleWords {
  /** The words in order; equal for equivalent texts. '' without words. */
  readonly key: string;
  /** What a text must have to contain this one. */
  readonly words: readonly string[];
  /** What this text contains: its words and their parts. */
  readonly terms: ReadonlySet<string>;
}

/**
 * Extracts what rules compare from an analysed text. A token is one word and also contains its parts
 * (`dv7-1211ea` is `dv71211ea` and contains `dv7` and `1211ea`); a Chinese or Japanese run is all of its
 * bigrams.
 */
export function ruleWordsOf(analyzed: readonly AnalyzedWord[]): RuleWords {
  const words = analyzed.flatMap(({ alternatives, parts }) =>
    alternatives.length > 0 ? alternatives.slice(0, 1) : parts,
  );
  const terms = new Set(analyzed.flatMap(({ alternatives, parts }) => [...alternatives, ...parts]));
  return { key: words.join(' '), words, terms };
}

/** The same for a text in a rule. */
export function readRuleWords(text: string): RuleWords {
  return ruleWordsOf(analyzeWords(text));
}
