import type { CompletenessReport, Gap } from './countCompleteness.js';
import type { Duplicate, Finding, Variants } from './finding.js';

/** The data-quality report of a catalog file, as `audit --json` prints it. */
export interface AuditReport {
  readonly rows: number;
  readonly quarantined: number;
  readonly seconds: number;
  /** The version that governed; `drafted` where it was only drafted from the rows themselves. */
  readonly taxonomy: string;
  readonly drafted: boolean;
  /** Findings by kind, with duplicates and variants. */
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  readonly duplicates: readonly Duplicate[];
  readonly variants: readonly Variants[];
  readonly completeness: CompletenessReport;
  /** Where filling blanks pays most, the first twenty. */
  readonly start: readonly Gap[];
  /** The column that `start` is weighed by, where the export has one. */
  readonly demand?: string;
  /** What was left out and why, a sentence each. */
  readonly notes: readonly string[];
}
