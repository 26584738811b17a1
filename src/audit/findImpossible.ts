import { attributeField, attributeName } from '../domain/field.js';
import { isBlank } from '../domain/isBlank.js';
import type { AttributeValue, Product } from '../domain/product.js';
import type { MeasureAttribute } from '../taxonomy/schema.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { readMeasure } from '../text/measures.js';
import { convert, unitOf } from '../text/units.js';
import { checkDigit, isGtin } from './gtin.js';
import { type Finding, quoted } from './report.js';

/** Names of GTIN fields, in letters and digits only. */
const GTIN_FIELD = /^(gtin|ean|upc)(8|12|13|14|a|code)?$/;

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
    for (const [field, value] of cells(product)) {
      const name = attributeName(field) ?? field;
      if (GTIN_FIELD.test(name.toLowerCase().replace(/[^a-z0-9]/g, ''))) {
        for (const member of Array.isArray(value) ? value : [value]) {
          const problem = gtinProblem(String(member).trim());
          if (problem !== undefined)
            found.push({ kind: 'impossible', id: product.id, field, value: member, ...problem });
        }
        continue;
      }
      if (attributeName(field) === undefined) continue;
      const attribute = view.attribute(name);
      if (attribute?.type !== 'number+unit') continue;
      const message = measureProblem(value, attribute);
      if (message !== undefined) found.push({ kind: 'impossible', id: product.id, field, value, message });
    }
  }
  return found;
}

/** The filled fields and attributes of a product with strings and numbers. */
function* cells(product: Product): Generator<[field: string, value: AttributeValue]> {
  for (const field of Object.keys(product)) {
    const value: unknown = product[field];
    if (field === 'attributes' || isBlank(value)) continue;
    if (typeof value === 'string' || typeof value === 'number') yield [field, value];
    else if (Array.isArray(value)) {
      const texts = value.filter((member) => typeof member === 'string' || typeof member === 'number');
      if (texts.length === value.length) yield [field, texts];
    }
  }
  for (const [key, value] of Object.entries(product.attributes ?? {})) {
    if (!isBlank(value)) yield [attributeField(key), value];
  }
}

function gtinProblem(text: string): { message: string; suggestion?: string } | undefined {
  if (isGtin(text) || !/\d/.test(text)) return undefined;
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text)) {
    return { message: `${quoted(text)} was rounded by a spreadsheet; export the column as text` };
  }
  const digits = text.replace(/[\s-]/g, '');
  if (/^0+$/.test(digits)) return { message: `${quoted(text)} is a placeholder, not a code` };
  if (!/^\d+$/.test(digits))
    return { message: `${quoted(text)} is not a GTIN: it contains other characters than digits` };
  const padded = digits.padStart(digits.length < 12 ? 12 : 13, '0');
  if (digits.length < 12 && digits.length > 8 && isGtin(padded)) {
    return {
      message: `${quoted(text)} has ${digits.length} digits; its leading zeros were probably lost`,
      suggestion: padded,
    };
  }
  if (![8, 12, 13, 14].includes(digits.length)) {
    return { message: `${quoted(text)} has ${digits.length} digits; a GTIN has 8, 12, 13 or 14` };
  }
  return { message: `the check digit of ${quoted(text)} should be ${checkDigit(digits)}` };
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
