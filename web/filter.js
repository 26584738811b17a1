/** @import { State, Value } from './state.js' */

/**
 * The filter for the selection: values of one field are alternatives, fields are combined with AND.
 * @param {State} state
 * @returns {string} '' if nothing is selected
 */
export function filterOf(state) {
  const parts = [];
  for (const [field, values] of Object.entries(state.filters)) {
    if (field.includes('`')) continue;
    parts.push(`${quotedField(field)} IN [${values.map(quotedValue).join(', ')}]`);
  }
  if (state.min !== undefined) parts.push(`price >= ${state.min}`);
  if (state.max !== undefined) parts.push(`price <= ${state.max}`);
  return parts.join(' AND ');
}

/** @param {string} field */
function quotedField(field) {
  return /^[a-z_][a-z0-9_.]*$/i.test(field) ? field : `\`${field}\``;
}

/** @param {Value} value */
function quotedValue(value) {
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value);
}
