import { z } from 'zod';
import type { MonitoringSettings } from '../../configuration/monitoring.js';
import type { Manifest } from '../../index/generation/manifest.js';
import type { Store } from '../../store/open.js';
import { QueryLog } from '../../store/queryLog.js';
import { evaluateRecentWrites, type RecentWritesEvaluation } from './measures/evaluateRecentWrites.js';
import { few, type Measure, measureSchema, unknown } from './measures/measure.js';
import { measureAbstention, measureConfidence } from './measures/measureConfidence.js';
import { measureDrift, measureOutOfDistribution } from './measures/measureDrift.js';
import { measureDelta, measureGenerationAge, measureImportAge } from './measures/measureFreshness.js';
import { measureQuarantine } from './measures/measureQuarantine.js';
import { measureRejections } from './measures/measureRejections.js';
import { measureVectors } from './measures/measureVectors.js';
import { measureZeroHits } from './measures/measureZeroHits.js';

const QUALITY_FORMAT = 1;
/** Reading the log of queries waits for nobody. */
const NO_BUSY_TIMEOUT = 0;

export const qualitySchema = z.object({
  format: z.literal(QUALITY_FORMAT),
  /** When, as ISO 8601 in UTC. */
  at: z.string(),
  generation: z.string().nullable(),
  measures: z.array(measureSchema),
});
export type Quality = z.infer<typeof qualitySchema>;

/**
 * Measures a store as it stands, by samples. Takes up to some seconds of one core and loads the enricher, so a service
 * has it done in a process of its own.
 */
export async function measureQuality(
  store: Store,
  generation: Manifest | undefined,
  settings: MonitoringSettings,
  now: Date,
): Promise<Quality> {
  const tried = await evaluateRecentWrites(store, generation, settings);
  const log = new QueryLog(store.path, NO_BUSY_TIMEOUT, { readonly: true });
  try {
    return {
      format: QUALITY_FORMAT,
      at: now.toISOString(),
      generation: generation?.id ?? null,
      measures: [
        ...compareTrials(tried, settings),
        measureRejections(store, settings, now),
        measureZeroHits(log, settings, now),
        measureDelta(store, generation, settings),
        measureGenerationAge(store, generation, settings, now),
        measureImportAge(store, settings, now),
        measureQuarantine(store, settings),
        measureVectors(store, generation, settings),
      ],
    };
  } finally {
    log.close();
  }
}

function compareTrials(tried: RecentWritesEvaluation, settings: MonitoringSettings): Measure[] {
  if (tried.state === 'tried') {
    const { expected, found } = tried;
    return [measureDrift, measureOutOfDistribution, measureConfidence, measureAbstention].map((measure) =>
      measure(expected, found, settings),
    );
  }
  const bases = [
    { name: 'drift', threshold: settings.most_drift },
    { name: 'strangers', threshold: settings.most_strangers },
    { name: 'confidence_fall', threshold: settings.most_confidence_fall },
    { name: 'abstention_rise', threshold: settings.most_abstention_rise },
  ] as const;
  return bases.map((basis) =>
    tried.state === 'few' ? few(basis, tried.of, tried.sentence) : unknown(basis, tried.sentence),
  );
}
