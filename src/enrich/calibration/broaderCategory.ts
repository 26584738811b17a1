import type { Weighed } from './reconcile.js';

/** A category less sure than this is a guess among several; with it a person has more work than without. */
const GUESS = 0.25;
/** A broader one is said from here on. */
const SURE = 0.8;

/**
 * The category to say: the leaf, unless it is a guess where what is above it is sure. A broader category
 * never applies itself: written into the row it would pass for the merchant's own word, and the leaf, which
 * more labels may bring out next month, would no longer be asked for.
 */
export function broaderCategory(leaf: Weighed, broader: Weighed | undefined): Weighed {
  if (broader === undefined || leaf.confidence >= GUESS || broader.confidence < SURE) return leaf;
  return broader;
}
