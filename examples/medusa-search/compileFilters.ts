import type { SearchFilters } from './medusaTypes.js';

const COMPARISONS: Readonly<Record<string, string>> = { $lt: '<', $lte: '<=', $gt: '>', $gte: '>=' };

/** The field of a product that holds a field of a document. */
export function fieldOf(path: string): string {
  return path === 'id' ? 'medusa_id' : `\`attributes.${path}\``;
}

/** Medusa's filters in the grammar of Shelfwright's `filter`. @throws Error for an operator that it cannot express. */
export function compileFilters(filters: SearchFilters): string {
  return joined(Object.entries(filters).flatMap(([name, value]) => compileMember(name, value)));
}

function compileMember(name: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (name === '$and') return [joined(listed(value).map(compileFilters))];
  if (name === '$or') return [`(${listed(value).map(compileFilters).join(' OR ')})`];
  if (name === '$not') return [`NOT (${compileFilters(record(value))})`];
  const field = fieldOf(name);
  if (Array.isArray(value)) return [oneOf(field, value)];
  if (!isRecord(value)) return [equal(field, value)];
  return Object.entries(value).map(([operator, operand]) => compileOperator(field, operator, operand));
}

function compileOperator(field: string, operator: string, operand: unknown): string {
  const comparison = COMPARISONS[operator];
  if (comparison !== undefined) return `${field} ${comparison} ${literal(operand)}`;
  switch (operator) {
    case '$eq':
      return equal(field, operand);
    case '$ne':
      return `NOT (${equal(field, operand)})`;
    case '$in':
    case '$overlaps':
      return oneOf(field, values(operand));
    case '$nin':
      return `NOT (${oneOf(field, values(operand))})`;
    case '$exists':
      return operand === true ? `${field} EXISTS` : `NOT ${field} EXISTS`;
    case '$contains':
      // A list holds each of these values.
      return joined((Array.isArray(operand) ? operand : [operand]).map((one) => equal(field, one)));
    default:
      throw new Error(`Shelfwright cannot filter by ${operator}.`);
  }
}

function equal(field: string, value: unknown): string {
  return value === null ? `NOT ${field} EXISTS` : `${field} = ${literal(value)}`;
}

function oneOf(field: string, list: readonly unknown[]): string {
  // Nothing is one of no values.
  if (list.length === 0) return `(${field} EXISTS AND NOT ${field} EXISTS)`;
  if (list.includes(null)) return `(${list.map((one) => equal(field, one)).join(' OR ')})`;
  return `${field} IN [${list.map(literal).join(', ')}]`;
}

export function literal(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function joined(parts: readonly string[]): string {
  return `(${parts.join(' AND ')})`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function record(value: unknown): SearchFilters {
  if (!isRecord(value)) throw new Error('$not takes an object of filters.');
  return value;
}

function listed(value: unknown): SearchFilters[] {
  return values(value).map(record);
}

function values(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('$and, $or, $in, $nin and $overlaps take a list.');
  return value;
}
