import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { planDuration } from '../statistics/duration.js';
import { RatioTracker } from './ratioTracker.js';

const DAY_MS = 86_400_000;
const MEASURED_DAYS = 28;
const LEVEL = 0.05;

export interface Duration {
  readonly days_measured: number;
  readonly clients_per_day: number;
  readonly click_through_rate: number;
  /** Shoppers of both variants, and days; null where nothing is known. */
  readonly fixed_clients: number | null;
  readonly fixed_days: number | null;
  readonly sequential_clients: number | null;
  readonly sequential_days: number | null;
}

/** Where no searches of shoppers are known. */
export const NO_TRAFFIC: Duration = {
  days_measured: 0,
  clients_per_day: 0,
  click_through_rate: 0,
  fixed_clients: null,
  fixed_days: null,
  sequential_clients: null,
  sequential_days: null,
};

const searchRow = z.object({ at: z.number(), client: z.string(), clicked: z.number() });

/**
 * How long it takes to tell a relative change of the searches with a click by `effect`, with the traffic of the last four
 * weeks. Clients that come back count once, so that a long experiment needs somewhat more days.
 */
export function estimateDuration(
  database: Database,
  { effect, share, now }: { readonly effect: number; readonly share: number; readonly now: number },
): Duration {
  const since = now - MEASURED_DAYS * DAY_MS;
  const rows = database
    .prepare(
      `select s.at, s.client_id as client,
         coalesce(max(e.action in ('click', 'click_through')), 0) as clicked
       from searches s left join events e on e.query_id = s.query_id
       where s.at >= ? and s.page = 1 and s.client_id is not null group by s.query_id order by s.at`,
    )
    .iterate(since);
  const tracker = new RatioTracker();
  let first = now;
  for (const given of rows) {
    const { at, client, clicked } = searchRow.parse(given);
    first = Math.min(first, at);
    tracker.add(client, clicked, 1);
  }
  const { stats } = tracker;
  const days = Math.max(1, Math.ceil((now - first) / DAY_MS));
  const perDay = stats.units / days;
  const known = {
    days_measured: days,
    clients_per_day: Math.round(perDay * 10) / 10,
    click_through_rate: stats.value,
  };
  // The variance of one client's share in the ratio.
  const deviation = Math.sqrt(stats.variance * stats.units);
  if (!(stats.value > 0) || !(deviation > 0) || !Number.isFinite(deviation))
    return {
      ...known,
      fixed_clients: null,
      fixed_days: null,
      sequential_clients: null,
      sequential_days: null,
    };
  const plan = { unitsPerDay: perDay * share, baseline: stats.value, deviation, effect, alpha: LEVEL };
  const { fixed, sequential } = planDuration(plan);
  return {
    ...known,
    fixed_clients: fixed.units,
    fixed_days: fixed.days,
    sequential_clients: sequential.units,
    sequential_days: sequential.days,
  };
}
