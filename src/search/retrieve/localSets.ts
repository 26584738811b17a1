import type { LiveIndex } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import type { ProductSets } from '../engine/productSets.js';
import { applyFilter } from '../filter/applyFilter.js';
import { productsContaining } from '../filter/textFilter.js';
import { hasStrongMatch } from '../relevance/isSupported.js';
import { type CandidateSet, FULL_COVERAGE, retrieve } from './retrieve.js';
import { weighWords } from './weighWords.js';

/** The sets of an index whose products are in this process. */
export function localSets(index: LiveIndex): ProductSets<Bitset, CandidateSet> {
  return {
    index,
    all: () => index.aliveSet(),
    passing: (filter) => applyFilter(index, filter),
    mentioning: (phrase) => productsContaining(index, phrase),
    retrieve: (understood, vector, minCosine, pass, thresholds) =>
      retrieve(index, understood, vector, minCosine, pass, thresholds),
    isEmpty: ({ ordinals }) => ordinals.length === 0,
    fullMatches: ({ set, words }) =>
      Bitset.of(
        index.size,
        words.matchedOrdinals.filter((one) => (words.coverage[one] ?? 0) >= FULL_COVERAGE),
      ).and(set),
    wordsFound: ({ ordinals, words }, understood) => {
      let bits = 0;
      for (const ordinal of ordinals) bits |= words.matched[ordinal] ?? 0;
      return understood.words.filter((_, place) => (bits & (1 << place)) !== 0);
    },
    weighWords: (words, vector) => weighWords(index, words, vector),
    hasStrongMatch: (words, vector) => hasStrongMatch(index, words, vector),
  };
}
