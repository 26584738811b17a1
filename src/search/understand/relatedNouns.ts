import { analyzeWords } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { CatalogConcepts } from '../concepts/catalogConcepts.js';
import { type OtherForm, type QueryWord, withOthers } from './queryWord.js';

/** The names of a thing, those of what it is a kind of, and those of its kinds. */
const WEIGHTS = { same: 0.7, broader: 0.6, narrower: 0.6 };
/** Names looked for; further ones are broader still. */
const MAX_NAMES = 4;

/**
 * Adds what a query is called in the catalog if no product has its words, but a category holds such things: `settee`
 * also finds `sofa`, `windbreaker` a `jacket`. `applied` lists what was added, as `settee → sofa`.
 */
export function addRelatedNouns(
  index: LiveIndex,
  words: readonly QueryWord[],
  text: string,
  concepts: CatalogConcepts | undefined,
): { words: readonly QueryWord[]; applied: readonly string[] } {
  const concept = concepts?.conceptOf(text);
  if (
    concepts === undefined ||
    !concept?.isWhole ||
    !concept.isHeld ||
    words.every((word) => isKnown(index, word))
  )
    return { words, applied: [] };
  const forms = new Map<string, OtherForm>();
  const applied: string[] = [];
  const add = (name: string, weight: number): void => {
    if (forms.size >= MAX_NAMES || name === concept.name) return;
    const terms = analyzeWords(name).flatMap(({ alternatives, parts }) =>
      parts.length > 0 ? parts : alternatives.slice(0, 1),
    );
    if (terms.length === 0 || terms.some((term) => !hasTerm(index, term)) || forms.has(terms.join(' ')))
      return;
    forms.set(terms.join(' '), { terms, weight, isRelated: true });
    applied.push(`${concept.name} → ${name}`);
  };
  const { same, broader, narrower } = concepts.around(concept.meanings);
  for (const name of same) add(name, WEIGHTS.same);
  for (const name of broader) add(name, WEIGHTS.broader);
  for (const name of narrower) add(name, WEIGHTS.narrower);
  const others = [...forms.values()];
  return { words: words.map((word) => withOthers(word, others)), applied };
}

/** The words without what `addRelatedNouns` added. */
export function withoutRelatedNouns(words: readonly QueryWord[]): QueryWord[] {
  return words.map((word) => ({
    ...word,
    others: (word.others ?? []).filter((form) => form.isRelated !== true),
  }));
}

function isKnown(index: LiveIndex, { alternatives, parts, others = [] }: QueryWord): boolean {
  return (
    alternatives.some((term) => hasTerm(index, term)) ||
    (parts.length > 0 && parts.every((term) => hasTerm(index, term))) ||
    others.some(({ terms }) => terms.every((term) => hasTerm(index, term)))
  );
}

function hasTerm(index: LiveIndex, term: string): boolean {
  return (index.lexical.postings(term)?.documents ?? 0) > 0;
}
