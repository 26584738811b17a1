import type { RatioStats } from '../statistics/ratioStats.js';
import { METRIC_NAMES, type MetricName } from './definition.js';
import { RatioTracker } from './ratioTracker.js';

/** One search of a shopper with what followed it. */
export interface TalliedSearch {
  readonly at: number;
  readonly client: string;
  readonly total: number;
  readonly took_ms: number;
  readonly clicked_at: number | null;
  readonly carted: number;
}

/** Adds up the metrics of a group of clients while what they did comes in. */
export class Tally {
  searches = 0;
  readonly #trackers = new Map<MetricName, RatioTracker>();
  readonly #buyers = new Set<string>();

  /** Only these metrics are kept. */
  constructor(metrics: readonly MetricName[] = METRIC_NAMES) {
    for (const metric of metrics) this.#trackers.set(metric, new RatioTracker());
  }

  search({ at, client, total, took_ms, clicked_at, carted }: TalliedSearch): void {
    this.searches++;
    this.#add('conversion_rate', client, 0, this.#isKnown(client) ? 0 : 1);
    this.#add('click_through_rate', client, clicked_at === null ? 0 : 1, 1);
    this.#add('add_to_cart_rate', client, carted, 1);
    this.#add('revenue_per_search', client, 0, 1);
    this.#add('empty_rate', client, total === 0 ? 1 : 0, 1);
    this.#add('took_ms', client, took_ms, 1);
    if (clicked_at !== null) this.#add('seconds_to_click', client, Math.max(0, clicked_at - at) / 1000, 1);
  }

  /** A further page of a search had the first click, or the first cart. */
  furtherPage(client: string, { isClicked, isCarted }: { isClicked: boolean; isCarted: boolean }): void {
    if (isClicked) this.#add('click_through_rate', client, 1, 0);
    if (isCarted) this.#add('add_to_cart_rate', client, 1, 0);
  }

  purchase(client: string, value: number, isNewOrder: boolean): void {
    if (!this.#buyers.has(client)) this.#add('conversion_rate', client, 1, 0);
    this.#buyers.add(client);
    this.#add('revenue_per_search', client, value, 0);
    this.#add('average_order_value', client, value, isNewOrder ? 1 : 0);
  }

  stats(metric: MetricName): RatioStats {
    return (this.#trackers.get(metric) ?? new RatioTracker()).stats;
  }

  #isKnown(client: string): boolean {
    return this.#trackers.get('conversion_rate')?.has(client) ?? false;
  }

  #add(metric: MetricName, client: string, x: number, n: number): void {
    this.#trackers.get(metric)?.add(client, x, n);
  }
}
