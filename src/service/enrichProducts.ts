import { existsSync } from 'node:fs';
import { enricherFile } from '../catalog/enrich/enricherFile.js';
import { SEED } from '../catalog/enrich/enrichStore.js';
import type { LazyEmbedder } from '../catalog/lazyEmbedder.js';
import { governStore } from '../catalog/taxonomy/governTaxonomy.js';
import { sentenceOf, UnavailableError } from '../domain/errors.js';
import type { Fact } from '../domain/fact.js';
import { identityText } from '../domain/identity.js';
import type { Product } from '../domain/product.js';
import { silent } from '../domain/progress.js';
import { learn } from '../enrich/learn/learn.js';
import { loadEnricher } from '../enrich/persistence/load.js';
import type { Store } from '../store/open.js';

export type EnrichAtHand = (products: readonly Product[]) => Promise<{ id: string; facts: Fact[] }[]>;

/**
 * Facts for products that are not stored, by the enricher of the last reindex; where there was none yet, by
 * the governing taxonomy alone.
 */
export async function openEnricher(store: Store, embedder: LazyEmbedder): Promise<EnrichAtHand> {
  const view = await governStore(store, undefined);
  const tools = { embed: (texts: readonly string[]) => embedder.run(texts) };
  const file = enricherFile(store);
  const enricher = existsSync(file)
    ? await loadEnricher(file, view).catch((cause: unknown) => {
        throw new UnavailableError(
          `What was learned cannot be read: ${sentenceOf(cause)} A reindex learns it anew.`,
          { cause },
        );
      })
    : await learn([], view, { ...tools, seed: SEED, progress: silent });
  return async (products) => {
    const texts = products.map(identityText);
    const vectors = await embedder.run(texts.filter((text) => text !== ''));
    let next = 0;
    return products.map((product, place) => ({
      id: product.id,
      facts: enricher.enrich(product, texts[place] === '' ? undefined : vectors[next++]),
    }));
  };
}
