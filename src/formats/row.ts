import type { Product } from '../domain/product.js';

/** A row as it came: the JSON object, or column -> cell. */
export type SourceRecord = Readonly<Record<string, unknown>>;

interface ProductRow {
  readonly kind: 'product';
  /** 1-based line of the file on which the row begins. */
  readonly line: number;
  readonly product: Product;
  readonly record: SourceRecord;
}

export interface BadRow {
  readonly kind: 'bad';
  readonly line: number;
  /** Product field, as `price` or `attributes.color`; '' where the row as a whole is unreadable. */
  readonly field: string;
  readonly reason: string;
  /** The row's own text, or its JSON; cut at 2,000 characters. */
  readonly text: string;
  /** The product's id, where the row was readable so far. */
  readonly id: string | undefined;
  readonly record: SourceRecord | undefined;
}

/** Belongs to the product before it (an image row of Shopify's); passed through. */
interface MoreRow {
  readonly kind: 'more';
  readonly line: number;
  readonly record: SourceRecord;
}

export type Row = ProductRow | BadRow | MoreRow;

const TEXT_LIMIT = 2000;

/** Makes a bad row; `text` is cut to what quarantine keeps. */
export function badRow(
  line: number,
  problem: { readonly field: string; readonly reason: string },
  text: string,
  found: { readonly id?: string | undefined; readonly record?: SourceRecord } = {},
): BadRow {
  return {
    kind: 'bad',
    line,
    field: problem.field,
    reason: problem.reason,
    text: text.slice(0, TEXT_LIMIT),
    id: found.id,
    record: found.record,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** From this length on V8 cuts a string out of another by keeping that one: an id would keep its whole row in memory. */
const SLICED = 13;

/** The ids of a file and the lines they stand on, so that a second row of one id is told. */
export class SeenIds {
  readonly #lines = new Map<string, number>();

  /** The line that has the id already; undefined, and remembered, where it is new. */
  firstLine(id: string, line: number): number | undefined {
    const first = this.#lines.get(id);
    if (first === undefined) this.#lines.set(id.length < SLICED ? id : Buffer.from(id).toString(), line);
    return first;
  }
}

export function duplicateReason(id: string, first: number): string {
  return `the id ${JSON.stringify(id)} is already on line ${first}; every product needs an id of its own`;
}
