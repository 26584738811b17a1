import { UserError } from '../../domain/errors.js';
import { convert, unitOf } from '../../text/units.js';
import type { Attribute, MeasureAttribute } from '../schema.js';

/**
 * The attribute with another type, or with another unit of a number. A new list of values is open and empty; what is
 * only of the old type is gone.
 * @throws UserError for a unit of something that is no number, and if nothing changes.
 */
export function changeType(
  attribute: Attribute,
  type: Attribute['type'],
  unit: string | undefined,
): Attribute {
  if (unit !== undefined && type !== 'number+unit')
    throw new UserError(`Only a number has a unit; leave the unit out, or make ${attribute.id} a number.`, {
      field: 'unit',
    });
  const before = attribute.type === 'number+unit' ? attribute.unit : undefined;
  if (attribute.type === type && before === unit)
    throw new UserError(`${attribute.id} has this type already; choose another one.`, { field: 'type' });
  const { id, name, aliases, multiple } = attribute;
  const base = { id, name, aliases, multiple };
  switch (type) {
    case 'enum':
      return { ...base, type, values: [], open: true };
    case 'boolean':
      return { ...base, type, true: [], false: [] };
    case 'text':
      return { ...base, type };
    case 'number+unit':
      return {
        ...base,
        type,
        ...(unit !== undefined && { unit }),
        ...(attribute.type === type && limitsIn(attribute, unit)),
      };
  }
}

/** Limits in the new unit; none where it does not convert. */
function limitsIn(
  { unit, min, max }: MeasureAttribute,
  wanted: string | undefined,
): Pick<MeasureAttribute, 'min' | 'max'> {
  const from = unit === undefined ? undefined : unitOf(unit);
  const to = wanted === undefined ? undefined : unitOf(wanted);
  const converted = (limit: number | undefined): number | undefined =>
    limit === undefined || from === undefined || to === undefined ? undefined : convert(limit, from, to);
  const least = converted(min);
  const most = converted(max);
  return { ...(least !== undefined && { min: least }), ...(most !== undefined && { max: most }) };
}
