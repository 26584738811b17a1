import { z } from 'zod';
import { attributeValueSchema } from '../../domain/product.js';
import { holdoutProfileSchema } from '../holdoutProfile.js';
import { taggerSchema } from './saveTagger.js';

const curve = z.object({ x: z.array(z.number()), y: z.array(z.number()) });
const policy = z.object({
  applyFrom: z.number().optional(),
  suggestFrom: z.number(),
  byCategory: z.array(z.tuple([z.string(), z.number().nullable()])),
});
const tallies = z.array(z.tuple([z.string(), z.number(), z.number()]));
const shape = z.object({ classes: z.number().int(), dimension: z.number().int() });

/**
 * The JSON head of a saved enricher. Key names are part of the file format: they stay when names in the code change.
 */
export const enricherHeadSchema = z.object({
  signature: z.string(),
  /** The hold-out profile. It has a format version of its own; another version is read as undefined. */
  expected: holdoutProfileSchema.optional().catch(undefined),
  report: z.object({
    learnedFrom: z.number(),
    heldOut: z.number(),
    fields: z.array(
      z.object({
        field: z.string(),
        heldOut: z.number(),
        answered: z.number(),
        right: z.number(),
        threshold: z.number().optional(),
        ownThresholds: z.number(),
        waiting: z
          .object({
            from: z.number().optional(),
            seen: z.number(),
            right: z.number(),
            target: z.number(),
            missing: z.number().optional(),
          })
          .optional(),
        applied: z.number(),
        appliedRight: z.number(),
        calibrationError: z.number(),
      }),
    ),
    notes: z.array(z.string()),
  }),
  curves: z.array(z.tuple([z.string(), curve])),
  policies: z.array(z.tuple([z.string(), policy])),
  category: z.object({
    classes: z.array(z.string()),
    candidates: z.array(z.string()),
    labelled: z.array(z.tuple([z.string(), z.number().int()])),
    mixture: z.object({ weights: z.array(z.number()) }).optional(),
    classifier: shape.optional(),
    zeroShotDimension: z.number().int(),
    prototypeDimension: z.number().int(),
  }),
  attributes: z.array(
    z.object({
      id: z.string(),
      values: z.array(z.union([z.string(), z.boolean()])),
      absent: z.boolean(),
      classifier: shape,
    }),
  ),
  tagger: taggerSchema.optional(),
  lookups: tallies,
  measures: tallies,
  /** Absent in files of older versions. */
  names: z.object({ brands: z.array(z.string()), words: z.array(z.string()) }).optional(),
  /** Absent in files of older versions. Heads are stems with the rows of each category. */
  heads: z
    .object({
      heads: z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.number().int()]))])),
      trailing: z.array(z.string()),
      factors: z.array(z.tuple([z.string(), z.number()])),
    })
    .optional(),
  /** The labelled products of the neighbour index. */
  memory: z.object({
    dimension: z.number().int(),
    /** Tables that rows point into; groups are category ids. */
    groups: z.array(z.string()),
    brands: z.array(z.string()),
    attributes: z.array(z.string()),
    values: z.array(attributeValueSchema),
    /** Id, indexes of group and brand, alternating indexes of attribute and value, indexes of unfilled attributes. */
    rows: z.array(
      z.tuple([
        z.string(),
        z.number().int(),
        z.number().int(),
        z.array(z.number().int()),
        z.array(z.number().int()),
      ]),
    ),
  }),
});
export type EnricherHead = z.infer<typeof enricherHeadSchema>;
