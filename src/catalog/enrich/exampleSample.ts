import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';

/** More labelled rows than this teach little more and cost memory. */
const MAX_EXAMPLES = 60_000;

/** Whether the merchant filled something that can teach. */
function isLabelled(product: Product): boolean {
  return fieldValue(product, 'category') !== undefined || Object.keys(product.attributes ?? {}).length > 0;
}

/** Keeps at most `MOST_EXAMPLES` labelled products of a stream, evenly spread over it, the same for the same stream. */
export class ExampleSample {
  kept: Product[] = [];
  private stride = 1;
  private met = 0;

  offer(product: Product): void {
    if (!isLabelled(product) || this.met++ % this.stride !== 0) return;
    this.kept.push(product);
    if (this.kept.length <= MAX_EXAMPLES) return;
    this.kept = this.kept.filter((_, place) => place % 2 === 0);
    this.stride *= 2;
  }
}
