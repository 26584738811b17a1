import type { Value } from '../shared/api.js';
import type { State } from './state.js';

/**
 * The filter for the selection: values of one field are alternatives, fields are combined with AND. '' if nothing is
 * selected.
 */
export function filterOf(state: State): string {
  const parts: string[] = [];
  for (const [field, values] of Object.entries(state.filters)) {
    if (field.includes('`')) continue;
    parts.push(`${quotedField(field)} IN [${values.map(quotedValue).join(', ')}]`);
  }
  if (state.min !== undefined) parts.push(`price >= ${state.min}`);
  if (state.max !== undefined) parts.push(`price <= ${state.max}`);
  return parts.join(' AND ');
}

function quotedField(field: string): string {
  return /^[a-z_][a-z0-9_.]*$/i.test(field) ? field : `\`${field}\``;
}

export function quotedValue(value: Value): string {
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value);
}
