import type { Near } from './memory.js';
import { NEIGHBOURS, SHARPNESS } from './neighbours.js';

/** What a neighbour that neither has nor says an attribute counts against one that says it unheard. */
const SILENT = 0.3;
const MIN_HEARD = 0.2;

/**
 * How likely it is that a product like these has an attribute at all: the share of its neighbours that have it.
 * A guess by resemblance cannot tell, and calibration does not notice: it holds guesses against rows that the
 * merchant filled, and those have the attribute, while a blank may be blank because there is nothing to say
 * (selection bias). So this share is taken off after calibration. It counts every neglected cell as one that
 * had nothing to say: a shop that fills half of an attribute gets guesses of it suggested, not applied.
 * Rows without any value tell nothing. 1 without neighbours: then there is nothing to go by.
 */
export function applies(near: readonly Near[], id: string): number {
  const filled = near.filter(({ remembered }) => remembered.values.size > 0);
  const have = filled.filter(({ remembered }) => remembered.values.has(id)).length;
  return filled.length === 0 ? 1 : have / filled.length;
}

/**
 * Whether what the text says of an attribute is to be heard. Where the text of products like this one says
 * it as well and their merchant never took it up, it is not what the attribute means here: a toner for a
 * notebook has no processor.
 */
export function isHeard(near: readonly Near[], id: string): boolean {
  let have = 0;
  let ignored = 0;
  const nearest = Math.max(1e-6, near[0]?.similarity ?? 0);
  for (const { remembered, similarity } of near) {
    const weight = (Math.max(0, similarity) / nearest) ** SHARPNESS;
    if (remembered.values.has(id)) have += weight;
    else ignored += remembered.unfilled.has(id) ? weight : weight * SILENT;
  }
  return (have + 1) / (have + ignored + 2) > MIN_HEARD;
}

/** The `NEIGHBOURS` nearest other than the product itself, which may well be a labelled one. */
export function withoutOwn(near: readonly Near[], id: string): Near[] {
  return near.filter(({ remembered }) => remembered.id !== id).slice(0, NEIGHBOURS);
}
