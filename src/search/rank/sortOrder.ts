import { UserError } from '../../domain/errors.js';
import { BLANK, type LiveIndex } from '../../index/liveIndex.js';
import { requireKnownField } from '../filter/requireKnownField.js';

/** Negative if the first of two ordinals comes first. */
export type SortOrder = (a: number, b: number) => number;

/**
 * Parses `['price:asc', 'rating:desc']` into a comparator of ordinals. Numbers compare as numbers, other
 * values as text. Products without the value come last in both directions; ties are broken by id, so pages
 * are stable.
 * @throws UserError for an unknown field or direction.
 */
export function readSortOrder(index: LiveIndex, sort: readonly string[]): SortOrder {
  const orders = sort.map((entry) => readEntry(index, entry));
  return (a, b) => {
    for (const order of orders) {
      const before = order(a, b);
      if (before !== 0) return before;
    }
    return byId(index, a, b);
  };
}

export function byId(index: LiveIndex, a: number, b: number): number {
  if (a === b) return 0;
  return index.idOf(a) < index.idOf(b) ? -1 : 1;
}

function readEntry(index: LiveIndex, entry: string): SortOrder {
  const colon = entry.lastIndexOf(':');
  const field = (colon === -1 ? entry : entry.slice(0, colon)).trim();
  const direction = colon === -1 ? 'asc' : entry.slice(colon + 1).trim();
  if (field === '' || (direction !== 'asc' && direction !== 'desc')) {
    throw new UserError(
      `sort: found '${entry}', expected a field and a direction such as price:asc or rating:desc.`,
      {
        field: 'sort',
      },
    );
  }
  const sign = direction === 'asc' ? 1 : -1;
  if (field === 'id') return (a, b) => sign * byId(index, a, b);
  requireKnownField(index, field, 'sort');
  const column = index.columns.field(field);
  if (column === undefined) return () => 0;
  const firsts = column.firstCodes(index.size);
  const { values, numbers } = column;
  return (a, b) => {
    const first = firsts[a] ?? BLANK;
    const second = firsts[b] ?? BLANK;
    if (first === second) return 0;
    if (first === BLANK) return 1;
    if (second === BLANK) return -1;
    const x = numbers[first] ?? Number.NaN;
    const y = numbers[second] ?? Number.NaN;
    if (!Number.isNaN(x) && !Number.isNaN(y)) return sign * (x - y);
    if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? sign : -sign;
    return (values[first] ?? '') < (values[second] ?? '') ? -sign : sign;
  };
}
