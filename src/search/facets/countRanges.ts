import type { Column } from '../../index/liveIndex.js';
import { partitionPoint } from '../../structures/binarySearch.js';
import { formatDate } from '../../text/dates.js';
import { fromBase } from '../../text/units.js';
import { comparable } from '../filter/comparable.js';
import { requireKnownField } from '../filter/requireKnownField.js';
import type { FacetRange } from '../searchAnswer.js';
import { DistinctCounter } from './distinctCounter.js';
import { type FacetScope, forEachCandidateCell } from './facetScope.js';
import { type RangeEdge, type RangeRequest, requireAscending } from './readRanges.js';
import { roundDateEdges } from './roundDateEdges.js';
import { roundRangeEdges } from './roundRangeEdges.js';

/** Numbers above this are in no range. */
const LARGEST = 1e300;

/**
 * Counts the candidates with a number or date in each range, including its lower edge and excluding its upper one. A
 * product with several numbers counts once in each range that has one of them. Numbers outside all ranges are
 * not counted. Edges are answered in the field's most frequent unit, dates in ISO 8601.
 * @throws UserError for a field that the catalog does not have, and for edges that do not ascend.
 */
export function countRanges(
  scope: FacetScope,
  requests: readonly RangeRequest[],
): Record<string, FacetRange[]> {
  const ranges: Record<string, FacetRange[]> = {};
  for (const request of requests) {
    const column = scope.index.columns.field(request.field);
    if (column === undefined) requireKnownField(scope.index, request.field, 'facet_ranges');
    const edges =
      'edges' in request
        ? numbersOf(request.field, column, request.edges)
        : roundEdges(scope, column, request.max);
    ranges[request.field] = count(scope, column, edges);
  }
  return ranges;
}

/** Edges as numbers, as `shownNumbers` has them. */
export function numbersOf(field: string, column: Column | undefined, edges: readonly RangeEdge[]): number[] {
  const numbers = edges.map((edge, place) => {
    if (edge === 'open') return place === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    if (column === undefined) return edge.date === undefined ? edge.value : edge.date.time;
    const { bound } = comparable(column, edge);
    return column.unit === undefined ? bound : fromBase(bound, column.unit);
  });
  requireAscending(field, numbers);
  return numbers;
}

function roundEdges(scope: FacetScope, column: Column | undefined, maxRanges: number): number[] {
  if (column === undefined) return [];
  const codes = new Set<number>();
  forEachCandidateCell(scope, column, (code) => codes.add(code));
  return roundEdgesOf(column, codes, maxRanges);
}

/** Edges of round width around the values of these codes. */
export function roundEdgesOf(column: Column, codes: Iterable<number>, maxRanges: number): number[] {
  const numbers = shownNumbers(column);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const code of codes) {
    const number = numbers[code] ?? Number.NaN;
    if (!(Math.abs(number) <= LARGEST)) continue;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  if (min > max) return [];
  return column.type.dates === undefined
    ? roundRangeEdges(min, max, maxRanges)
    : roundDateEdges(min, max, maxRanges);
}

function count(scope: FacetScope, column: Column | undefined, edges: readonly number[]): FacetRange[] {
  const counter = new DistinctCounter(Math.max(0, edges.length - 1), scope.groups);
  if (column !== undefined && edges.length > 1) {
    const rangeOf = rangesOf(column, edges);
    forEachCandidateCell(scope, column, (code, ordinal) => {
      const range = rangeOf[code] ?? NOWHERE;
      if (range !== NOWHERE) counter.add(range, ordinal);
    });
  }
  return describeRanges(column, edges, counter.finish());
}

/** The range of each code of a column; NOWHERE for one in none. */
export function rangesOf(column: Column, edges: readonly number[]): Int16Array {
  return Int16Array.from(shownNumbers(column), (number) => rangeAt(edges, number));
}

/** Ranges as they are answered, with the number of products in each. */
export function describeRanges(
  column: Column | undefined,
  edges: readonly number[],
  counts: ArrayLike<number>,
): FacetRange[] {
  const shown = column?.type.dates === undefined ? (edge: number) => edge : formatDate;
  return Array.from(counts, (products, range) => {
    const from = edges[range] ?? Number.NEGATIVE_INFINITY;
    const to = edges[range + 1] ?? Number.POSITIVE_INFINITY;
    return {
      ...(Number.isFinite(from) && { from: shown(from) }),
      ...(Number.isFinite(to) && { to: shown(to) }),
      count: products,
    };
  });
}

/** Numbers by code, in the column's unit. */
function shownNumbers({ numbers, unit }: Column): Float64Array {
  return unit === undefined ? numbers : numbers.map((number) => fromBase(number, unit));
}

const NOWHERE = -1;

/** The last range whose lower edge is not above the number. */
function rangeAt(edges: readonly number[], number: number): number {
  if (!(number >= (edges[0] ?? 0)) || !(number < (edges[edges.length - 1] ?? 0))) return NOWHERE;
  return partitionPoint(edges.length, (index) => (edges[index] ?? 0) <= number) - 1;
}
