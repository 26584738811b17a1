import { UserError } from '../../domain/errors.js';
import { readDecimal } from '../../text/numbers.js';
import { type Bound, boundOf } from '../filter/compare.js';

/** An edge of a range; `open` stands for no edge, at an end only. */
export type RangeEdge = Bound | 'open';

/** Ranges with given edges, or at most `max` ranges of round width. */
export type RangeRequest =
  | { readonly field: string; readonly edges: readonly RangeEdge[] }
  | { readonly field: string; readonly max: number };

const MIN_RANGES = 2;
const MAX_RANGES = 100;

/**
 * Parses `price:..20..50..100..` (below 20, 20 to 50, 50 to 100, 100 and more; without the dots at an end,
 * nothing beyond it), `attributes.weight:..500 g..1 kg..`, `released:2024-01-01..2025-01-01..` and `price:10` (at most
 * ten ranges of equal, round width). Whether edges ascend depends on the field: see `countRanges`.
 * @throws UserError for an entry that does not parse.
 */
export function readRanges(entries: readonly string[]): RangeRequest[] {
  const ranges = entries.map(readEntry);
  const twice = ranges.find(
    ({ field }, place) => ranges.findIndex((other) => other.field === field) !== place,
  );
  if (twice !== undefined) throw refusal(`${twice.field} twice`, 'each field once');
  return ranges;
}

function readEntry(entry: string): RangeRequest {
  const colon = entry.lastIndexOf(':');
  const field = entry.slice(0, Math.max(0, colon)).trim();
  const notation = entry.slice(colon + 1).trim();
  if (field === '') throw refusal(`'${entry}'`, 'a field and its edges such as price:..20..50..100..');
  if (/^\d+$/.test(notation)) {
    const max = readDecimal(notation) ?? 0;
    if (max < MIN_RANGES || max > MAX_RANGES)
      throw refusal(`'${entry}'`, `a number of ranges from ${MIN_RANGES} to ${MAX_RANGES}`);
    return { field, max };
  }
  const edges = readEdges(entry, notation.split('..'));
  if (edges.length < 2 || edges.length > MAX_RANGES + 1 || edges.every((edge) => edge === 'open'))
    throw refusal(`'${entry}'`, `1 to ${MAX_RANGES} ranges by their edges such as price:..20..50..100..`);
  return { field, edges };
}

function readEdges(entry: string, texts: readonly string[]): RangeEdge[] {
  return texts.map((text, place) => {
    if (text.trim() === '' && (place === 0 || place === texts.length - 1)) return 'open';
    const edge = readEdge(text.trim());
    if (edge === undefined)
      throw refusal(
        `'${text}' in '${entry}'`,
        'numbers in decimal notation, with or without a unit, or dates such as 2024-06-01, with .. between them',
      );
    return edge;
  });
}

function readEdge(text: string): Bound | undefined {
  const number = readDecimal(text);
  if (number !== undefined) return { value: number, unit: undefined };
  const bound = boundOf(text);
  return bound?.date === undefined && bound?.unit === undefined ? undefined : bound;
}

/** @throws UserError for edges of a field that do not ascend. */
export function requireAscending(field: string, edges: readonly number[]): void {
  for (const [place, edge] of edges.entries()) {
    if (place > 0 && !(edge > (edges[place - 1] ?? 0)))
      throw refusal(`edges of ${field} that do not ascend`, 'edges that ascend');
  }
}

function refusal(found: string, expected: string): UserError {
  return new UserError(
    `facet_ranges: found ${found}, expected ${expected}; an entry reads price:..20..50..100.. or price:10.`,
    { field: 'facet_ranges' },
  );
}
