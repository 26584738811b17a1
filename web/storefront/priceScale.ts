import type { FacetRange } from '../shared/api.js';

/** Round prices, in steps of a quarter to a half: the bars of the histogram are equally wide on this scale. */
export const PRICE_EDGES: readonly number[] = [1, 10, 100, 1000, 10_000].flatMap((ten) =>
  [1, 1.5, 2, 3, 4, 5, 6, 8].map((step) => step * ten),
);

export interface PriceScale {
  /** One more than there are bars, ascending; the last one is undefined where the last bar has no upper end. */
  readonly edges: readonly (number | undefined)[];
  readonly counts: readonly number[];
}

/**
 * The ranges from the first that has products to the last, and those that the selected prices lie in. Undefined if there
 * are fewer than two such ranges, which nobody could narrow.
 */
export function priceScale(
  ranges: readonly FacetRange[],
  min: number | undefined,
  max: number | undefined,
): PriceScale | undefined {
  const used = ranges.map((range) => range.count > 0 || touches(range, min) || touches(range, max));
  const first = used.indexOf(true);
  const last = used.lastIndexOf(true);
  if (first < 0 || first === last) return undefined;
  const shown = ranges.slice(first, last + 1);
  return {
    edges: [...shown.map(({ from }) => Number(from ?? 0)), edge(shown.at(-1)?.to)],
    counts: shown.map(({ count }) => count),
  };
}

/** The position on the scale at or below a price; that of the first edge if there is none. */
export function positionOf(scale: PriceScale, price: number | undefined, none: number): number {
  if (price === undefined) return none;
  const position = scale.edges.findLastIndex((one) => one !== undefined && one <= price);
  return Math.max(0, position);
}

function edge(given: number | string | undefined): number | undefined {
  return given === undefined ? undefined : Number(given);
}

function touches({ from, to }: FacetRange, price: number | undefined): boolean {
  if (price === undefined) return false;
  return Number(from ?? 0) <= price && (to === undefined || price <= Number(to));
}
