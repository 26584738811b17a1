import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { CapacityQueries } from './capacityQueries.js';

/** What was measured with so many clients. */
export interface Level {
  readonly clients: number;
  readonly searches_per_second: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
}

/** Mean milliseconds of each part of a search that waits for no other. */
export interface Parts {
  understand: number;
  embed: number;
  retrieve: number;
  rank: number;
}

export type Bottleneck = 'embedding' | 'retrieval' | 'ranking';

/** On what it was measured. */
interface Setting {
  readonly seconds: number;
  readonly products: number;
  readonly mode: SearchAnswer['mode'];
  readonly queries: Pick<CapacityQueries, 'from' | 'distinct'>;
}

export interface CapacityReport extends Setting, Level {
  readonly max_p95_ms: number;
  /** False where even one client waits for longer. */
  readonly within: boolean;
  readonly levels: readonly Level[];
  readonly parts_ms: Parts;
  readonly bottleneck: Bottleneck;
}

interface Measured extends Setting {
  readonly maxP95: number;
  readonly embeddingThreads: number;
  readonly levels: readonly Level[];
  readonly parts: Parts;
}

/** The most searches a second whose p95 is within the limit; where none is, what one client gets. */
export function reportOf(measured: Measured): CapacityReport {
  const { seconds, products, mode, queries, maxP95, embeddingThreads, levels, parts } = measured;
  const within = levels.filter(({ p95_ms }) => p95_ms <= maxP95);
  const [best = { clients: 1, searches_per_second: 0, p50_ms: 0, p95_ms: 0 }] = (
    within.length > 0 ? within : levels.slice(0, 1)
  ).toSorted((a, b) => b.searches_per_second - a.searches_per_second || a.clients - b.clients);
  return {
    ...roundedLevel(best),
    ...{ seconds, products, mode, queries, max_p95_ms: maxP95, within: within.length > 0 },
    levels: levels.map(roundedLevel),
    parts_ms: {
      understand: rounded(parts.understand),
      embed: rounded(parts.embed),
      retrieve: rounded(parts.retrieve),
      rank: rounded(parts.rank),
    },
    bottleneck: bottleneckOf(parts, embeddingThreads),
  };
}

/** Embedding has threads of its own, everything else shares one. */
function bottleneckOf({ understand, embed, retrieve, rank }: Parts, embeddingThreads: number): Bottleneck {
  if (embed / embeddingThreads > understand + retrieve + rank) return 'embedding';
  return understand + retrieve >= rank ? 'retrieval' : 'ranking';
}

function roundedLevel({ clients, searches_per_second, p50_ms, p95_ms }: Level): Level {
  return {
    clients,
    searches_per_second: rounded(searches_per_second),
    p50_ms: rounded(p50_ms),
    p95_ms: rounded(p95_ms),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
