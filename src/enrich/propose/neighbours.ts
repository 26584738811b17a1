import type { NeighboursEvidence } from '../../domain/fact.js';
import type { AttributeValue } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { Near } from './memory.js';
import { valueKey } from './proposal.js';

/** How many are asked, and how many of those that agree stand in the evidence. */
export const NEIGHBOURS = 10;
const SHOWN = 5;
/**
 * A vote weighs the cosine to this power: titles share much, so similarities lie close together and
 * a plain sum would count heads.
 */
export const SHARPNESS = 8;
/** One product alone is an anecdote. */
const MIN_AGREEING = 2;
/** Below this cosine two titles share a department rather than a kind. */
const MIN_SIMILAR = 0.5;
/** Weight of the doubt against every vote, that of a neighbour of cosine .7: few or distant ones never seem sure. */
const DOUBT = 0.7 ** SHARPNESS;
/** Variants of one product: what belongs to the single product is read off these only. */
const VARIANT = 0.95;

const NONE: ReadonlySet<string> = new Set();

interface Vote {
  readonly value: AttributeValue;
  /** Share of the weight, 0 to 1. */
  readonly score: number;
  readonly evidence: NeighboursEvidence;
}

/**
 * The value that the neighbours (most similar first) give an attribute of a product of `brand` (folded).
 * Closed lists and booleans are voted on by those of one kind; numbers and texts belong to the single
 * product, so only variants of it speak, and only with one voice. Votes for `refused` values are void. Undefined where fewer than two agree.
 */
export function vote(
  near: readonly Near[],
  attribute: Attribute,
  brand: string,
  refused: ReadonlySet<string> = NONE,
): Vote | undefined {
  const { id, type } = attribute;
  const own = type === 'number+unit' || type === 'text';
  const asked = near.filter(({ remembered, similarity }) =>
    own ? similarity >= VARIANT && brand !== '' && remembered.brand === brand : similarity >= MIN_SIMILAR,
  );
  const cast = new Map<string, { value: AttributeValue; weight: number; voices: number }>();
  let total = DOUBT;
  for (const { remembered, similarity } of asked) {
    const value = remembered.values.get(id);
    if (value === undefined || refused.has(valueKey(value))) continue;
    const weight = similarity ** SHARPNESS;
    total += weight;
    const key = String(value);
    const before = cast.get(key) ?? { value, weight: 0, voices: 0 };
    cast.set(key, { value, weight: before.weight + weight, voices: before.voices + 1 });
  }
  const [best] = [...cast.values()].sort((a, b) => b.weight - a.weight);
  if (best === undefined || best.voices < MIN_AGREEING || (own && cast.size > 1)) return undefined;
  return { value: best.value, score: best.weight / total, evidence: evidenceFor(asked, id, best.value) };
}

/** The neighbours that have this value, most similar first. */
export function evidenceFor(
  near: readonly Near[],
  attribute: string,
  value: AttributeValue,
): NeighboursEvidence {
  const key = String(value);
  return {
    neighbours: near
      .filter(({ remembered }) => String(remembered.values.get(attribute)) === key)
      .slice(0, SHOWN)
      .map(({ remembered, similarity }) => ({
        id: remembered.id,
        similarity: Math.round(similarity * 1e4) / 1e4,
        value,
      })),
  };
}
