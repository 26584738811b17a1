import type { AttributeValue } from '../domain/product.js';

export const FINDING_KINDS = [
  'impossible',
  'contradiction',
  'category',
  'vocabulary',
  'spelling',
  'missing',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One thing about one product that a person should look at. */
export interface Finding {
  readonly kind: FindingKind;
  readonly id: string;
  /** `category`, `price`, `attributes.color`, …; absent where the whole product is meant. */
  readonly field?: string;
  /** As it stands in the row. */
  readonly value?: AttributeValue;
  /** One sentence: what was found and why it is doubted. */
  readonly message: string;
  /** What it likely should be. */
  readonly suggestion?: AttributeValue;
}

/** Two rows that are likely the same thing, `ids` ascending. */
export interface Duplicate {
  readonly ids: readonly [string, string];
  /** How likely, 0 to 1, as the catalog's own agreement pattern says. */
  readonly score: number;
  readonly reason: string;
}

/** Rows that are one thing in several colours, sizes or the like, `ids` ascending. */
export interface Variants {
  readonly ids: readonly string[];
  readonly reason: string;
}

/** A cell's text inside a message. */
export function quoted(text: string): string {
  return `“${text}”`;
}
