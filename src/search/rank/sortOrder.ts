import { UserError } from '../../domain/errors.js';
import { BLANK, type Column, type LiveIndex } from '../../index/liveIndex.js';
import { requireKnownField } from '../filter/requireKnownField.js';

/** Negative if the first of two ordinals comes first. */
export type SortOrder = (a: number, b: number) => number;

/**
 * Parses `['price:asc', 'title:desc']` into a comparator of ordinals. Fields of numbers and dates sort by them, values
 * that are neither after them in both directions; all other fields sort as text, without case and accents. Products
 * without the value come last in both directions; ties are broken by id, so pages are stable.
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
  const column = index.columns.sortable(field);
  if (column === undefined) {
    requireKnownField(index, field, 'sort');
    return () => 0;
  }
  const before = valueOrder(column, sign);
  const firsts = column.firstCodes(index.size);
  return (a, b) => {
    const first = firsts[a] ?? BLANK;
    const second = firsts[b] ?? BLANK;
    if (first === second) return 0;
    if (first === BLANK) return 1;
    return second === BLANK ? -1 : before(first, second);
  };
}

/** Compares two value codes. */
function valueOrder(column: Column, sign: number): (a: number, b: number) => number {
  const { numbers } = column;
  const byText = (a: number, b: number): number => {
    const [one, other] = [column.sortText(a), column.sortText(b)];
    return one === other ? 0 : one < other ? -sign : sign;
  };
  if (!column.type.isNumeric) return byText;
  return (a, b) => {
    const x = numbers[a] ?? Number.NaN;
    const y = numbers[b] ?? Number.NaN;
    if (Number.isNaN(x) && Number.isNaN(y)) return byText(a, b);
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
    return sign * (x - y);
  };
}
