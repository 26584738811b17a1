const NUMBER_AND_UNIT =
  /^\s*[$€£¥]?\s*([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*[^\d\s,./-]{0,12}(?:\s[^\d\s]{1,4})?\s*$/u;
const DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The number that a value stands for: itself, the number of a number with a unit (`8 GB` → 8, `1,299.00` →
 * 1299, `17"` → 17), the milliseconds since 1970 of an ISO date; NaN for anything else, booleans included.
 * Units are not converted: `500 MB` is more than `1 TB`.
 */
export function numericValue(value: string | number | boolean): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number.NaN;
  const found = NUMBER_AND_UNIT.exec(value);
  if (found !== null) return Number((found[1] ?? '').replaceAll(',', ''));
  return DATE.test(value) ? Date.parse(value) : Number.NaN;
}
