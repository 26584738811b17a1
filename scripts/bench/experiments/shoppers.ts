import { sampleNormal } from '../../../src/statistics/thompson.js';

/**
 * The documented shopper: looks at rank r with probability 1 / r (position-based model with examination 1 / r), and clicks
 * what is looked at by its grade. A click becomes an order with a probability by grade, of a log-normal value (median 20,
 * sigma 1.1): the heavy tail of a shop's revenue.
 */
const CLICK = [0.05, 0.15, 0.35, 0.7];
const ORDER = [0.01, 0.03, 0.06, 0.12];
const RANKS = 10;

export type Grades = ReadonlyMap<string, number>;

function examination(rank: number): number {
  return 1 / (rank + 1);
}

function clickProbability(grades: Grades, id: string): number {
  return CLICK[grades.get(id) ?? 0] ?? 0;
}

/** The ranks of the first ten that one shopper clicks. */
export function clicksOn(list: readonly string[], grades: Grades, random: () => number): number[] {
  const clicks: number[] = [];
  for (let rank = 0; rank < Math.min(RANKS, list.length); rank++) {
    if (random() < examination(rank) * clickProbability(grades, list[rank] ?? '')) clicks.push(rank);
  }
  return clicks;
}

/** What one session is worth with a list: whether there was a click, and the revenue. */
export interface SessionValue {
  readonly clicked: 0 | 1;
  readonly revenue: number;
}

/** One list's clicks and orders, drawn fast: the probabilities are computed once. */
export class ListValue {
  readonly clickRate: number;
  /** Of sessions with a click. */
  readonly orderRate: number;

  constructor(list: readonly string[], grades: Grades) {
    let none = 1;
    let noOrder = 1;
    for (const [rank, id] of list.slice(0, RANKS).entries()) {
      const click = examination(rank) * clickProbability(grades, id);
      none *= 1 - click;
      noOrder *= 1 - click * (ORDER[grades.get(id) ?? 0] ?? 0);
    }
    this.clickRate = 1 - none;
    this.orderRate = (1 - noOrder) / (1 - none || 1);
  }

  /** An order needs a click. */
  draw(random: () => number): SessionValue {
    if (random() >= this.clickRate) return { clicked: 0, revenue: 0 };
    return { clicked: 1, revenue: random() < this.orderRate ? Math.exp(3 + 1.1 * sampleNormal(random)) : 0 };
  }
}
