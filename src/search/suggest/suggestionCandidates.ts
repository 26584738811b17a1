import { TopK } from '../../structures/topK.js';
import type { Suggestion, SuggestionKind } from './suggestSchemas.js';

/** A completion that may be listed. */
export interface Candidate {
  readonly kind: SuggestionKind;
  readonly text: string;
  /** What duplicates have in common: the text's key. */
  readonly key: string;
  readonly penalty: number;
  readonly weight: number;
  /** Parts candidates of one text: the field of a value, the id of a product. */
  readonly of: string;
  /** What is shown, made only for what is listed. */
  readonly show: () => Suggestion;
}

/** A query made up from words of the catalog; one that people ask goes before it. */
export const GENERATED = 2;
/** Found at a later word of the text, not where it begins. */
export const LATER_WORD = 1;
const AN_EDIT = 4;

/** The lower the better: fewer edits first, then what is asked before what is made up, then where it begins. */
export function penaltyOf(edits: number, origin: 0 | typeof GENERATED, place: 0 | typeof LATER_WORD): number {
  return edits * AN_EDIT + origin + place;
}

export function editsOf(penalty: number): number {
  return Math.floor(penalty / AN_EDIT);
}

/** What a candidate is ordered by. */
export type Rank = Pick<Candidate, 'penalty' | 'weight' | 'text' | 'of'>;

/** Negative: the first comes first. Better penalty, more weight, then by text and by what it is of. */
export function compareCandidates(a: Rank, b: Rank): number {
  if (a.penalty !== b.penalty) return a.penalty - b.penalty;
  if (a.weight !== b.weight) return b.weight - a.weight;
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  return a.of < b.of ? -1 : a.of > b.of ? 1 : 0;
}

/** The best candidates of one kind met so far, each key once. */
export class TopCandidates {
  readonly #top: TopK<Candidate, Rank>;

  constructor(max: number) {
    this.#top = new TopK(max, compareCandidates);
  }

  get list(): readonly Candidate[] {
    return this.#top.items;
  }

  /** Whether a candidate of this rank would be listed, so that only those are made. */
  admits(rank: Rank): boolean {
    return this.#top.admits(rank);
  }

  /** Of two with the same key the better stays, the first of two equals. */
  offer(candidate: Candidate): void {
    const twin = this.list.findIndex(({ key }) => key === candidate.key);
    if (twin >= 0) {
      const other = this.list[twin];
      if (other !== undefined && compareCandidates(candidate, other) >= 0) return;
      this.#top.removeAt(twin);
    }
    this.#top.offer(candidate);
  }
}
