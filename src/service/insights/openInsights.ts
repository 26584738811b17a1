import {
  type CompletenessPoint,
  readCompletenessHistory,
} from '../../catalog/reindex/completenessHistory.js';
import { readReindexReports, type StoredReindexReport } from '../../catalog/reindex/reindexReports.js';
import { governingTaxonomy, starterTaxonomy } from '../../catalog/taxonomy/governingTaxonomy.js';
import type { Store } from '../../store/open.js';
import { type LoggedQuery, QueryLog } from '../../store/queryLog.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { type Quality, readQuality } from '../monitor/quality.js';
import { type QualityPoint, readQualityHistory } from '../monitor/qualityHistory.js';
import { type CellCounts, countCells } from './countCells.js';
import { type CompletenessAnswer, summarizeCells } from './summarizeCells.js';

/** What people searched for. */
export interface QueriesAnswer {
  /** Whether searches are recorded, and for how many days they are kept. */
  readonly recorded: boolean;
  readonly days: number;
  /** Recorded searches without a filter, and those of them that found nothing. */
  readonly searches: number;
  readonly empty: number;
  readonly queries: LoggedQuery[];
}

/** What a merchandiser looks at to decide what to do next. */
export interface Insights {
  /** Completeness of the categories below one; undefined: of the topmost ones. */
  completeness(under: string | undefined): Promise<CompletenessAnswer>;
  /** The most frequent queries; `none`: only those that found nothing. */
  queries(found: 'none' | 'any', limit: number): QueriesAnswer;
  /** The quality as measured last, by whichever service, and over time, oldest first. */
  quality(): { readonly last: Quality | undefined; readonly history: QualityPoint[] };
  /** How complete the catalog was at each reindex, oldest first. */
  completenessHistory(): CompletenessPoint[];
  /** What each of the latest reindexes changed, oldest first. */
  reindexReports(): StoredReindexReport[];
}

/** Reading does not wait for writers. */
const NO_BUSY_TIMEOUT = 0;

export function openInsights(store: Store, queryDays: number): Insights {
  let known: { readonly key: string; readonly view: TaxonomyView; readonly counts: Promise<CellCounts> };
  const count = (view: TaxonomyView): Promise<CellCounts> => {
    // A reindex writes facts without a change of products, but never without this setting.
    const key = JSON.stringify([
      store.changes.last(),
      store.decisions.last(),
      store.settings.getJson('enriched') ?? null,
    ]);
    if (known?.key === key && known.view === view) return known.counts;
    const counts = countCells(store, view);
    known = { key, view, counts };
    counts.catch(() => {
      known = { ...known, key: '' };
    });
    return counts;
  };
  return {
    completeness: async (under) =>
      summarizeCells(await count(governingTaxonomy(store) ?? (await starterTaxonomy())), under),
    queries: (found, limit) => {
      const log = new QueryLog(store.path, NO_BUSY_TIMEOUT, { readonly: true });
      try {
        const queries = found === 'none' ? log.empty(limit) : log.asked(limit);
        return { recorded: queryDays > 0, days: queryDays, ...log.tallySince(''), queries };
      } finally {
        log.close();
      }
    },
    quality: () => ({ last: readQuality(store), history: readQualityHistory(store) }),
    completenessHistory: () => readCompletenessHistory(store),
    reindexReports: () => readReindexReports(store),
  };
}
