import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';

/** Beyond so many labelled rows, more improve little and cost memory. */
const MAX_EXAMPLES = 60_000;

/** Whether the merchant filled something to learn from. */
export function isLabelled(product: Product): boolean {
  return fieldValue(product, 'category') !== undefined || Object.keys(product.attributes ?? {}).length > 0;
}

/** Keeps at most MAX_EXAMPLES labelled products of a stream, spread evenly over it; the same ones for the same stream. */
export class ExampleSample {
  kept: Product[] = [];
  private stride = 1;
  private labelled = 0;

  offer(product: Product): void {
    if (!isLabelled(product) || this.labelled++ % this.stride !== 0) return;
    this.kept.push(product);
    if (this.kept.length <= MAX_EXAMPLES) return;
    this.kept = this.kept.filter((_, place) => place % 2 === 0);
    this.stride *= 2;
  }
}
