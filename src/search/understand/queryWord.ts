import type { AnalyzedWord } from '../../index/lexical/analyze.js';

/** One token of the query: a product has it as an analysed word, or if it has one of the `others`. */
export interface QueryWord extends AnalyzedWord {
  /** What the word may also be written as; the heaviest first. */
  readonly others?: readonly OtherForm[];
  /** Letters and digits to look for inside identifiers, where the word is no product's. */
  readonly partOfCode?: string;
}

/** Another writing of a word: a product has it if it has all of its terms. */
export interface OtherForm {
  readonly terms: readonly string[];
  /** What it scores beside the word as typed, from 0 to 1. */
  readonly weight: number;
}

/** The word with these other forms too, the heaviest first, none twice. */
export function withOthers(word: QueryWord, forms: readonly OtherForm[]): QueryWord {
  const kept = new Map<string, OtherForm>();
  for (const form of [...(word.others ?? []), ...forms].sort((a, b) => b.weight - a.weight)) {
    const key = form.terms.join(' ');
    if (!kept.has(key) && !(form.terms.length === 1 && word.alternatives.includes(key))) kept.set(key, form);
  }
  return kept.size === 0 ? word : { ...word, others: [...kept.values()] };
}
