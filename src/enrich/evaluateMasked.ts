import { attributeField, fieldValue } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import type { Enricher, Example } from './enricher.js';
import { HOLDOUT_PROFILE_FORMAT, type HoldoutCells, type HoldoutProfile } from './holdoutProfile.js';

/** Products between two turns of the event loop. */
const BATCH = 20;

/** Enriches products with their category and attributes masked, and summarises the answers. Yields to the event loop. */
export async function evaluateMasked(
  enricher: Pick<Enricher, 'enrich' | 'nearestCosine'>,
  examples: readonly Example[],
): Promise<HoldoutProfile> {
  const category = new Tally();
  const attributes = new Tally();
  const nearest: number[] = [];
  for (const [n, { product, vector }] of examples.entries()) {
    if (n % BATCH === 0) await new Promise((resolve) => setImmediate(resolve));
    const cosine = vector === undefined ? undefined : enricher.nearestCosine(product.id, vector);
    if (cosine !== undefined) nearest.push(Math.round(cosine * 1e4) / 1e4);
    const confidences = new Map(
      enricher.enrich(masked(product), vector).map(({ field, confidence }) => [field, confidence]),
    );
    if (fieldValue(product, 'category') !== undefined) category.count(confidences.get('category'));
    for (const name of Object.keys(product.attributes ?? {})) {
      const field = attributeField(name);
      if (fieldValue(product, field) !== undefined) attributes.count(confidences.get(field));
    }
  }
  return {
    format: HOLDOUT_PROFILE_FORMAT,
    products: examples.length,
    nearest: nearest.sort((a, b) => a - b),
    category: category.cells(),
    attributes: attributes.cells(),
  };
}

/** Keeps the attribute keys, so that facts use the names of the row. */
function masked({ category: _, attributes = {}, ...rest }: Product): Product {
  return { ...rest, attributes: Object.fromEntries(Object.keys(attributes).map((name) => [name, ''])) };
}

class Tally {
  private masked = 0;
  private answered = 0;
  private sum = 0;

  count(confidence: number | undefined): void {
    this.masked++;
    if (confidence === undefined) return;
    this.answered++;
    this.sum += confidence;
  }

  cells(): HoldoutCells {
    const { masked: asked, answered, sum } = this;
    return { asked, answered, confidence: answered === 0 ? 0 : sum / answered };
  }
}
