import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { creditClicks } from '../statistics/interleave.js';
import { RatioStats } from '../statistics/ratioStats.js';
import { type MetricName, perMetric, type StoredExperiment } from './definition.js';
import { type Preference, PreferenceTracker } from './preferenceTracker.js';
import { ordinarySearches, purchasesOf, type SearchRow, searchesOf } from './readSearches.js';
import { type CategoryOf, type SegmentName, Segments, SegmentTallies } from './segments.js';
import { Tally } from './tally.js';

const DAY_MS = 86_400_000;
/** Purchases count until so long after the end. */
const ATTRIBUTION_MS = 7 * DAY_MS;
/** The time before an experiment that it is compared with. */
const BASELINE_MS = 28 * DAY_MS;
/** Points of the curves. */
const MAX_POINTS = 40;
/** Rows between two pauses, in which the service answers. */
const SLICE = 2000;

/** What happened in one variant. For an interleaved experiment all is in one, named `interleaved`. */
export interface VariantSums {
  readonly name: string;
  readonly clients: number;
  readonly searches: number;
  readonly metrics: Readonly<Record<MetricName, RatioStats>>;
}

/** The target metric in one segment, by variant as in `variants`. */
export interface SegmentSums extends SegmentName {
  readonly target: readonly RatioStats[];
  readonly preference: Preference;
}

export interface Measured {
  readonly variants: readonly VariantSums[];
  /** Of an interleaved experiment. */
  readonly preference: Preference;
  readonly segments: readonly SegmentSums[];
  /** The target metric of each variant, and the preference, as they were at some times. */
  readonly curve: readonly {
    readonly at: number;
    readonly target: readonly RatioStats[];
    readonly preference: Preference;
  }[];
}

const idsSchema = z.array(z.string().nullable());
const shownSchema = z.array(z.string());
/** null: a place that says nothing about either. */
const teamsSchema = z.array(z.enum(['A', 'B']).nullable());

/**
 * Measures an experiment from the stored searches and events, in one pass over them in the order of time. The unit is the
 * client: sums are over clients, because the searches of one client are not independent. A further page belongs to the
 * search before it. Purchases count for a client from the first search in the experiment until a week after its end, and
 * for the segments of the client's last search before.
 * @param categoryOf of a product, for the segments by category.
 */
export async function measure(
  database: Database,
  { experiment, started, stopped }: StoredExperiment,
  now: number,
  categoryOf?: CategoryOf,
): Promise<Measured> {
  const isMixed = experiment.mode === 'interleaving';
  const names = isMixed ? ['interleaved'] : experiment.variants.map(({ name }) => name);
  const tallies = new Map(names.map((name) => [name, new Tally()]));
  const segments = await Segments.read(database, { name: experiment.name, started }, categoryOf);
  const inSegments = new SegmentTallies(names, experiment.target);
  const preference = new PreferenceTracker();
  const until = stopped ?? now;
  const clients = new Set(
    z
      .array(z.string())
      .parse(
        database
          .prepare(
            'select distinct client_id from searches where experiment = ? and client_id is not null and variant is not null',
          )
          .pluck()
          .all(experiment.name),
      ),
  );
  const pass = new Pass(purchasesOf(database, clients, started, until + ATTRIBUTION_MS));
  const point = (at: number) => ({
    at,
    target: names.map((name) => tallies.get(name)?.stats(experiment.target) ?? new RatioStats()),
    preference: preference.preference,
  });
  const step = Math.max(1, (until - started) / MAX_POINTS);
  const curve: ReturnType<typeof point>[] = [];
  let nextPoint = started + step;
  let rows = 0;
  for (const row of searchesOf(database, experiment.name)) {
    while (nextPoint <= row.at && curve.length < MAX_POINTS - 1) {
      pass.buyUntil(nextPoint);
      curve.push(point(nextPoint));
      nextPoint += step;
    }
    const variant = isMixed ? 'interleaved' : (row.variant ?? '');
    const tally = tallies.get(variant);
    if (tally !== undefined) {
      const own = segments.of(row).map((name) => inSegments.of(name));
      pass.search(row, [tally, ...own.flatMap((segment) => segment.tallies.get(variant) ?? [])]);
      if (isMixed && row.teams !== null) {
        const difference = creditOf(row, row.teams);
        for (const tracker of [preference, ...own.map((segment) => segment.preference)])
          tracker.add(row.client, difference);
      }
    }
    if (++rows % SLICE === 0) await new Promise(setImmediate);
  }
  pass.buyUntil(Number.POSITIVE_INFINITY);
  curve.push(point(until));
  return {
    variants: [...tallies].map(([name, tally]) => sumsOf(name, tally)),
    preference: preference.preference,
    segments: inSegments.all().map(({ kind, name, tallies: own, preference: preferred }) => ({
      ...{ kind, name, preference: preferred.preference },
      target: names.map((variant) => own.get(variant)?.stats(experiment.target) ?? new RatioStats()),
    })),
    curve,
  };
}

/** How searches of shoppers outside of experiments did in the four weeks before a time. */
export interface Baseline extends VariantSums {
  /** In milliseconds since 1970. */
  readonly from: number;
}

/** The snapshot before an experiment; undefined without such searches. */
export async function measureBaseline(database: Database, now: number): Promise<Baseline | undefined> {
  const since = now - BASELINE_MS;
  const clients = new Set<string>();
  let from = now;
  for (const { client, at } of ordinarySearches(database, since, now)) {
    clients.add(client);
    from = Math.min(from, at);
  }
  if (clients.size === 0) return undefined;
  const pass = new Pass(purchasesOf(database, clients, since, now));
  const tally = new Tally();
  let rows = 0;
  for (const row of ordinarySearches(database, since, now)) {
    pass.search(row, [tally]);
    if (++rows % SLICE === 0) await new Promise(setImmediate);
  }
  pass.buyUntil(Number.POSITIVE_INFINITY);
  return { ...sumsOf('before', tally), from };
}

/** Searches and purchases in the order of time, counted in the tallies that they belong to. */
class Pass {
  /** The first page of each client's last search, to which further pages and purchases belong. */
  readonly #last = new Map<
    string,
    { query: string; isClicked: boolean; isCarted: boolean; readonly tallies: readonly Tally[] }
  >();
  readonly #orders = new Set<string>();
  #bought = 0;

  constructor(private readonly purchases: ReturnType<typeof purchasesOf>) {}

  buyUntil(time: number): void {
    for (
      let next = this.purchases[this.#bought];
      next !== undefined && next.at < time;
      next = this.purchases[++this.#bought]
    ) {
      const { client, value, order } = next;
      const last = this.#last.get(client);
      if (last === undefined) continue;
      const isNew = !this.#orders.has(order);
      this.#orders.add(order);
      for (const tally of last.tallies) tally.purchase(client, value, isNew);
    }
  }

  search(row: SearchRow, tallies: readonly Tally[]): void {
    this.buyUntil(row.at);
    const isClicked = row.clicked_at !== null;
    const isCarted = row.carted === 1;
    const before = this.#last.get(row.client);
    if (row.page > 1 && before !== undefined && before.query === row.query) {
      const first = { isClicked: isClicked && !before.isClicked, isCarted: isCarted && !before.isCarted };
      for (const tally of before.tallies) tally.furtherPage(row.client, first);
      before.isClicked ||= isClicked;
      before.isCarted ||= isCarted;
      return;
    }
    this.#last.set(row.client, { query: row.query, isClicked, isCarted, tallies });
    for (const tally of tallies) tally.search(row);
  }
}

function creditOf(row: SearchRow, teams: string): number {
  const clicked = idsSchema.parse(JSON.parse(row.clicked)).flatMap((id) => id ?? []);
  const ids = shownSchema.parse(JSON.parse(row.shown));
  const { a, b } = creditClicks({ ids, teams: teamsSchema.parse(JSON.parse(teams)) }, clicked);
  return b - a;
}

function sumsOf(name: string, tally: Tally): VariantSums {
  return {
    name,
    clients: tally.stats('empty_rate').units,
    searches: tally.searches,
    metrics: perMetric((metric) => tally.stats(metric)),
  };
}
