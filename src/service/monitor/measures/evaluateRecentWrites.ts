import { existsSync } from 'node:fs';
import { readLearned } from '../../../catalog/enrich/learnedProfile.js';
import { enricherFile } from '../../../catalog/enrich/savedEnricher.js';
import { governingTaxonomy } from '../../../catalog/taxonomy/governingTaxonomy.js';
import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import { identityText } from '../../../domain/identityText.js';
import { vectorKey } from '../../../embed/embeddingCache.js';
import { evaluateMasked } from '../../../enrich/evaluateMasked.js';
import type { HoldoutProfile } from '../../../enrich/holdoutProfile.js';
import { loadEnricher } from '../../../enrich/persistence/load.js';
import type { Manifest } from '../../../index/generation/manifest.js';
import type { Store } from '../../../store/open.js';
import { sampleWritten } from './sampleProducts.js';

/** The enricher's results on held-out products and on those written since, or why there are none. */
export type RecentWritesEvaluation =
  | { readonly state: 'evaluated'; readonly expected: HoldoutProfile; readonly found: HoldoutProfile }
  | { readonly state: 'few'; readonly of: number; readonly sentence: string }
  | { readonly state: 'unknown'; readonly sentence: string };

/** Evaluates the store's enricher on a sample of the products written since it learned, with their values masked. */
export async function evaluateRecentWrites(
  store: Store,
  generation: Manifest | undefined,
  { sample_products, min_products }: MonitoringSettings,
): Promise<RecentWritesEvaluation> {
  const learned = readLearned(store);
  const file = enricherFile(store);
  const taxonomy = governingTaxonomy(store);
  if (learned === undefined || taxonomy === undefined || !existsSync(file)) return NOT_LEARNED;
  const ids = sampleWritten(store, learned.sequence, sample_products);
  if (ids.length < min_products) {
    return {
      state: 'few',
      of: ids.length,
      sentence: `Only ${ids.length} products were written since the enricher learned.`,
    };
  }
  const enricher = await loadEnricher(file, taxonomy);
  if (enricher.signature !== learned.signature) return NOT_LEARNED;
  const { expected } = enricher;
  if (expected === undefined) return TOO_FEW_TO_COMPARE;
  const revision = generation?.model?.sha256;
  const examples = ids.flatMap((id) => {
    const product = store.products.get(id);
    if (product === undefined) return [];
    const text = identityText(product);
    const hasVector = text !== '' && revision !== undefined;
    return [{ product, vector: hasVector ? store.vectors.get(vectorKey({ revision }, text)) : undefined }];
  });
  return { state: 'evaluated', expected, found: await evaluateMasked(enricher, examples) };
}

const NOT_LEARNED = {
  state: 'unknown',
  sentence: 'Unknown until the next reindex, which learns what new products are compared with.',
} as const;

const TOO_FEW_TO_COMPARE = {
  state: 'unknown',
  sentence: 'Unknown: the enricher learned from too few filled products to hold any out.',
} as const;
