import type { Value } from '../shared/api.js';

/** The state of the page, stored in its address, so that it can be shared and the back button works. */
export interface State {
  readonly q: string;
  readonly filters: Readonly<Record<string, readonly Value[]>>;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly sort: string;
  /** Filters of the readings to search as plain words. */
  readonly ignore: readonly string[];
  /** Whether to search as typed, without corrections. */
  readonly exact: boolean;
  readonly page: number;
  /** The id of the product that is open. */
  readonly product: string | undefined;
}

const FILTER = 'f.';

export function emptyState(): State {
  return {
    q: '',
    filters: Object.create(null),
    min: undefined,
    max: undefined,
    sort: '',
    ignore: [],
    exact: false,
    page: 1,
    product: undefined,
  };
}

/** Reads an address's query string. */
export function readState(query: string): State {
  const filters: Record<string, Value[]> = Object.create(null);
  const ignore: string[] = [];
  const state: { -readonly [Name in keyof State]: State[Name] } = { ...emptyState(), filters, ignore };
  for (const [name, text] of new URLSearchParams(query)) {
    if (name === 'q') state.q = text;
    else if (name === 'min') state.min = priceOf(text);
    else if (name === 'max') state.max = priceOf(text);
    else if (name === 'sort') state.sort = text;
    else if (name === 'ignore') ignore.push(text);
    else if (name === 'exact') state.exact = true;
    else if (name === 'page') state.page = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1;
    else if (name === 'product') state.product = text;
    else if (name.startsWith(FILTER)) {
      const field = name.slice(FILTER.length);
      filters[field] = [...(filters[field] ?? []), readValue(text)];
    }
  }
  return state;
}

/** `?q=...`, or '' for the empty state */
export function writeState(state: State): string {
  const parameters = new URLSearchParams();
  if (state.q !== '') parameters.set('q', state.q);
  for (const [field, values] of Object.entries(state.filters)) {
    for (const value of values) parameters.append(FILTER + field, textOf(value));
  }
  if (state.min !== undefined) parameters.set('min', String(state.min));
  if (state.max !== undefined) parameters.set('max', String(state.max));
  if (state.sort !== '') parameters.set('sort', state.sort);
  for (const filter of state.ignore) parameters.append('ignore', filter);
  if (state.exact) parameters.set('exact', '1');
  if (state.page > 1) parameters.set('page', String(state.page));
  if (state.product !== undefined) parameters.set('product', state.product);
  const written = parameters.toString();
  return written === '' ? '' : `?${written}`;
}

/** A copy in which the value is selected if it was not, or deselected if it was; at the first page. */
export function toggled(state: State, field: string, value: Value): State {
  const before = state.filters[field] ?? [];
  const after = before.includes(value) ? before.filter((other) => other !== value) : [...before, value];
  return withValues(state, field, after);
}

/** A copy with these values of the field selected and no others; at the first page. */
export function withValues(state: State, field: string, values: readonly Value[]): State {
  const { [field]: _replaced, ...others } = state.filters;
  return { ...state, page: 1, filters: values.length > 0 ? { ...others, [field]: values } : others };
}

/** A copy without filters; the query and the order stay. */
export function clearedFilters(state: State): State {
  return { ...emptyState(), q: state.q, sort: state.sort, ignore: state.ignore, exact: state.exact };
}

/** Whether there are filters, the price's included. */
export function isNarrowed(state: State): boolean {
  return Object.keys(state.filters).length > 0 || state.min !== undefined || state.max !== undefined;
}

/** A price from user input, or undefined if it is not a number. */
export function priceOf(text: string): number | undefined {
  return /^\d{1,12}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) : undefined;
}

/** `~` marks values other than strings, so that 5 and "5" stay different. */
function textOf(value: Value): string {
  return typeof value !== 'string' || value.startsWith('~') ? `~${JSON.stringify(value)}` : value;
}

function readValue(text: string): Value {
  if (!text.startsWith('~')) return text;
  try {
    const value: unknown = JSON.parse(text.slice(1));
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  } catch {
    // An address typed by hand: used as it is.
  }
  return text;
}
