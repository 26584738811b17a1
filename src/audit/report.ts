import type { AttributeValue } from '../domain/product.js';
import type { CompletenessReport, Gap } from './countCompleteness.js';

/** The data-quality report of a catalog file, as `audit --json` prints it. */
export interface AuditReport {
  readonly rows: number;
  readonly quarantined: number;
  /** Cells that could not be read and count as blank, by field. */
  readonly unreadable: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Version of the taxonomy; `drafted` if it was drafted from the rows of the file. */
  readonly taxonomy: string;
  readonly drafted: boolean;
  /** Number of findings by kind, and of duplicates and variants. */
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  readonly duplicates: readonly Duplicate[];
  readonly variants: readonly Variants[];
  readonly completeness: CompletenessReport;
  /** The gaps that are most worth filling, at most twenty. */
  readonly start: readonly Gap[];
  /** The demand column that `start` is weighted by, if there is one. */
  readonly demand?: string;
  /** What was left out and why, one sentence each. */
  readonly notes: readonly string[];
}

/** Most severe first. */
export const FINDING_KINDS = [
  'impossible',
  'contradiction',
  'category',
  'vocabulary',
  'spelling',
  'missing',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One problem of one product for a person to look at. */
export interface Finding {
  readonly kind: FindingKind;
  readonly id: string;
  /** `category`, `price`, `attributes.color`, …; absent if the whole product is meant. */
  readonly field?: string;
  /** As in the row. */
  readonly value?: AttributeValue;
  /** The problem as a phrase that follows the product’s id. */
  readonly message: string;
  /** The probable correct value. */
  readonly suggestion?: AttributeValue;
}

/** Two rows that are probably the same thing; `ids` ascending. */
export interface Duplicate {
  readonly ids: readonly [string, string];
  /** Probability, 0 to 1, by the record linkage model. */
  readonly score: number;
  readonly reason: string;
}

/** Rows that are variants of one thing, such as colours or sizes; `ids` ascending. */
export interface Variants {
  readonly ids: readonly string[];
  readonly reason: string;
}

/** Quotes a cell's text in a message. */
export function quoted(text: string): string {
  return `“${text}”`;
}
