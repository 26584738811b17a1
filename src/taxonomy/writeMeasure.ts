import { isAttached, numberText } from '../text/units.js';
import type { MeasureAttribute } from './schema.js';

/**
 * The value as the attribute's products write it: a number where the attribute has no unit, else the number
 * and the unit in the attribute's own spelling, joined as it says (`8 GB`, `8GB`, `8 Gigabytes`).
 */
export function writeMeasure(value: number, attribute: MeasureAttribute): number | string {
  if (attribute.unit === undefined) return Number(numberText(value));
  const joined = attribute.joined ?? isAttached(attribute.unit);
  return numberText(value) + (joined ? '' : ' ') + attribute.unit;
}
