import { sentenceOf } from '../../domain/errors.js';
import { analyze, analyzeWords } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { readSynonyms, type SynonymRule } from '../understand/synonyms.js';
import type { Found } from './ruleFinding.js';
import type { Rules } from './ruleSchema.js';

/** Finds lines of synonyms that cannot be read, that another line repeats, and that no product has words for. */
export function lintSynonyms({ synonyms = [] }: Rules, index: LiveIndex | undefined): Found[] {
  const first = new Map<string, number>();
  return synonyms.flatMap((line, place): Found[] => {
    const path = ['synonyms', place];
    let read: SynonymRule[];
    try {
      read = readSynonyms(line);
    } catch (error) {
      return [{ severity: 'error', kind: 'synonym', path, message: sentenceOf(error) }];
    }
    const found: Found[] = [];
    const keys = read.map(({ from, to }) => `${keyOf(from)} => ${keyOf(to)}`);
    const before = keys.map((key) => first.get(key)).find((other) => other !== undefined);
    if (before !== undefined) {
      const message = `line ${before + 1} of the synonyms says this already: remove one of them`;
      found.push({ severity: 'warning', kind: 'repeated-synonym', path, message });
    }
    for (const key of keys) if (!first.has(key)) first.set(key, place);
    // Of `tv, television` the catalog may well have one word only.
    const targets = [...new Set(read.map(({ to }) => to))];
    if (index !== undefined && !targets.some((to) => isKnown(index, to))) {
      const words = targets.map((to) => JSON.stringify(to)).join(' or ');
      const message = `no product has the words ${words}, so this finds nothing more`;
      found.push({ severity: 'warning', kind: 'unknown-words', path, message });
    }
    return found;
  });
}

function keyOf(words: string): string {
  return analyze(words)
    .map(({ text }) => text)
    .join(' ');
}

function isKnown(index: LiveIndex, words: string): boolean {
  const has = (term: string) => (index.lexical.postings(term)?.documents ?? 0) > 0;
  return analyzeWords(words).every(
    ({ alternatives, parts }) => alternatives.some(has) || (parts.length > 0 && parts.every(has)),
  );
}
