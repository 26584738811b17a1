import { SEED } from '../../src/catalog/enrich/learnFromRows.js';
import { LazyEmbedder } from '../../src/catalog/lazyEmbedder.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { identityText } from '../../src/domain/identityText.js';
import type { Product } from '../../src/domain/product.js';
import { silent } from '../../src/domain/progress.js';
import { learn } from '../../src/enrich/learn/learn.js';
import { openStore } from '../../src/store/open.js';
import { loadTaxonomy } from '../../src/taxonomy/load.js';
import { viewTaxonomy } from '../../src/taxonomy/view.js';

/**
 * Category accuracy on `heldOut` (with their categories) with only the first 300 labelled `others` as training data:
 * with the names of the categories beside the classifier, and with the classifier alone. `data` is the folder of a store.
 */
export async function measureFewLabels(
  others: readonly Product[],
  heldOut: readonly Product[],
  taxonomy: string,
  data: string,
): Promise<Record<string, number>> {
  const store = openStore(data);
  const embedder = new LazyEmbedder(packagePaths.model, store);
  try {
    const embed = async (texts: readonly string[]): Promise<Float32Array[]> =>
      (await embedder.embed(texts)).map(({ vector }) => vector);
    const view = viewTaxonomy(await loadTaxonomy(taxonomy));
    const training = others.filter(({ category }) => category !== undefined).slice(0, LABELLED);
    const vectors = await embed(training.map(identityText));
    const examples = training.map((product, i) => ({ product, vector: vectors[i] }));
    const tested = heldOut.filter(({ category }) => category !== undefined);
    const testedVectors = await embed(tested.map(identityText));
    const accuracyWith = async (zeroShot: boolean): Promise<number> => {
      const tools = { seed: SEED, progress: silent };
      const enricher = await learn(examples, view, zeroShot ? { ...tools, embed } : tools);
      let right = 0;
      for (const [i, { category, attributes: _, ...blank }] of tested.entries()) {
        const fact = enricher.enrich(blank, testedVectors[i]).find(({ field }) => field === 'category');
        if (fact?.value === category) right++;
      }
      return right / tested.length;
    };
    return {
      labelled: training.length,
      tested: tested.length,
      accuracy: await accuracyWith(true),
      accuracy_without_zero_shot: await accuracyWith(false),
    };
  } finally {
    await embedder.close();
    store.close();
  }
}

const LABELLED = 300;
