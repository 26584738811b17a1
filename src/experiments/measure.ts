import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { creditClicks } from '../statistics/interleave.js';
import { RatioStats } from '../statistics/ratioStats.js';
import { METRIC_NAMES, type MetricName, type StoredExperiment } from './definition.js';
import { type Preference, PreferenceTracker } from './preferenceTracker.js';
import { RatioTracker } from './ratioTracker.js';

/** Purchases count until so long after the end. */
const ATTRIBUTION_MS = 7 * 86_400_000;
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

export interface Measured {
  readonly variants: readonly VariantSums[];
  /** Of an interleaved experiment. */
  readonly preference: Preference;
  /** The target metric of each variant, and the preference, as they were at some times. */
  readonly curve: readonly {
    readonly at: number;
    readonly target: readonly RatioStats[];
    readonly preference: Preference;
  }[];
}

const searchRow = z.object({
  at: z.number(),
  query: z.string(),
  client: z.string(),
  variant: z.string(),
  total: z.number(),
  took_ms: z.number(),
  page: z.number(),
  teams: z.string().nullable(),
  shown: z.string(),
  clicked_at: z.number().nullable(),
  clicked: z.string(),
  carted: z.number(),
});
type SearchRow = z.infer<typeof searchRow>;

const SEARCHES = `
select s.at, s.query, s.client_id as client, s.variant, s.total, s.took_ms, s.page, s.teams, s.shown,
  min(case when e.action in ('click', 'click_through') then e.at end) as clicked_at,
  json_group_array(case when e.action in ('click', 'click_through') then e.object_id end) as clicked,
  coalesce(max(e.action = 'add_to_cart'), 0) as carted
from searches s left join events e on e.query_id = s.query_id
where s.experiment = ? and s.client_id is not null and s.variant is not null
group by s.query_id order by s.at, s.query_id`;

const purchaseRow = z.object({
  at: z.number(),
  client: z.string(),
  value: z.number(),
  order_key: z.string(),
});

const PURCHASES = `
select at, client_id as client, coalesce(quantity, 1) * coalesce(price, 0) as value,
  coalesce(order_id, 'event ' || id) as order_key
from events
where action = 'purchase' and at >= ? and at < ?
  and client_id in (select client_id from searches where experiment = ?)
order by at, id`;

const idsSchema = z.array(z.string().nullable());
const shownSchema = z.array(z.string());
/** null: a place that says nothing about either. */
const teamsSchema = z.array(z.enum(['A', 'B']).nullable());

interface Tally {
  readonly trackers: Readonly<Record<MetricName, RatioTracker>>;
  searches: number;
}

/**
 * Measures an experiment from the stored searches and events, in one pass over them in the order of time. The unit is the
 * client: sums are over clients, because the searches of one client are not independent. A further page belongs to the
 * search before it. Purchases count for a client from the first search in the experiment until a week after its end.
 */
export async function measure(
  database: Database,
  { experiment, started, stopped }: StoredExperiment,
  now: number,
): Promise<Measured> {
  const isMixed = experiment.mode === 'interleaving';
  const names = isMixed ? ['interleaved'] : experiment.variants.map(({ name }) => name);
  const tallies = new Map(names.map((name) => [name, newTally()]));
  const preference = new PreferenceTracker();
  const variantOf = new Map<string, string>();
  const orders = new Set<string>();
  const purchases = z
    .array(purchaseRow)
    .parse(database.prepare(PURCHASES).all(started, (stopped ?? now) + ATTRIBUTION_MS, experiment.name));
  let bought = 0;
  /** The first page of each client's last search, to which further pages belong. */
  const last = new Map<string, { query: string; isClicked: boolean; isCarted: boolean }>();
  const buyUntil = (time: number): void => {
    for (let next = purchases[bought]; next !== undefined && next.at < time; next = purchases[++bought]) {
      const { client, value, order_key } = next;
      const tally = tallies.get(variantOf.get(client) ?? '');
      if (tally === undefined) continue;
      const isNew = !orders.has(order_key);
      orders.add(order_key);
      const { conversion_rate, revenue_per_search, average_order_value } = tally.trackers;
      if (!average_order_value.has(client)) conversion_rate.add(client, 1, 0);
      revenue_per_search.add(client, value, 0);
      average_order_value.add(client, value, isNew ? 1 : 0);
    }
  };
  const point = (at: number) => ({
    at,
    target: names.map((name) => tallies.get(name)?.trackers[experiment.target].stats ?? new RatioStats()),
    preference: preference.preference,
  });

  const until = stopped ?? now;
  const step = Math.max(1, (until - started) / MAX_POINTS);
  const curve: ReturnType<typeof point>[] = [];
  let nextPoint = started + step;
  let rows = 0;
  for (const given of database.prepare(SEARCHES).iterate(experiment.name)) {
    const row = searchRow.parse(given);
    while (nextPoint <= row.at && curve.length < MAX_POINTS - 1) {
      buyUntil(nextPoint);
      curve.push(point(nextPoint));
      nextPoint += step;
    }
    buyUntil(row.at);
    const tally = tallies.get(isMixed ? 'interleaved' : row.variant);
    if (tally !== undefined) {
      if (!variantOf.has(row.client)) variantOf.set(row.client, isMixed ? 'interleaved' : row.variant);
      countSearch(tally, row, last);
      if (isMixed && row.teams !== null) countPreference(preference, row, row.teams);
    }
    if (++rows % SLICE === 0) await new Promise(setImmediate);
  }
  buyUntil(Number.POSITIVE_INFINITY);
  curve.push(point(until));
  return {
    variants: names.map((name) => {
      const tally = tallies.get(name) ?? newTally();
      return {
        name,
        clients: tally.trackers.empty_rate.stats.units,
        searches: tally.searches,
        metrics: recordOf((metric) => tally.trackers[metric].stats),
      };
    }),
    preference: preference.preference,
    curve,
  };
}

function countSearch(
  tally: Tally,
  row: SearchRow,
  last: Map<string, { query: string; isClicked: boolean; isCarted: boolean }>,
): void {
  const { trackers } = tally;
  const { client } = row;
  const isClicked = row.clicked_at !== null;
  const isCarted = row.carted === 1;
  const before = last.get(client);
  if (row.page > 1 && before !== undefined && before.query === row.query) {
    if (isClicked && !before.isClicked) trackers.click_through_rate.add(client, 1, 0);
    if (isCarted && !before.isCarted) trackers.add_to_cart_rate.add(client, 1, 0);
    before.isClicked ||= isClicked;
    before.isCarted ||= isCarted;
    return;
  }
  last.set(client, { query: row.query, isClicked, isCarted });
  if (!trackers.empty_rate.has(client)) trackers.conversion_rate.add(client, 0, 1);
  trackers.click_through_rate.add(client, isClicked ? 1 : 0, 1);
  trackers.add_to_cart_rate.add(client, isCarted ? 1 : 0, 1);
  trackers.revenue_per_search.add(client, 0, 1);
  trackers.empty_rate.add(client, row.total === 0 ? 1 : 0, 1);
  trackers.took_ms.add(client, row.took_ms, 1);
  if (row.clicked_at !== null)
    trackers.seconds_to_click.add(client, Math.max(0, row.clicked_at - row.at) / 1000, 1);
  tally.searches++;
}

function countPreference(preference: PreferenceTracker, row: SearchRow, teams: string): void {
  const clicked = idsSchema.parse(JSON.parse(row.clicked)).flatMap((id) => id ?? []);
  const ids = shownSchema.parse(JSON.parse(row.shown));
  const { a, b } = creditClicks({ ids, teams: teamsSchema.parse(JSON.parse(teams)) }, clicked);
  preference.add(row.client, b - a);
}

function newTally(): Tally {
  return { trackers: recordOf(() => new RatioTracker()), searches: 0 };
}

function recordOf<T>(of: (metric: MetricName) => T): Record<MetricName, T> {
  const [a, b, c, d, e, f, g, h] = METRIC_NAMES;
  return { [a]: of(a), [b]: of(b), [c]: of(c), [d]: of(d), [e]: of(e), [f]: of(f), [g]: of(g), [h]: of(h) };
}
