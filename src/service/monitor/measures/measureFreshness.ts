import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import type { Manifest } from '../../../index/generation/manifest.js';
import type { Store } from '../../../store/open.js';
import { few, known, type Measure, percent, unknown } from './measure.js';

const DAY_MS = 86_400_000;
/** A smaller delta costs searches nothing, however large a share of a small catalog it is. */
const MIN_DELTA = 5000;

/** The share of products written since the current generation was built. */
export function measureDelta(
  { changes, products }: Pick<Store, 'changes' | 'products'>,
  generation: Manifest | undefined,
  { max_delta }: MonitoringSettings,
): Measure {
  const basis = { name: 'delta', threshold: max_delta } as const;
  if (generation === undefined) return unknown(basis, NO_GENERATION);
  const written = changes.countSince(generation.sequence);
  const share = Math.min(1, written / Math.max(1, products.count()));
  const sentence = `${written} products were written since the generation was built: ${percent(share)} of the catalog.`;
  return written < MIN_DELTA ? few(basis, written, sentence) : known(basis, share, written, sentence);
}

/** The age of a generation that lacks recent writes. */
export function measureGenerationAge(
  { changes }: Pick<Store, 'changes'>,
  generation: Manifest | undefined,
  { max_generation_days }: MonitoringSettings,
  now: Date,
): Measure {
  const basis = { name: 'generation_days', threshold: thresholdOf(max_generation_days) } as const;
  if (generation === undefined) return unknown(basis, NO_GENERATION);
  const days = daysBetween(generation.created, now);
  const outdated = changes.lastContent() > generation.sequence;
  const sentence = `The generation was built ${days.toFixed(1)} days ago, and ${outdated ? 'products were written since' : 'nothing was written since'}.`;
  return outdated ? known(basis, days, 1, sentence) : few(basis, 0, sentence);
}

/** How long ago the last import ended. */
export function measureImportAge(
  { imports }: Pick<Store, 'imports'>,
  { max_import_days }: MonitoringSettings,
  now: Date,
): Measure {
  const basis = { name: 'import_days', threshold: thresholdOf(max_import_days) } as const;
  const [last] = imports.list(1);
  if (last === undefined) return few(basis, 0, 'No import is known.');
  const days = daysBetween(last.at, now);
  return known(basis, days, 1, `The last import ended ${days.toFixed(1)} days ago.`);
}

const NO_GENERATION = 'Nothing was indexed yet: run shelfwright reindex.';

function thresholdOf(days: number): number | null {
  return days === 0 ? null : days;
}

function daysBetween(then: string, now: Date): number {
  return Math.max(0, (now.getTime() - Date.parse(then)) / DAY_MS);
}
