/** From half to twice a price, nothing is taken off. */
const FREE_DOUBLINGS = 1;
/** How steeply further doublings tell. */
const SLOPE = 0.25;

/**
 * How far a price lets two products stand for each other: 1 from half to twice, .8 at four times or a quarter,
 * .67 at eight times; 1 where either has none.
 */
export function comparePrices(one: number | undefined, other: number | undefined): number {
  if (one === undefined || other === undefined || !(one > 0) || !(other > 0)) return 1;
  const doublings = Math.abs(Math.log2(one / other));
  return 1 / (1 + SLOPE * Math.max(0, doublings - FREE_DOUBLINGS));
}
