import type { Column } from '../../index/liveIndex.js';
import { partitionPoint } from '../../structures/binarySearch.js';
import { fromBase } from '../../text/units.js';
import { requireKnownField } from '../filter/requireKnownField.js';
import type { FacetRange } from '../searchAnswer.js';
import { DistinctCounter } from './distinctCounter.js';
import { type FacetScope, forEachCandidateCell } from './facetScope.js';
import type { RangeRequest } from './readRanges.js';
import { roundRangeEdges } from './roundRangeEdges.js';

/** Larger numbers are in no range of round width. */
const LARGEST = 1e300;

/**
 * How many candidates have a number in each range, from its lower edge to below its upper one; with several
 * numbers, once in each range that has one of them. What lies in no range is counted nowhere. Edges are in the unit most
 * used in the field.
 * @throws UserError for a field that the catalog does not have.
 */
export function countRanges(
  counting: FacetScope,
  requests: readonly RangeRequest[],
): Record<string, FacetRange[]> {
  const ranges: Record<string, FacetRange[]> = {};
  for (const request of requests) {
    const column = counting.index.columns.field(request.field);
    if (column === undefined) requireKnownField(counting.index, request.field, 'facet_ranges');
    const edges = 'edges' in request ? request.edges : ownEdges(counting, column, request.max);
    ranges[request.field] = count(counting, column, edges);
  }
  return ranges;
}

function ownEdges(counting: FacetScope, column: Column | undefined, most: number): number[] {
  if (column === undefined) return [];
  const numbers = shownNumbers(column);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  forEachCandidateCell(counting, column, (code) => {
    const number = numbers[code] ?? Number.NaN;
    if (!(Math.abs(number) <= LARGEST)) return;
    if (number < min) min = number;
    if (number > max) max = number;
  });
  return min > max ? [] : roundRangeEdges(min, max, most);
}

function count(counting: FacetScope, column: Column | undefined, edges: readonly number[]): FacetRange[] {
  const counter = new DistinctCounter(Math.max(0, edges.length - 1), counting.units);
  if (column !== undefined && edges.length > 1) {
    const rangeOf = Int16Array.from(shownNumbers(column), (number) => rangeAt(edges, number));
    forEachCandidateCell(counting, column, (code, ordinal) => {
      const range = rangeOf[code] ?? NOWHERE;
      if (range !== NOWHERE) counter.add(range, ordinal);
    });
  }
  return Array.from(counter.finish(), (units, range) => {
    const from = edges[range] ?? Number.NEGATIVE_INFINITY;
    const to = edges[range + 1] ?? Number.POSITIVE_INFINITY;
    return { ...(Number.isFinite(from) && { from }), ...(Number.isFinite(to) && { to }), count: units };
  });
}

/** Numbers by code, in the column's unit. */
function shownNumbers({ numbers, unit }: Column): Float64Array {
  return unit === undefined ? numbers : numbers.map((number) => fromBase(number, unit));
}

const NOWHERE = -1;

/** The range whose lower edge is the last that is not above the number. */
function rangeAt(edges: readonly number[], number: number): number {
  if (!(number >= (edges[0] ?? 0)) || !(number < (edges[edges.length - 1] ?? 0))) return NOWHERE;
  return partitionPoint(edges.length, (index) => (edges[index] ?? 0) <= number) - 1;
}
