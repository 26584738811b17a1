import { attributeName } from '../../src/domain/field.js';
import type { Product } from '../../src/domain/product.js';
import { readValue } from '../../src/index/columns/readValue.js';

export interface NaiveCell {
  readonly text: string;
  readonly number: number;
}

/** The values of a product's field as filters and sorts see them; [] if it has none. */
export function naiveCells(product: Product, field: string): NaiveCell[] {
  const name = attributeName(field);
  const value: unknown = name === undefined ? product[field] : product.attributes?.[name];
  const cells: NaiveCell[] = [];
  for (const one of Array.isArray(value) ? value : [value]) {
    if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean')
      cells.push({ text: String(one), number: readValue(one).value });
  }
  return cells;
}
