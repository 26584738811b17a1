import { z } from 'zod';
import { Gazetteer } from '../tag/gazetteer.js';
import { WEIGHT_SPACE } from '../tag/spanScorer.js';
import type { TaggerParts } from '../tag/tagger.js';
import type { NumberArray } from './bundle.js';

const count = z.number().int();

export const taggerSchema = z.object({
  attributes: z.array(
    z.object({
      id: z.string(),
      several: z.boolean(),
      longest: count,
      knowsSilence: z.boolean(),
      asWritten: z.boolean(),
    }),
  ),
  /**
   * The gazetteer, by attribute: stems, rows with that value, rows with the stems in their text, and the values' names
   * with their rows.
   */
  known: z.array(
    z.tuple([
      z.string(),
      z.array(z.tuple([z.string(), count, count, z.array(z.tuple([z.string(), count]))])),
    ]),
  ),
  words: z.array(z.tuple([z.string(), count])),
});
type TaggerHead = z.infer<typeof taggerSchema>;

/** The JSON head of a saved tagger. Its non-zero weights go to `arrays`, with their indexes. */
export function saveTagger(
  { attributes, gazetteer, words, weights }: TaggerParts,
  arrays: Map<string, NumberArray>,
): TaggerHead {
  const nonZero = weights.filter((weight) => weight !== 0);
  const indexes = new Int32Array(nonZero.length);
  let filled = 0;
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] !== 0) indexes[filled++] = index;
  }
  arrays.set('tagger.places', indexes);
  arrays.set('tagger.weights', nonZero);
  return {
    attributes: attributes.map((one) => ({ ...one })),
    known: [...gazetteer.known].map(([attribute, values]) => [
      attribute,
      [...values].map(([stems, { right, seen, names }]) => [stems, right, seen, [...names]]),
    ]),
    words: [...words],
  };
}

/** The inverse of `saveTagger`. */
export function readTagger(head: TaggerHead, indexes: Int32Array, nonZero: Float32Array): TaggerParts {
  const weights = new Float32Array(WEIGHT_SPACE);
  for (const [i, index] of indexes.entries()) weights[index] = nonZero[i] ?? 0;
  const known = new Map(
    head.known.map(([attribute, values]) => [
      attribute,
      new Map(values.map(([stems, right, seen, names]) => [stems, { right, seen, names: new Map(names) }])),
    ]),
  );
  return {
    attributes: head.attributes,
    gazetteer: Gazetteer.from(known),
    words: new Map(head.words),
    weights,
  };
}
