import type { NeighboursEvidence } from '../../domain/fact.js';
import type { AttributeValue } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import { valueKey } from '../proposal.js';
import type { Neighbour } from './neighbourIndex.js';

/** The k of k-nearest neighbours, and how many agreeing ones are shown as evidence. */
export const NEIGHBOURS = 10;
const MAX_SHOWN = 5;
/** A neighbour's vote weighs its cosine to this power. Titles share much, so plain cosines would differ too little. */
const SHARPNESS = 8;
/** One agreeing product proves nothing. */
const MIN_AGREEING = 2;
/** Below this cosine two titles have a department in common rather than a kind. */
const MIN_SIMILARITY = 0.5;
/** Pseudo-vote against every value, as of a neighbour with cosine 0.7: few or distant neighbours never seem sure. */
const PSEUDO_VOTE = 0.7 ** SHARPNESS;
/** From this cosine on, products of one brand are variants of one product. */
const MIN_VARIANT_SIMILARITY = 0.95;

const NONE: ReadonlySet<string> = new Set();

interface Vote {
  readonly value: AttributeValue;
  /** Share of the weight, 0 to 1. */
  readonly score: number;
  readonly evidence: NeighboursEvidence;
}

/**
 * The value that a similarity-weighted vote of the nearest neighbours (most similar first) gives an attribute of a product
 * of `brand` (folded). Enums and booleans are voted on by similar products. Numbers and texts belong to the single product,
 * so only its variants vote, and only if they all agree. Votes for `rejected` values do not count. Undefined if fewer than
 * two neighbours agree.
 */
export function vote(
  neighbours: readonly Neighbour[],
  attribute: Attribute,
  brand: string,
  rejected: ReadonlySet<string> = NONE,
): Vote | undefined {
  const { id, type } = attribute;
  const isOwn = type === 'number+unit' || type === 'text';
  const voters = neighbours.filter(({ labelled, similarity }) =>
    isOwn
      ? similarity >= MIN_VARIANT_SIMILARITY && brand !== '' && labelled.brand === brand
      : similarity >= MIN_SIMILARITY,
  );
  const candidates = new Map<string, { value: AttributeValue; weight: number; votes: number }>();
  let total = PSEUDO_VOTE;
  for (const { labelled, similarity } of voters) {
    const value = labelled.values.get(id);
    if (value === undefined || rejected.has(valueKey(value))) continue;
    const weight = similarity ** SHARPNESS;
    total += weight;
    const key = String(value);
    const before = candidates.get(key) ?? { value, weight: 0, votes: 0 };
    candidates.set(key, { value, weight: before.weight + weight, votes: before.votes + 1 });
  }
  const [best] = [...candidates.values()].sort((a, b) => b.weight - a.weight);
  if (best === undefined || best.votes < MIN_AGREEING || (isOwn && candidates.size > 1)) return undefined;
  return { value: best.value, score: best.weight / total, evidence: evidenceFor(voters, id, best.value) };
}

/** The neighbours that have this value, most similar first. */
export function evidenceFor(
  neighbours: readonly Neighbour[],
  attribute: string,
  value: AttributeValue,
): NeighboursEvidence {
  const key = String(value);
  return {
    neighbours: neighbours
      .filter(({ labelled }) => String(labelled.values.get(attribute)) === key)
      .slice(0, MAX_SHOWN)
      .map(({ labelled, similarity }) => ({
        id: labelled.id,
        similarity: Math.round(similarity * 1e4) / 1e4,
        value,
      })),
  };
}

/**
 * The probability that a product with these neighbours has an attribute at all: the share of neighbours that have it.
 * Calibration cannot learn this, because it compares guesses with filled cells (selection bias): their products all have
 * the attribute, while a blank cell may belong to a product that has none. So this share is applied after calibration. A
 * neglected cell counts as one without the attribute: if a shop fills half of an attribute, guesses of it are suggested and
 * not applied. Neighbours without any value are ignored. 1 without neighbours.
 */
export function applicabilityOf(neighbours: readonly Neighbour[], id: string): number {
  let filled = 0;
  let having = 0;
  for (const { labelled } of neighbours) {
    if (labelled.values.size > 0) filled++;
    if (labelled.values.has(id)) having++;
  }
  return filled === 0 ? 1 : having / filled;
}

/** Weight of a neighbour without the attribute in cell or text, beside one with it in the text only. */
const UNMENTIONED_WEIGHT = 0.3;
const MIN_TRUST = 0.2;

/**
 * Whether to believe a mention of an attribute in the text. If the texts of similar products mention it too and their
 * merchant left it blank, the attribute does not apply to them: a toner for a notebook has no processor.
 */
export function trustsText(
  neighbours: readonly Neighbour[],
  weights: readonly number[],
  id: string,
): boolean {
  let having = 0;
  let without = 0;
  for (let i = 0; i < neighbours.length; i++) {
    const { labelled } = neighbours[i] ?? {};
    const weight = weights[i] ?? 0;
    if (labelled?.values.has(id)) having += weight;
    else without += labelled?.unfilled.has(id) ? weight : weight * UNMENTIONED_WEIGHT;
  }
  return (having + 1) / (having + without + 2) > MIN_TRUST;
}

/** The weights of neighbours for `trustsText`, relative to the nearest one. */
export function trustWeights(neighbours: readonly Neighbour[]): number[] {
  const max = Math.max(1e-6, neighbours[0]?.similarity ?? 0);
  return neighbours.map(({ similarity }) => (Math.max(0, similarity) / max) ** SHARPNESS);
}

/** The `NEIGHBOURS` nearest without the product itself, which may be a labelled one. */
export function excludeSelf(neighbours: readonly Neighbour[], id: string): Neighbour[] {
  return neighbours.filter(({ labelled }) => labelled.id !== id).slice(0, NEIGHBOURS);
}
