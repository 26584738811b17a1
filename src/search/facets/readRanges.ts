import { UserError } from '../../domain/errors.js';
import { readDecimal } from '../../text/numbers.js';

/**
 * Ranges with given edges, which ascend (the first or last may be infinite), or at most `max` ranges of round
 * width.
 */
export type RangeRequest =
  | { readonly field: string; readonly edges: readonly number[] }
  | { readonly field: string; readonly max: number };

const MIN_RANGES = 2;
const MAX_RANGES = 100;

/**
 * Parses `price:..20..50..100..` (below 20, 20 to 50, 50 to 100, 100 and more; without the dots at an end,
 * nothing beyond it) and `price:10` (at most ten ranges of equal, round width).
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
  if (edges.length < 2 || edges.length > MAX_RANGES + 1 || edges.every((edge) => !Number.isFinite(edge)))
    throw refusal(`'${entry}'`, `1 to ${MAX_RANGES} ranges by their edges such as price:..20..50..100..`);
  return { field, edges };
}

function readEdges(entry: string, texts: readonly string[]): number[] {
  const edges = texts.map((text, place) => {
    if (text.trim() === '' && place === 0) return Number.NEGATIVE_INFINITY;
    if (text.trim() === '' && place === texts.length - 1) return Number.POSITIVE_INFINITY;
    const edge = readDecimal(text.trim());
    if (edge === undefined)
      throw refusal(`'${text}' in '${entry}'`, 'numbers in decimal notation with .. between them');
    return edge;
  });
  for (const [place, edge] of edges.entries()) {
    if (place > 0 && edge <= (edges[place - 1] ?? 0)) throw refusal(`'${entry}'`, 'edges that ascend');
  }
  return edges;
}

function refusal(found: string, expected: string): UserError {
  return new UserError(
    `facet_ranges: found ${found}, expected ${expected}; an entry reads price:..20..50..100.. or price:10.`,
    { field: 'facet_ranges' },
  );
}
