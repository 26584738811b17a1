import type { AnalyzedWord } from '../../index/lexical/analyze.js';
import type { CodeFragment } from './codeFragment.js';

/** One token of the query. A product matches if it matches the analysed word or one of the `others`. */
export interface QueryWord extends AnalyzedWord {
  /** Other forms of the word, highest weight first. */
  readonly others?: readonly OtherForm[];
  /** Products with a code that contains the word match it too. */
  readonly partOfCode?: CodeFragment;
}

/** Another form of a word: a product matches if it has all of its terms. */
export interface OtherForm {
  readonly terms: readonly string[];
  /** Score relative to the word as typed, from 0 to 1. */
  readonly weight: number;
  /** A related noun rather than another form: no sign that the catalog has what was asked for. */
  readonly isRelated?: boolean;
}

/** Adds forms to a word: highest weight first, without duplicates. */
export function withOthers(word: QueryWord, forms: readonly OtherForm[]): QueryWord {
  const kept = new Map<string, OtherForm>();
  for (const form of [...(word.others ?? []), ...forms].sort((a, b) => b.weight - a.weight)) {
    const key = form.terms.join(' ');
    if (!kept.has(key) && !(form.terms.length === 1 && word.alternatives.includes(key))) kept.set(key, form);
  }
  return kept.size === 0 ? word : { ...word, others: [...kept.values()] };
}
