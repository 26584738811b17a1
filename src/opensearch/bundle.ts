import { z } from 'zod';
import { apiKeySchema } from '../domain/apiKey.js';
import { taxonomySchema } from '../taxonomy/schema.js';

/** Raised when the shape of a part changes; a search node refuses a bundle of another format. */
export const BUNDLE_FORMAT = 1;

const count = z.number().int().min(0);

/** What a person changes while the service runs: published with every change. */
export const settingsPartSchema = z.object({
  /** The newest published rules: see `lintRules` and `compileRules`. Version 0 and '' where there are none. */
  rules: z.object({ version: count, text: z.string() }),
  /** Of `synonyms.yaml`; those of the taxonomy follow from the taxonomy. */
  synonyms: z.array(z.object({ from: z.string(), to: z.string() })),
  /** `needed`: whether requests need a key. Valid keys with the hash of their secret, in base64. */
  keys: z.object({
    needed: z.boolean(),
    valid: z.array(z.object({ key: apiKeySchema, hash: z.string() })),
  }),
});
export type SettingsPart = z.infer<typeof settingsPartSchema>;

/** What a generation brings: published with every switch. */
export const catalogPartSchema = z.object({
  generation: z.string(),
  /** ISO 8601. */
  created: z.string(),
  /** The index that holds its products; search it by this name, not by the alias, so that both fit together. */
  index: z.string(),
  /** The transformer that made its vectors; null without. */
  model: z
    .object({ name: z.string(), sha256: z.string(), dimension: count, metric: z.literal('cosine') })
    .nullable(),
  /** The governing taxonomy; null without one. */
  taxonomy: taxonomySchema.nullable(),
  /** See `ValueRules.parse`. */
  valueRules: z.string(),
  /** The cut-off for semantic hits. */
  minCosine: z.number(),
  /** What QueryRelevance is made of (vectors as `encodeVector`, row after row); null where it is not calibrated. */
  relevance: z
    .object({
      short: z.number(),
      long: z.number(),
      unrelated: z.string(),
      names: z.string(),
      /** Names of categories: what CatalogConcepts is made of, with the package's nouns; null without nouns. */
      concepts: z.array(z.string()).nullable(),
    })
    .nullable(),
});
export type CatalogPart = z.infer<typeof catalogPartSchema>;

/** Counts over active products (as `LiveIndex` of that status has them): published when products change. */
export const vocabularyPartSchema = z.object({
  generation: z.string(),
  /** The counts include every change of the store up to this number. */
  sequence: count,
  /** Number of active products, and of all. */
  documents: count,
  allDocuments: count,
  /** Mean number of tokens by lexical field. */
  averageLengths: z.array(z.number()),
  /** Terms in ascending order, and the number of products with each. */
  terms: z.array(z.string()),
  termDocuments: z.array(count),
  /** Words as written in ascending order, and the number of products with each. */
  words: z.array(z.string()),
  wordDocuments: z.array(count),
  columns: z.array(
    z.object({
      name: z.string(),
      /** See `ColumnEvidence`: the type of the column. */
      evidence: z.string(),
      /** Each spelling, and the number of products with it. Spellings of one value have one key (see `readKey`). */
      spellings: z.array(z.string()),
      documents: z.array(count),
      /** Products with any value. */
      products: count,
    }),
  ),
});
export type VocabularyPart = z.infer<typeof vocabularyPartSchema>;

export const PARTS = {
  settings: settingsPartSchema,
  catalog: catalogPartSchema,
  vocabulary: vocabularyPartSchema,
} as const;
export type PartName = keyof typeof PARTS;

/** What a search node knows of the catalog without its products. A part is the same object until it changes. */
export interface Bundle {
  readonly settings: SettingsPart;
  readonly catalog: CatalogPart;
  readonly vocabulary: VocabularyPart;
}

/** Follows the bundle that the writer publishes. */
export interface BundleFollower {
  /** The newest bundle read; undefined where none was ever published. `catalog` and `vocabulary` are of one generation. */
  current(): Bundle | undefined;
  /** Reads what was published since; true where something was. Otherwise done by itself, twice a second. */
  poll(): Promise<boolean>;
  /** Why the newest bundle could not be read; the one before stays. */
  readonly problem: string | undefined;
  close(): Promise<void>;
}
