import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import type { Store } from '../../../store/open.js';
import { few, known, type Measure, percent } from './measure.js';

const DAY_MS = 86_400_000;

/** The share of recent decisions that rejected the suggestion, for the field where it is highest. */
export function measureRejections(
  { decisions }: Pick<Store, 'decisions'>,
  { max_rejections, min_decisions, decisions_days }: MonitoringSettings,
  now: Date,
): Measure {
  const basis = { name: 'rejections', threshold: max_rejections } as const;
  const tallies = decisions.tallySince(new Date(now.getTime() - decisions_days * DAY_MS).toISOString());
  const [worst] = tallies
    .filter(({ decided }) => decided >= min_decisions)
    .sort((a, b) => b.refused / b.decided - a.refused / a.decided);
  if (worst === undefined) {
    const max = Math.max(0, ...tallies.map(({ decided }) => decided));
    return few(basis, max, `No field had ${min_decisions} decisions in ${decisions_days} days.`);
  }
  const { field, decided, refused } = worst;
  const share = refused / decided;
  return known(
    basis,
    share,
    decided,
    `${percent(share)} of ${decided} suggestions for ${field} were rejected in ${decisions_days} days.`,
  );
}
