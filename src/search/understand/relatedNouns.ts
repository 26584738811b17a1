import { analyzeWords } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { CatalogConcepts } from '../concepts/catalogConcepts.js';
import { type OtherForm, type QueryWord, withOthers } from './queryWord.js';

/** Scores of the other names of a thing, of what it is a kind of, and of its kinds. */
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
  const none = { words, applied: [] };
  if (concepts === undefined || !concept?.isWhole || !concept.isHeld) return none;
  // In `bag for cycling` another name of the bag must not stand for the cycling.
  if (concept.words < words.length || isFound(index, words)) return none;
  const forms = new Map<string, OtherForm>();
  const applied: string[] = [];
  const add = (name: string, weight: number): void => {
    if (forms.size >= MAX_NAMES || name === concept.name) return;
    const terms = analyzeWords(name).flatMap(({ alternatives, parts }) =>
      parts.length > 0 ? parts : alternatives.slice(0, 1),
    );
    if (forms.has(terms.join(' ')) || productsWith(index, terms).length === 0) return;
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

interface WithRelatedNouns {
  readonly words: readonly QueryWord[];
  readonly related?: readonly string[] | undefined;
}

/** The query without what `addRelatedNouns` added. */
export function withoutRelatedNouns<Understood extends WithRelatedNouns>(understood: Understood): Understood {
  if (understood.related === undefined) return understood;
  const words = understood.words.map((word) => ({
    ...word,
    others: (word.others ?? []).filter((form) => form.isRelated !== true),
  }));
  return { ...understood, words, related: undefined };
}

/** Whether a product has all of the words. */
function isFound(index: LiveIndex, words: readonly QueryWord[]): boolean {
  let left: Set<number> | undefined;
  for (const { alternatives, parts, others = [] } of words) {
    const forms = [...alternatives.map((term) => [term]), parts, ...others.map(({ terms }) => terms)];
    const found = new Set(forms.flatMap((terms) => productsWith(index, terms)));
    const before = left;
    left = before === undefined ? found : new Set([...found].filter((ordinal) => before.has(ordinal)));
  }
  return (left?.size ?? 0) > 0;
}

/** The products with all terms. */
function productsWith(index: LiveIndex, [first, ...terms]: readonly string[]): number[] {
  if (first === undefined) return [];
  return terms.reduce(
    (left, term) => {
      const others = new Set(index.lexical.postings(term)?.ordinals);
      return left.filter((ordinal) => others.has(ordinal));
    },
    [...(index.lexical.postings(first)?.ordinals ?? [])],
  );
}
