import type { Calibration } from './calibration/answer.js';
import type { EnrichReport } from './enrich.js';
import type { HoldoutProfile } from './holdoutProfile.js';
import type { Knowledge } from './propose/knowledge.js';

/** What an enricher is made of. */
export interface EnricherParts {
  readonly knowledge: Knowledge;
  readonly calibration: Calibration;
  readonly signature: string;
  readonly report: EnrichReport;
  readonly expected: HoldoutProfile | undefined;
}
