import { z } from 'zod';
import { Gazetteer } from '../tag/gazetteer.js';
import { WEIGHT_SPACE } from '../tag/spanScorer.js';
import type { TaggerParts } from '../tag/tagger.js';
import type { NumberArray } from './bundle.js';

const rows = z.number().int();

export const taggerSchema = z.object({
  attributes: z.array(
    z.object({
      id: z.string(),
      several: z.boolean(),
      longest: rows,
      knowsSilence: z.boolean(),
      asWritten: z.boolean(),
    }),
  ),
  /** By attribute: stems, rows whose value they are, rows that have them, and the values' names with their rows. */
  known: z.array(
    z.tuple([z.string(), z.array(z.tuple([z.string(), rows, rows, z.array(z.tuple([z.string(), rows]))]))]),
  ),
  words: z.array(z.tuple([z.string(), rows])),
});
type TaggerHead = z.infer<typeof taggerSchema>;

/** The head of a saved tagger; its weights, those that are not 0, go to `arrays`. */
export function saveTagger(
  { attributes, gazetteer, words, weights }: TaggerParts,
  arrays: Map<string, NumberArray>,
): TaggerHead {
  const places = Int32Array.from(weights.keys()).filter((place) => weights[place] !== 0);
  arrays.set('tagger.places', places);
  arrays.set(
    'tagger.weights',
    Float32Array.from(places, (place) => weights[place] ?? 0),
  );
  return {
    attributes: attributes.map((one) => ({ ...one })),
    known: [...gazetteer.known].map(([attribute, values]) => [
      attribute,
      [...values].map(([stems, { right, seen, names }]) => [stems, right, seen, [...names]]),
    ]),
    words: [...words],
  };
}

export function readTagger(head: TaggerHead, places: Int32Array, kept: Float32Array): TaggerParts {
  const weights = new Float32Array(WEIGHT_SPACE);
  for (const [i, place] of places.entries()) weights[place] = kept[i] ?? 0;
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
