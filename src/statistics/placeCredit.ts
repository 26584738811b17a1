import { type Interval, type SequenceOptions, widthInErrors } from './confidenceSequence.js';

/** Places that credit is counted on. */
const PLACES = 10;
/** The sum of the clicked products' credit, the credit at each place, and the click at each place. */
const SIZE = 1 + 2 * PLACES;
/** Sessions with a click on a place with credit that an interval needs, see confidenceSequence. */
const MIN_CLICKED = 30;
const MIN_SESSIONS = 100;

/** A mixed result: the place of each product in both rankings from 1; undefined where a ranking does not have it. */
export interface PlacedResult {
  readonly a: readonly (number | undefined)[];
  readonly b: readonly (number | undefined)[];
}

/**
 * Which of two interleaved rankings puts what is clicked higher. A product's credit is 1 / (its place in B) - 1 / (its place in
 * A), the inverse rank of Chapelle, Joachims, Radlinski & Yue ("Large-scale validation and analysis of interleaved search
 * evaluation", 2012). That credit alone favours a ranking by where its products happen to be shown, as Bi et al. found for
 * balanced interleaving ("Debiased balanced interleaving at Amazon Search", 2022). So the estimate is the covariance of
 * clicks and credit at each place, added up over the places: what is clicked as often as is usual at its place counts for
 * neither. It is 0 for shoppers who click whatever is shown there, and changes its sign if the rankings change their roles.
 */
export class PlaceCredit {
  #sessions = 0;
  #clicked = 0;
  readonly #sums = new Float64Array(SIZE);
  readonly #products = new Float64Array(SIZE * SIZE);
  readonly #row = new Float64Array(SIZE);

  /** Adds a session: a result, and the places that were clicked, from 0. */
  add({ a, b }: PlacedResult, clicked: Iterable<number>): void {
    const row = this.#row.fill(0);
    for (let place = 0; place < Math.min(PLACES, a.length); place++)
      row[1 + place] = inverse(b[place]) - inverse(a[place]);
    let says = false;
    for (const place of new Set(clicked)) {
      if (place >= Math.min(PLACES, a.length)) continue;
      const credit = row[1 + place] ?? 0;
      row[1 + PLACES + place] = 1;
      row[0] = (row[0] ?? 0) + credit;
      if (credit !== 0) says = true;
    }
    this.#sessions++;
    if (says) this.#clicked++;
    for (let i = 0; i < SIZE; i++) {
      const value = row[i] ?? 0;
      if (value === 0) continue;
      this.#sums[i] = (this.#sums[i] ?? 0) + value;
      for (let j = 0; j < SIZE; j++)
        this.#products[i * SIZE + j] = (this.#products[i * SIZE + j] ?? 0) + value * (row[j] ?? 0);
    }
  }

  /** Of the mean credit of a session, above 0 where B is better; holds at all times at once. */
  interval(options: SequenceOptions = {}): Interval {
    const n = this.#sessions;
    const mean = (i: number): number => (this.#sums[i] ?? 0) / n;
    // Linear in the row: credit of the clicks, less the usual clicks times credit, less clicks times the usual credit.
    const factors = new Float64Array(SIZE);
    factors[0] = 1;
    let constant = 0;
    for (let place = 0; place < PLACES; place++) {
      factors[1 + place] = -mean(1 + PLACES + place);
      factors[1 + PLACES + place] = -mean(1 + place);
      constant += mean(1 + place) * mean(1 + PLACES + place);
    }
    let first = 0;
    let second = 0;
    for (let i = 0; i < SIZE; i++) {
      const factor = factors[i] ?? 0;
      if (factor === 0) continue;
      first += factor * mean(i);
      for (let j = 0; j < SIZE; j++)
        second += (factor * (factors[j] ?? 0) * (this.#products[i * SIZE + j] ?? 0)) / n;
    }
    const estimate = n === 0 ? 0 : first + constant;
    const variance = (second - first * first) / (n - 1);
    if (n < MIN_SESSIONS || this.#clicked < MIN_CLICKED || !(variance > 0))
      return { estimate, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    const half = widthInErrors(n, options) * Math.sqrt(variance);
    return { estimate, low: estimate - half, high: estimate + half };
  }
}

function inverse(place: number | undefined): number {
  return place === undefined ? 0 : 1 / place;
}
