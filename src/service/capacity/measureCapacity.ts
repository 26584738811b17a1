import type { SearchAnswer } from '../../search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../search/searchRequest.js';
import type { CapacityQueries } from './capacityQueries.js';
import { type CapacityReport, type Level, type Parts, reportOf } from './capacityReport.js';

/** Clients that search at the same time, without pauses. */
const CLIENTS = [1, 2, 4, 8, 16, 32];
/** The first searches are slower, because the runtime has not compiled the code yet. */
const WARM_UP_SHARE = 0.1;
const PARTS: readonly (keyof Parts)[] = ['understand', 'embed', 'retrieve', 'rank'];

export interface CapacityOptions {
  /** Answers a search, not from a cache, and says how long each part took. */
  readonly search: (
    request: SearchRequest,
    timed: (parts: Readonly<Record<string, number>>) => void,
  ) => Promise<SearchAnswer>;
  readonly queries: CapacityQueries;
  /** How long to measure. */
  readonly seconds: number;
  /** The answer time that shoppers accept, in milliseconds. */
  readonly maxP95: number;
  readonly embeddingThreads: number;
  readonly products: number;
  readonly mode: SearchAnswer['mode'];
  /** Called before each level. */
  readonly onLevel?: (clients: number) => void;
}

/**
 * Measures how many searches a second this machine answers from this index: with one client, then two, up to 32, for
 * equal times. Each search counts the facets that a storefront shows.
 */
export async function measureCapacity(options: CapacityOptions): Promise<CapacityReport> {
  const { queries, seconds, onLevel } = options;
  await runLevel(1, seconds * WARM_UP_SHARE, options, () => undefined);
  const span = (seconds * (1 - WARM_UP_SHARE)) / CLIENTS.length;
  const levels: Level[] = [];
  const sums: Parts = { understand: 0, embed: 0, retrieve: 0, rank: 0 };
  let alone = 0;
  for (const clients of CLIENTS) {
    onLevel?.(clients);
    const level = await runLevel(clients, span, options, (parts) => {
      // With one client no part waits for another search.
      if (clients > 1) return;
      alone++;
      for (const part of PARTS) sums[part] += parts[part] ?? 0;
    });
    levels.push(level);
  }
  const partsOf = (part: keyof Parts): number => sums[part] / Math.max(1, alone);
  return reportOf({
    ...options,
    queries: { from: queries.from, distinct: queries.distinct },
    levels,
    parts: {
      understand: partsOf('understand'),
      embed: partsOf('embed'),
      retrieve: partsOf('retrieve'),
      rank: partsOf('rank'),
    },
  });
}

async function runLevel(
  clients: number,
  seconds: number,
  { search, queries }: CapacityOptions,
  timed: (parts: Readonly<Record<string, number>>) => void,
): Promise<Level> {
  const times: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  const client = async (): Promise<void> => {
    do {
      const began = performance.now();
      await search(searchRequestSchema.parse({ q: queries.next(), facets: ['*'] }), timed);
      times.push(performance.now() - began);
      // As a service does between two requests; timers and other clients get their turn.
      await new Promise(setImmediate);
    } while (performance.now() < until);
  };
  await Promise.all(Array.from({ length: clients }, client));
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? 0;
  return { clients, searches_per_second: times.length / elapsed, p50_ms: at(0.5), p95_ms: at(0.95) };
}
