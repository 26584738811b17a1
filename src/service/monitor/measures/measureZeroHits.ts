import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import type { QueryLog } from '../../../store/queryLog.js';
import { few, known, type Measure, percent } from './measure.js';

const DAY_MS = 86_400_000;

/** The share of recent searches without a filter that found nothing. */
export function measureZeroHits(
  log: Pick<QueryLog, 'tallySince'>,
  { max_zero_hits, min_searches, searches_days }: MonitoringSettings,
  now: Date,
): Measure {
  const basis = { name: 'zero_hits', threshold: max_zero_hits } as const;
  const first = new Date(now.getTime() - (searches_days - 1) * DAY_MS).toISOString().slice(0, 10);
  const { searches, empty } = log.tallySince(first);
  if (searches < min_searches) {
    return few(
      basis,
      searches,
      `Only ${searches} searches without a filter were recorded in ${searches_days} days.`,
    );
  }
  const share = empty / searches;
  return known(
    basis,
    share,
    searches,
    `${percent(share)} of ${searches} searches in ${searches_days} days found nothing: see shelfwright queries zero.`,
  );
}
