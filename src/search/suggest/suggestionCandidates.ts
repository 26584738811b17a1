import { TopK } from '../../structures/topK.js';
import type { Suggestion, SuggestionKind } from './suggestSchemas.js';

/** A possible suggestion. */
export interface Candidate {
  readonly kind: SuggestionKind;
  readonly text: string;
  /** Equal for duplicates. */
  readonly key: string;
  readonly penalty: number;
  readonly weight: number;
  /** Distinguishes candidates with the same text: the field of a value, the id of a product. */
  readonly of: string;
  /** Builds the suggestion; called only for candidates that are listed. */
  readonly show: () => Suggestion;
}

/** A query generated from words of the catalog; it ranks below popular queries. */
export const GENERATED = 2;
/** The match begins at a later word of the text. */
export const LATER_WORD = 1;
const EDIT_PENALTY = 4;

/** Lower is better: fewer edits, then popular before generated, then a match at the beginning. */
export function penaltyOf(edits: number, origin: 0 | typeof GENERATED, place: 0 | typeof LATER_WORD): number {
  return edits * EDIT_PENALTY + origin + place;
}

export function editsOf(penalty: number): number {
  return Math.floor(penalty / EDIT_PENALTY);
}

/** What a candidate is ordered by. */
export type Rank = Pick<Candidate, 'penalty' | 'weight' | 'text' | 'of'>;

/** Negative if the first one comes first: lower penalty, higher weight, then by text and by `of`. */
export function compareCandidates(a: Rank, b: Rank): number {
  if (a.penalty !== b.penalty) return a.penalty - b.penalty;
  if (a.weight !== b.weight) return b.weight - a.weight;
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  return a.of < b.of ? -1 : a.of > b.of ? 1 : 0;
}

/** The best candidates of one kind, each key once. */
export class TopCandidates {
  readonly #top: TopK<Candidate, Rank>;

  constructor(max: number) {
    this.#top = new TopK(max, compareCandidates);
  }

  get list(): readonly Candidate[] {
    return this.#top.items;
  }

  /** Whether a candidate of this rank would be kept, so that only those are built. */
  admits(rank: Rank): boolean {
    return this.#top.admits(rank);
  }

  /** Of two candidates with the same key the better one stays, on a tie the first. */
  offer(candidate: Candidate): void {
    const duplicate = this.list.findIndex(({ key }) => key === candidate.key);
    if (duplicate >= 0) {
      const other = this.list[duplicate];
      if (other !== undefined && compareCandidates(candidate, other) >= 0) return;
      this.#top.removeAt(duplicate);
    }
    this.#top.offer(candidate);
  }
}
