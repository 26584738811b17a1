import { attributeName } from '../domain/field.js';
import type { AttributeValue, Product } from '../domain/product.js';
import type { MeasureAttribute } from '../taxonomy/schema.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { readMeasure } from '../text/measures.js';
import { convert, unitOf } from '../text/units.js';
import { cells, gtinCells, isGtinField } from './brokenCodes.js';
import { type Finding, quoted } from './report.js';

/** Finds prices of 0, measures outside their bounds or of another dimension, and invalid GTINs. */
export function findImpossible(products: readonly Product[], view: TaxonomyView): Finding[] {
  const found: Finding[] = [];
  for (const product of products) {
    if (product.price === 0) {
      found.push({
        kind: 'impossible',
        id: product.id,
        field: 'price',
        value: 0,
        message: 'has a price of 0',
      });
    }
    for (const { field, value, problem } of gtinCells(product)) {
      if (problem !== undefined) found.push({ kind: 'impossible', id: product.id, field, value, ...problem });
    }
    for (const [field, value] of cells(product)) {
      const name = attributeName(field);
      if (name === undefined || isGtinField(field)) continue;
      const attribute = view.attribute(name);
      if (attribute?.type !== 'number+unit') continue;
      const message = measureProblem(value, attribute);
      if (message !== undefined) found.push({ kind: 'impossible', id: product.id, field, value, message });
    }
  }
  return found;
}

function measureProblem(value: AttributeValue, attribute: MeasureAttribute): string | undefined {
  if (Array.isArray(value) || typeof value === 'boolean') return undefined;
  const measure = typeof value === 'number' ? { value } : readMeasure(value);
  if (measure === undefined) return undefined;
  const own = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
  let number = measure.value;
  if (measure.unit !== undefined && own !== undefined && measure.unit !== own) {
    const converted = convert(measure.value, measure.unit, own);
    if (converted === undefined) {
      return `${attribute.name} is a ${own.dimension} in ${own.symbol}, and ${quoted(String(value))} is a ${measure.unit.dimension}`;
    }
    number = converted;
  }
  const unit = attribute.unit === undefined ? '' : ` ${attribute.unit}`;
  if (attribute.min !== undefined && number < attribute.min) {
    return `${attribute.name} of ${quoted(String(value))} is below the minimum, ${attribute.min}${unit}`;
  }
  if (attribute.max !== undefined && number > attribute.max) {
    return `${attribute.name} of ${quoted(String(value))} is above the maximum, ${attribute.max}${unit}`;
  }
  return number < 0 &&
    attribute.min === undefined &&
    own !== undefined &&
    !own.dimension.includes('temperature') &&
    own.dimension !== 'level'
    ? `${attribute.name} of ${quoted(String(value))} is negative`
    : undefined;
}
