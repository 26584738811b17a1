import { existsSync, readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LearnReport } from './learnReport.js';

/** The newest searches since the last learning that are looked at. */
const MAX_SEARCHES = 5000;
/** Fewer say nothing. */
const MIN_SEARCHES = 500;
/** Relative change that matters, if it is beyond chance by so many standard errors. */
const MIN_CHANGE = 0.2;
const MIN_Z = 3;

const NEWEST = `
select s.query, s.total, exists (
  select 1 from events e where e.query_id = s.query_id and e.action in ('click', 'click_through')) as clicked
from searches s where s.at >= ? and s.page = 1 and s.filtered = 0 and s.query <> '' order by s.at desc limit ?`;

/**
 * How searches and what shoppers do changed since the last learning, as one sentence; undefined where they did not beyond
 * chance. Looks at some thousand searches, so that it takes some ten milliseconds.
 * @param queriesFile the queries that the last learning knew, a JSON array.
 */
export function driftSince(
  database: Database,
  { at, searches, drift }: Pick<LearnReport, 'at' | 'searches' | 'drift'>,
  queriesFile: string,
): string | undefined {
  if (drift === null || !existsSync(queriesFile)) return undefined;
  const known = new Set(z.array(z.string()).parse(JSON.parse(readFileSync(queriesFile, 'utf8'))));
  const rows = z
    .array(z.object({ query: z.string(), total: z.number(), clicked: z.number() }))
    .parse(database.prepare(NEWEST).all(Date.parse(at), MAX_SEARCHES));
  const before = searches / 2;
  if (rows.length < MIN_SEARCHES || before < MIN_SEARCHES) return undefined;
  const shareOf = (test: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(test).length / rows.length;
  // Fewer clicks, more searches for what is not known, and more that find nothing.
  for (const [label, sign, was, is] of [
    ['for queries that it did not know', 1, drift.new_queries, shareOf(({ query }) => !known.has(query))],
    ['with a click', -1, drift.clicked[1], shareOf(({ clicked }) => clicked === 1)],
    ['without results', 1, drift.empty[1], shareOf(({ total }) => total === 0)],
  ] as const) {
    const pooled = (was * before + is * rows.length) / (before + rows.length);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / rows.length));
    const change = sign * (is - was);
    if (error === 0 || change / error < MIN_Z) continue;
    if (change < MIN_CHANGE * Math.max(was, 0.01)) continue;
    return `Shoppers search otherwise since the last learning: ${percent(is)} of the searches are ${label}, where ${percent(was)} were.`;
  }
  return undefined;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
