import type { MonitoringSettings } from '../../configuration/monitoring.js';
import type { Manifest } from '../../index/generation/manifest.js';
import type { Store } from '../../store/open.js';
import { QueryLog } from '../../store/queryLog.js';
import { evaluateRecentWrites, type RecentWritesEvaluation } from './measures/evaluateRecentWrites.js';
import { few, type Measure, unknown } from './measures/measure.js';
import { measureAbstention, measureConfidence } from './measures/measureConfidence.js';
import { measureDrift, measureOutOfDistribution } from './measures/measureDrift.js';
import { measureDelta, measureGenerationAge, measureImportAge } from './measures/measureFreshness.js';
import { measureQuarantine } from './measures/measureQuarantine.js';
import { measureRejections } from './measures/measureRejections.js';
import { measureVectors } from './measures/measureVectors.js';
import { measureZeroHits } from './measures/measureZeroHits.js';
import { QUALITY_FORMAT, type Quality } from './quality.js';

/** Reading the log of queries does not wait for writers. */
const NO_BUSY_TIMEOUT = 0;

/**
 * Measures the quality of a store by samples. It loads the enricher and takes some seconds of one core, so a service
 * runs it in a child process.
 */
export async function measureQuality(
  store: Store,
  generation: Manifest | undefined,
  settings: MonitoringSettings,
  now: Date,
): Promise<Quality> {
  const recent = await evaluateRecentWrites(store, generation, settings);
  const log = new QueryLog(store.path, NO_BUSY_TIMEOUT, { readonly: true });
  try {
    return {
      format: QUALITY_FORMAT,
      at: now.toISOString(),
      generation: generation?.id ?? null,
      measures: [
        ...compareWithHoldout(recent, settings),
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

function compareWithHoldout(recent: RecentWritesEvaluation, settings: MonitoringSettings): Measure[] {
  if (recent.state === 'evaluated') {
    const { expected, found } = recent;
    return [measureDrift, measureOutOfDistribution, measureConfidence, measureAbstention].map((measure) =>
      measure(expected, found, settings),
    );
  }
  const bases = [
    { name: 'drift', threshold: settings.max_drift },
    { name: 'strangers', threshold: settings.max_out_of_distribution },
    { name: 'confidence_fall', threshold: settings.max_confidence_fall },
    { name: 'abstention_rise', threshold: settings.max_abstention_rise },
  ] as const;
  return bases.map((basis) =>
    recent.state === 'few' ? few(basis, recent.of, recent.sentence) : unknown(basis, recent.sentence),
  );
}
