import { LEXICAL_FIELDS, type LiveIndex, type NearbyWord, TF_BITS, TF_MAX } from '../../index/liveIndex.js';
import { type OtherForm, type QueryWord, withOthers } from './queryWord.js';

/** A word of the query that is read as another. */
export interface Correction {
  readonly typed: string;
  readonly read: string;
}

export interface Corrected {
  readonly words: readonly QueryWord[];
  readonly corrections: readonly Correction[];
}

const LETTERS = /^\p{L}+$/u;
/** Below, a word of three letters has a neighbour of any meaning. */
const SHORTEST = 4;
/** Shorter words are mended only by what stands beside the query's other words, or for want of a letter. */
const SHORTEST_BESIDE = 3;
/** From so many letters on, two edits are mended. */
const TWO_EDITS = 8;
/** Two edits away, a word in fewer products than this is likelier another slip. */
const FEWEST_FAR = 3;
/** ln of how much likelier a word is typed as meant than with one certain edit. */
const EDIT_COST = 5;
const RULES = { exchanged: -0.7, doubled: -0.7, first: 0.7 };
/** A known word in more products than this share of the catalog was meant. */
const SURELY_MEANT = 0.002;
/** Products without the query's other words speak for a candidate this much beside those with all of them. */
const APART = 0.02;
/** An occurrence outside of title, brand and category, beside one in them. */
const ELSEWHERE = 0.2;
/** Candidates this many times less likely than the best are dropped; at most so many others are kept. */
const WORTH_KEEPING = 0.1;
const OTHERS_KEPT = 3;
const OTHERS_WEIGHT = 0.8;
const SEEN = ['title', 'brand', 'category'] as const;
const SEEN_BITS = SEEN.reduce(
  (bits, field) => bits | (TF_MAX << (TF_BITS * LEXICAL_FIELDS.indexOf(field))),
  0,
);

/**
 * Mends words that the catalog does not know, or hardly beside a neighbour: a noisy channel (Kernighan, Church &
 * Gale, "A spelling correction program based on a noisy channel model", 1990) whose source is the
 * catalog's own vocabulary, each word weighing by the products that have it, those that have the query's other
 * words too before all. Words with a digit, short ones and identifiers stay as typed. `kept` are places
 * that are settled already.
 */
export function correctSpelling(
  index: LiveIndex,
  words: readonly QueryWord[],
  kept: ReadonlySet<number>,
): Corrected {
  const recovered = [...words];
  const corrections: Correction[] = [];
  for (const [place, word] of words.entries()) {
    if (kept.has(place) || !isCorrectable(index, word)) continue;
    const found = candidatesFor(index, words, place);
    const [best, ...others] = found;
    if (best === undefined) continue;
    const known = documentsOf(index, word) > 0;
    corrections.push({ typed: word.surface, read: best.word });
    const forms = [best, ...others].map(
      ({ term, score }): OtherForm => ({
        terms: [term],
        weight: OTHERS_WEIGHT * Math.exp((score - best.score) / 2),
      }),
    );
    recovered[place] = known
      ? withOthers(word, forms)
      : withOthers({ surface: word.surface, alternatives: [best.term], parts: [] }, forms.slice(1));
  }
  return { words: recovered, corrections };
}

function isCorrectable(index: LiveIndex, { surface, alternatives, parts }: QueryWord): boolean {
  return (
    parts.length === 0 &&
    alternatives.length === 1 &&
    surface.length >= SHORTEST_BESIDE &&
    LETTERS.test(surface) &&
    index.findByIdentifier(surface).length === 0
  );
}

interface Candidate {
  readonly word: string;
  readonly term: string;
  /** ln of how likely it is meant, but for a constant. */
  readonly score: number;
}

/** The likeliest first; empty where the word as typed is. */
function candidatesFor(index: LiveIndex, words: readonly QueryWord[], place: number): Candidate[] {
  const word = words[place];
  if (word === undefined) return [];
  const { surface } = word;
  const typed = documentsOf(index, word);
  if (typed > Math.max(1, SURELY_MEANT * index.live)) return [];
  const near = index.lexical.wordsWithinEdits(surface, surface.length >= TWO_EDITS ? 2 : 1);
  if (near.length === 0) return [];
  const beside = new CooccurrenceEvidence(index, words, place);
  const asTyped =
    typed === 0 ? -Infinity : Math.log(beside.of(word.alternatives[0] ?? '').weight) + EDIT_COST;
  const byTerm = new Map<string, Candidate>();
  for (const one of near) {
    if (one.term === word.alternatives[0] || (one.edits > 1 && one.documents < FEWEST_FAR)) continue;
    const { weight, together } = beside.of(one.term);
    if (surface.length < SHORTEST && !together && (!beside.alone || one.word.length < SHORTEST)) continue;
    const score = Math.log(weight) - costOf(surface, one) + EDIT_COST;
    const other = byTerm.get(one.term);
    if (score > Math.max(asTyped, other?.score ?? -Infinity))
      byTerm.set(one.term, { word: one.word, term: one.term, score });
  }
  const found = [...byTerm.values()].sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
  const min = (found[0]?.score ?? 0) + Math.log(WORTH_KEEPING);
  return found.filter(({ score }) => score >= min).slice(0, 1 + OTHERS_KEPT);
}

/** How unlikely the edits are: two letters exchanged and one doubled are common slips, a wrong first letter is not. */
function costOf(typed: string, { word, edits }: NearbyWord): number {
  let cost = EDIT_COST * edits;
  if (typed[0] !== word[0]) cost += RULES.first;
  if (edits > 1) return cost;
  if (typed.length === word.length) {
    const from = firstDifference(typed, word);
    if (typed[from] === word[from + 1] && typed[from + 1] === word[from] && typed[from] !== typed[from + 1])
      cost += RULES.exchanged;
  } else {
    const [shorter, longer] = typed.length < word.length ? [typed, word] : [word, typed];
    const at = firstDifference(shorter, longer);
    if (longer[at] === longer[at - 1]) cost += RULES.doubled;
  }
  return cost;
}

function firstDifference(one: string, other: string): number {
  let place = 0;
  while (place < one.length && one[place] === other[place]) place++;
  return place;
}

function documentsOf(index: LiveIndex, { alternatives }: QueryWord): number {
  return Math.max(0, ...alternatives.map((term) => index.lexical.postings(term)?.documents ?? 0));
}

/** What stands beside the other words of the query: for each product its share of their rarity. */
class CooccurrenceEvidence {
  readonly #shares: Float32Array | undefined;

  constructor(
    private readonly index: LiveIndex,
    words: readonly QueryWord[],
    skipped: number,
  ) {
    let all = 0;
    let shares: Float32Array | undefined;
    for (const [place, { alternatives, others = [] }] of words.entries()) {
      const postings = [...alternatives, ...others.flatMap(({ terms }) => terms)]
        .map((term) => index.lexical.postings(term))
        .find((found) => found !== undefined && found.documents > 0);
      if (place === skipped || postings === undefined) continue;
      const rarity = Math.log(1 + index.live / postings.documents);
      all += rarity;
      shares ??= new Float32Array(index.size);
      for (const ordinal of postings.ordinals) shares[ordinal] = (shares[ordinal] ?? 0) + rarity;
    }
    if (shares !== undefined) for (let i = 0; i < shares.length; i++) shares[i] = (shares[i] ?? 0) / all;
    this.#shares = shares;
  }

  /** No other word of the query is known. */
  get alone(): boolean {
    return this.#shares === undefined;
  }

  /** How much speaks for the term, and whether it stands beside any other word or there is none. */
  of(term: string): { weight: number; together: boolean } {
    const postings = this.index.lexical.postings(term);
    let weight = 1e-9;
    let together = false;
    if (postings === undefined) return { weight, together };
    const { ordinals, packed } = postings;
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0;
      if (!this.index.alive(ordinal)) continue;
      const share = this.#shares?.[ordinal] ?? 0;
      if (share > 0) together = true;
      weight += (((packed[i] ?? 0) & SEEN_BITS) !== 0 ? 1 : ELSEWHERE) * (APART + share * share);
    }
    return { weight, together };
  }
}
