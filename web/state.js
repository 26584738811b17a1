/**
 * The state of the page, stored in its address, so that it can be shared and the back button works.
 * @typedef {string | number | boolean} Value
 * @typedef {{
 *   q: string,
 *   filters: Record<string, Value[]>,
 *   min: number | undefined,
 *   max: number | undefined,
 *   sort: string,
 *   ignore: string[],
 *   page: number,
 *   product: string | undefined,
 * }} State
 */

const FILTER = 'f.';

/** @returns {State} */
export function emptyState() {
  return {
    q: '',
    filters: Object.create(null),
    min: undefined,
    max: undefined,
    sort: '',
    ignore: [],
    page: 1,
    product: undefined,
  };
}

/**
 * @param {string} query the address's query string
 * @returns {State}
 */
export function readState(query) {
  const state = emptyState();
  for (const [name, text] of new URLSearchParams(query)) {
    if (name === 'q') state.q = text;
    else if (name === 'min') state.min = priceOf(text);
    else if (name === 'max') state.max = priceOf(text);
    else if (name === 'sort') state.sort = text;
    else if (name === 'ignore') state.ignore.push(text);
    else if (name === 'page') state.page = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1;
    else if (name === 'product') state.product = text;
    else if (name.startsWith(FILTER)) {
      const field = name.slice(FILTER.length);
      state.filters[field] = [...(state.filters[field] ?? []), readValue(text)];
    }
  }
  return state;
}

/**
 * @param {State} state
 * @returns {string} `?q=...`, or '' for the empty state
 */
export function writeState(state) {
  const parameters = new URLSearchParams();
  if (state.q !== '') parameters.set('q', state.q);
  for (const [field, values] of Object.entries(state.filters)) {
    for (const value of values) parameters.append(FILTER + field, textOf(value));
  }
  if (state.min !== undefined) parameters.set('min', String(state.min));
  if (state.max !== undefined) parameters.set('max', String(state.max));
  if (state.sort !== '') parameters.set('sort', state.sort);
  for (const filter of state.ignore) parameters.append('ignore', filter);
  if (state.page > 1) parameters.set('page', String(state.page));
  if (state.product !== undefined) parameters.set('product', state.product);
  const written = parameters.toString();
  return written === '' ? '' : `?${written}`;
}

/**
 * A copy in which the value is selected if it was not, or deselected if it was; at the first page.
 * @param {State} state
 * @param {string} field
 * @param {Value} value
 * @returns {State}
 */
export function toggled(state, field, value) {
  const before = state.filters[field] ?? [];
  const after = before.includes(value) ? before.filter((other) => other !== value) : [...before, value];
  const { [field]: _replaced, ...others } = state.filters;
  return { ...state, page: 1, filters: after.length > 0 ? { ...others, [field]: after } : others };
}

/** @param {State} state */
export function isNarrowed(state) {
  return Object.keys(state.filters).length > 0 || state.min !== undefined || state.max !== undefined;
}

/**
 * A price from user input, or undefined if it is not a number.
 * @param {string} text
 */
export function priceOf(text) {
  return /^\d{1,12}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) : undefined;
}

/**
 * `~` marks values other than strings, so that 5 and "5" stay different.
 * @param {Value} value
 */
function textOf(value) {
  return typeof value !== 'string' || value.startsWith('~') ? `~${JSON.stringify(value)}` : value;
}

/** @param {string} text @returns {Value} */
function readValue(text) {
  if (!text.startsWith('~')) return text;
  try {
    const value = JSON.parse(text.slice(1));
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  } catch {
    // An address typed by hand: used as it is.
  }
  return text;
}
