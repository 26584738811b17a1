import { isAttached, numberText } from '../text/units.js';
import type { MeasureAttribute } from './schema.js';

/**
 * The value in the attribute's notation: a number if the attribute has no unit, else the number and the unit in the
 * attribute's spelling, with or without a space as the attribute specifies (`8 GB`, `8GB`, `8 Gigabytes`).
 */
export function writeMeasure(value: number, attribute: MeasureAttribute): number | string {
  if (attribute.unit === undefined) return Number(numberText(value));
  const joined = attribute.joined ?? isAttached(attribute.unit);
  return numberText(value) + (joined ? '' : ' ') + attribute.unit;
}
