import { categoryLevels, joinLevels } from '../../src/domain/categoryPath.js';
import { attributeName } from '../../src/domain/field.js';
import type { Product } from '../../src/domain/product.js';
import { readValue } from '../../src/index/columns/readValue.js';

export interface NaiveCell {
  readonly text: string;
  readonly number: number;
}

function textOf(field: string, value: string | number | boolean): string {
  return field === 'category' ? joinLevels(categoryLevels(String(value))) : String(value);
}

/** The values of a product's field as filters and sorts see them; [] if it has none. */
export function naiveCells(product: Product, field: string): NaiveCell[] {
  const name = attributeName(field);
  const value: unknown = name === undefined ? product[field] : product.attributes?.[name];
  const cells: NaiveCell[] = [];
  for (const one of Array.isArray(value) ? value : [value]) {
    if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean')
      cells.push({ text: textOf(field, one), number: readValue(one).quantity?.value ?? Number.NaN });
  }
  return cells;
}
