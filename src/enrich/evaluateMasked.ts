import { attributeField, fieldValue } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import type { Enricher, Example } from './enrich.js';
import { HOLDOUT_PROFILE_FORMAT, type HoldoutCells, type HoldoutProfile } from './holdoutProfile.js';

const AT_ONCE = 20;

/** Asks the enricher about products as if they came bare; gives others a turn between. */
export async function evaluateMasked(
  enricher: Pick<Enricher, 'enrich' | 'nearest'>,
  examples: readonly Example[],
): Promise<HoldoutProfile> {
  const category = new Tally();
  const attributes = new Tally();
  const nearest: number[] = [];
  for (const [n, { product, vector }] of examples.entries()) {
    if (n % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    const near = vector === undefined ? undefined : enricher.nearest(product.id, vector);
    if (near !== undefined) nearest.push(Math.round(near * 1e4) / 1e4);
    const facts = new Map(
      enricher.enrich(masked(product), vector).map(({ field, confidence }) => [field, confidence]),
    );
    if (fieldValue(product, 'category') !== undefined) category.count(facts.get('category'));
    for (const name of Object.keys(product.attributes ?? {})) {
      const field = attributeField(name);
      if (fieldValue(product, field) !== undefined) attributes.count(facts.get(field));
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

/** Keys of attributes stay, so that answers come under the names that the row itself uses. */
function masked({ category: _, attributes = {}, ...bare }: Product): Product {
  return { ...bare, attributes: Object.fromEntries(Object.keys(attributes).map((name) => [name, ''])) };
}

class Tally {
  private asked = 0;
  private answered = 0;
  private sum = 0;

  count(confidence: number | undefined): void {
    this.asked++;
    if (confidence === undefined) return;
    this.answered++;
    this.sum += confidence;
  }

  cells(): HoldoutCells {
    const { asked, answered, sum } = this;
    return { asked, answered, confidence: answered === 0 ? 0 : sum / answered };
  }
}
