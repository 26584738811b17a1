import { readMeasure } from '../../text/measures.js';
import { convert, unitOf } from '../../text/units.js';
import { nameKey } from '../nameKey.js';
import type { Attribute } from '../schema.js';
import type { TaxonomyView } from '../view.js';
import { writeMeasure } from '../writeMeasure.js';

type Scalar = string | number | boolean;

/** Converts a value to the constraints of another attribute; undefined if that is impossible. */
export function rereadValue(value: Scalar, attribute: Attribute, view: TaxonomyView): Scalar | undefined {
  if (attribute.type === 'enum')
    return view.canonical(attribute, String(value)) ?? (attribute.open === true ? String(value) : undefined);
  if (attribute.type === 'text') return typeof value === 'string' ? value : String(value);
  if (attribute.type === 'boolean') {
    if (typeof value === 'boolean') return value;
    const key = nameKey(String(value));
    const isYes = [...attribute.true, 'true', 'yes'].some((word) => nameKey(word) === key);
    const isNo = [...attribute.false, 'false', 'no'].some((word) => nameKey(word) === key);
    return isYes === isNo ? undefined : isYes;
  }
  const measure = typeof value === 'boolean' ? undefined : readMeasure(String(value));
  if (measure === undefined) return undefined;
  const to = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
  // A plain number does not convert to a measure, nor a measure to a plain number.
  if ((measure.unit === undefined) !== (to === undefined)) return undefined;
  const number =
    measure.unit === undefined || to === undefined ? measure.value : convert(measure.value, measure.unit, to);
  if (number === undefined || number < (attribute.min ?? -Infinity) || number > (attribute.max ?? Infinity))
    return undefined;
  return writeMeasure(number, attribute);
}
