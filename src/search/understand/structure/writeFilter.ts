import type { Comparison } from '../../filter/parseFilter.js';

const PLAIN = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

/** Writes a condition in the grammar of `parseFilter`; undefined for a field name that cannot be written. */
export function writeCondition(
  field: string,
  operator: Comparison | 'IN',
  value: string | number | readonly string[],
): string | undefined {
  if (field.includes('`')) return undefined;
  const name = writeName(field);
  if (typeof value === 'object') return `${name} ${operator} [${value.map(quote).join(', ')}]`;
  return `${name} ${operator} ${typeof value === 'number' ? decimal(value) : quote(value)}`;
}

/** A field name that contains no backtick. */
export function writeName(field: string): string {
  return PLAIN.test(field) && !/^not$/i.test(field) ? field : `\`${field}\``;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** Without an exponent, which the grammar does not allow. */
function decimal(value: number): string {
  return Number(value.toFixed(6)).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 6 });
}
