import { createHash } from 'node:crypto';
import { z } from 'zod';
import { READABLE_FORMAT } from '../../domain/readableProduct.js';
import type { ModelCard } from '../../embed/model.js';
import { GENERATION_FORMAT } from '../../index/generation/manifest.js';
import { HNSW_PARAMETERS } from '../../index/vectors/hnswGraph.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';

const SETTING = 'generation_inputs';

const inputsSchema = z.object({
  generation: z.string(),
  /** Hash of all that the generation was built from. */
  inputs: z.string(),
  /** Its distinct texts, and its products with one. */
  texts: z.number().int(),
  withText: z.number().int(),
});
/** What the last generation of a store was built from. */
export type GenerationInputs = z.infer<typeof inputsSchema>;

/**
 * A hash of everything that a generation is built from: with the same one a new generation would be the same. Reads all
 * products and facts, without parsing them.
 */
export function hashInputs(store: Store, { taxonomy }: TaxonomyView, model: ModelCard): string {
  const hash = createHash('sha256').update(
    JSON.stringify([GENERATION_FORMAT, READABLE_FORMAT, HNSW_PARAMETERS, model.revision, taxonomy]),
  );
  for (const line of store.products.lines()) hash.update(line);
  for (const line of store.facts.lines()) hash.update(line);
  return hash.digest('base64url');
}

/** Undefined where it is not known what the last generation was built from. */
export function readInputs({ settings }: Pick<Store, 'settings'>): GenerationInputs | undefined {
  return inputsSchema.safeParse(settings.get(SETTING)).data;
}

export function saveInputs({ settings }: Pick<Store, 'settings'>, inputs: GenerationInputs | null): void {
  settings.set(SETTING, inputs);
}
