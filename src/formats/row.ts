import type { Product } from '../domain/product.js';
import type { RowValues } from '../domain/readRow.js';

/** The unchanged input row: the JSON object, or column -> cell. */
export type SourceRecord = Readonly<Record<string, unknown>>;

export interface ProductRow extends RowValues {
  readonly kind: 'product';
  /** 1-based line of the file where the row begins. */
  readonly line: number;
  /** As people read it, see `readableProduct`. */
  readonly product: Product;
  /** With the merchant's own markup. */
  readonly original: Product;
  readonly record: SourceRecord;
}

/** The values of a row to store. */
export function originalValues({ original, cleared, unreadable }: ProductRow): RowValues {
  return { product: original, cleared, unreadable };
}

export interface BadRow {
  readonly kind: 'bad';
  readonly line: number;
  /** Product field, such as `price` or `attributes.color`; '' if the whole row is unreadable. */
  readonly field: string;
  readonly reason: string;
  /** The row's text, or its cells as JSON; at most 2,000 characters. */
  readonly text: string;
  /** The product's id, if it was readable. */
  readonly id: string | undefined;
  readonly record: SourceRecord | undefined;
}

/** Continues the previous product (a Shopify image row); copied unchanged. */
interface ContinuationRow {
  readonly kind: 'continuation';
  readonly line: number;
  readonly record: SourceRecord;
}

export type Row = ProductRow | BadRow | ContinuationRow;

const MAX_TEXT_LENGTH = 2000;

/** Creates a bad row; `text` is cut to the length that quarantine keeps. */
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
    text: text.slice(0, MAX_TEXT_LENGTH),
    id: found.id,
    record: found.record,
  };
}

/** From this length on, a V8 substring references its parent string: an id would keep its whole row in memory. */
const MIN_SLICED_LENGTH = 13;

/** The ids of a file with their lines, to detect duplicates. */
export class SeenIds {
  readonly #lines = new Map<string, number>();

  /** The line that already has the id. If the id is new, records it and returns undefined. */
  firstLine(id: string, line: number): number | undefined {
    const first = this.#lines.get(id);
    if (first === undefined)
      this.#lines.set(id.length < MIN_SLICED_LENGTH ? id : Buffer.from(id).toString(), line);
    return first;
  }
}

export function duplicateReason(id: string, first: number): string {
  return `the id ${JSON.stringify(id)} is already on line ${first}; every product needs an id of its own`;
}
