import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import { identityText } from '../../../domain/identityText.js';
import { vectorKey } from '../../../embed/embeddingCache.js';
import type { Manifest } from '../../../index/generation/manifest.js';
import type { Store } from '../../../store/open.js';
import { few, known, type Measure, percent, unknown } from './measure.js';
import { sampleProducts } from './sampleProducts.js';

/** The share of products without a vector, or without a text to make one from. */
export function measureVectors(
  store: Pick<Store, 'products' | 'vectors'>,
  generation: Manifest | undefined,
  { max_without_vector, sample_products }: MonitoringSettings,
): Measure {
  const basis = { name: 'without_vector', threshold: max_without_vector } as const;
  if (generation === undefined) return unknown(basis, 'Nothing was indexed yet: run shelfwright reindex.');
  if (generation.model === null) return unknown(basis, 'The generation was built without a model.');
  const revision = generation.model.sha256;
  const products = sampleProducts(store, sample_products);
  if (products.length === 0) return few(basis, 0, 'There are no products.');
  const missing = products.filter((product) => {
    const text = identityText(product);
    return text === '' || !store.vectors.has(vectorKey({ revision }, text));
  }).length;
  const share = missing / products.length;
  return known(
    basis,
    share,
    products.length,
    `${percent(share)} of ${products.length} sampled products have no vector, and are found by words only.`,
  );
}
