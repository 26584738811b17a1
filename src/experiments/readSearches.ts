import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const searchRow = z.object({
  at: z.number(),
  query: z.string(),
  client: z.string(),
  variant: z.string().nullable(),
  total: z.number(),
  took_ms: z.number(),
  page: z.number(),
  teams: z.string().nullable(),
  shown: z.string(),
  device: z.string().nullable(),
  clicked_at: z.number().nullable(),
  clicked: z.string(),
  carted: z.number(),
});
export type SearchRow = z.infer<typeof searchRow>;

const SEARCHES = `
select s.at, s.query, s.client_id as client, s.variant, s.total, s.took_ms, s.page, s.teams, s.shown, s.device,
  min(case when e.action in ('click', 'click_through') then e.at end) as clicked_at,
  json_group_array(case when e.action in ('click', 'click_through') then e.object_id end) as clicked,
  coalesce(max(e.action = 'add_to_cart'), 0) as carted
from searches s left join events e on e.query_id = s.query_id`;
const ORDER = 'group by s.query_id order by s.at, s.query_id';

/** The searches of an experiment with what followed them, in the order of time. */
export function* searchesOf(database: Database, experiment: string): Generator<SearchRow> {
  const rows = database.prepare(
    `${SEARCHES} where s.experiment = ? and s.client_id is not null and s.variant is not null ${ORDER}`,
  );
  for (const row of rows.iterate(experiment)) yield searchRow.parse(row);
}

/** The same of shoppers who took part in no experiment, from one time to before another. */
export function* ordinarySearches(database: Database, from: number, to: number): Generator<SearchRow> {
  const rows = database.prepare(
    `${SEARCHES} where s.at >= ? and s.at < ? and s.experiment is null and s.client_id is not null ${ORDER}`,
  );
  for (const row of rows.iterate(from, to)) yield searchRow.parse(row);
}

export interface Purchase {
  readonly at: number;
  readonly client: string;
  readonly value: number;
  /** Lines of one order have the same. */
  readonly order: string;
}

const purchaseRow = z.object({
  at: z.number(),
  client: z.string().nullable(),
  session: z.string().nullable(),
  searcher: z.string().nullable(),
  value: z.number(),
  order_key: z.string(),
});

const PURCHASES = `
select e.at, e.client_id as client, e.session_id as session, s.client_id as searcher,
  coalesce(e.quantity, 1) * coalesce(e.price, 0) as value, coalesce(e.order_id, 'event ' || e.id) as order_key
from events e left join searches s on s.query_id = e.query_id
where e.action = 'purchase' and e.at >= ? and e.at < ? order by e.at, e.id`;

const SESSIONS = `
select session_id, client_id from events
where session_id is not null and client_id is not null and at >= ? and at < ? group by session_id`;

/**
 * The purchases of these clients in a time, in its order. A purchase belongs to its client_id; if that is none of them, to
 * who searched what it names by query_id, to the session_id where a search had no client_id, or to the client whose other
 * events have its session_id.
 */
export function purchasesOf(
  database: Database,
  clients: ReadonlySet<string>,
  from: number,
  to: number,
): Purchase[] {
  let sessions: ReadonlyMap<string, string> | undefined;
  const ofSession = (session: string): string | undefined => {
    sessions ??= new Map(
      z.array(z.tuple([z.string(), z.string()])).parse(database.prepare(SESSIONS).raw().all(from, to)),
    );
    return sessions.get(session);
  };
  const among = (id: string | null | undefined): string | undefined =>
    id !== null && id !== undefined && clients.has(id) ? id : undefined;
  return z
    .array(purchaseRow)
    .parse(database.prepare(PURCHASES).all(from, to))
    .flatMap(({ at, client, session, searcher, value, order_key }) => {
      const buyer =
        among(client) ??
        among(searcher) ??
        among(session) ??
        (session === null ? undefined : among(ofSession(session)));
      return buyer === undefined ? [] : [{ at, client: buyer, value, order: order_key }];
    });
}
