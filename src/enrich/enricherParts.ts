import type { EnrichReport } from './enrich.js';
import type { Calibration } from './judge/answer.js';
import type { Knowledge } from './propose/knowledge.js';
import type { Trial } from './trial.js';

/** What an enricher is made of. */
export interface EnricherParts {
  readonly knowledge: Knowledge;
  readonly calibration: Calibration;
  readonly signature: string;
  readonly report: EnrichReport;
  readonly expected: Trial | undefined;
}
