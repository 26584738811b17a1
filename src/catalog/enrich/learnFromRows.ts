import { identityText } from '../../domain/identityText.js';
import type { Product } from '../../domain/product.js';
import { vectorKey } from '../../embed/embeddingCache.js';
import type { ModelCard } from '../../embed/model.js';
import type { Enricher, LearnOptions } from '../../enrich/enricher.js';
import { learnProducts } from '../../enrich/learn/learn.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';

export const SEED = 1;

/** The vector of a product, or undefined if the store has none. */
export type VectorOf = (product: Product) => Float32Array | undefined;

/** Vectors of products that were embedded before, from the store. */
export function storedVectors({ vectors }: Pick<Store, 'vectors'>, model: ModelCard): VectorOf {
  return (product) => {
    const text = identityText(product);
    return text === '' ? undefined : vectors.get(vectorKey(model, text));
  };
}

/**
 * Learns an enricher from rows. Their vectors are read once `embedded` resolves; what needs none is learned before.
 * @throws UserError like `learn`.
 */
export function learnFromRows(
  rows: readonly Product[],
  view: TaxonomyView,
  embedder: LazyEmbedder,
  vectorOf: VectorOf,
  { embedded, ...options }: Omit<LearnOptions, 'embed' | 'seed'> & { readonly embedded?: Promise<unknown> },
): Promise<Enricher> {
  const loadVectors = async (products: readonly Product[]) => {
    await embedded;
    return products.map(vectorOf);
  };
  return learnProducts(rows, loadVectors, view, {
    ...options,
    embed: async (texts) => (await embedder.embed(texts)).map(({ vector }) => vector),
    seed: SEED,
  });
}
