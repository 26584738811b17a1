import { attributeName } from '../../domain/field.js';
import type { FieldProblem } from '../../domain/fieldProblem.js';
import { currencyCode, isCurrencyCode } from '../../text/currencies.js';
import { fold } from '../../text/fold.js';
import { amountText } from '../../text/html.js';
import { readMoney } from '../../text/money.js';
import { type Notation, readNumber } from '../../text/numbers.js';
import type { CellValues } from './cellValues.js';
import type { FileNotation } from './fileNotation.js';
import { setGtin } from './setGtin.js';

/** A parsed record of a table, before validation against the product schema. */
export type ParsedRow =
  | {
      readonly kind: 'draft';
      /** A field that is null has a cell, which is blank or unreadable. */
      readonly draft: Record<string, unknown>;
      readonly unreadable: readonly FieldProblem[];
      /** The record inherits the shared columns from an earlier record, so its blanks there are not to be filled. */
      readonly inherits: boolean;
    }
  | { readonly kind: 'bad'; readonly field: string; readonly reason: string }
  | { readonly kind: 'continuation' };

/** Reads the records of one pass, in order: a row can depend on earlier rows. */
export interface RowReader {
  read(cells: readonly string[]): ParsedRow;
}

/** How the columns of a table map to products. */
export interface Layout {
  /** The recognised kind of export. */
  readonly name: 'plain' | 'shopify' | 'google' | 'woocommerce';
  /** The unchanged header. */
  readonly columns: readonly string[];
  /** Column names as unique keys of a record. */
  readonly keys: readonly string[];
  /** The product field of each column; undefined for ignored columns. */
  readonly fields: readonly (string | undefined)[];
  /** How the texts of the table write numbers. */
  readonly notation: Notation;
  /** The column to read a field from and to fill it in. */
  columnIndex(field: string): number | undefined;
  /** What to write into a cell for a value; undefined if the column cannot hold it. Default: the value. */
  cellOf?(column: number, value: string): string | undefined;
  /** Whether a column is filled only in a product's first row and inherited by the others. */
  isShared(column: number): boolean;
  reader(): RowReader;
}

/** The first rows of a table, used to classify ambiguous columns. */
export type SampleRows = readonly (readonly string[])[];

/** A column name in normal form, folded and with single spaces between words: `Product_Name*` → `product name`. */
export function columnKey(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Unique record keys: the column names, changed where a name is missing, unsafe, or looks like an earlier one:
 * `Material ` after `Material` becomes `Material (2)`.
 */
export function recordKeys(columns: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return columns.map((column, at) => {
    const looks = lookOf(column);
    const name = looks === '' ? `column ${at + 1}` : column;
    let key = name === '__proto__' ? '__proto__ column' : name;
    let count = counts.get(looks) ?? 1;
    while (taken.has(lookOf(key))) key = `${name.trim()} (${++count})`;
    counts.set(looks, count);
    taken.add(lookOf(key));
    return key;
  });
}

/** What a reader tells names apart by: not case, white space, invisible or equivalent characters. */
export function lookOf(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** Finds a field's column by exact name, or for attributes by folded name. */
export function fieldIndex(fields: readonly (string | undefined)[]): (field: string) => number | undefined {
  const exact = new Map<string, number>();
  const folded = new Map<string, number>();
  for (const [at, field] of fields.entries()) {
    if (field === undefined) continue;
    if (!exact.has(field)) exact.set(field, at);
    const name = attributeName(field);
    if (name !== undefined && !folded.has(columnKey(name))) folded.set(columnKey(name), at);
  }
  return (field) => {
    const name = attributeName(field);
    return exact.get(field) ?? (name === undefined ? undefined : folded.get(attributeKeyOf(name)));
  };
}

const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  color: 'color',
  colour: 'color',
  size: 'size',
  material: 'material',
  pattern: 'pattern',
  gender: 'gender',
  'age group': 'age_group',
};

/** The attribute name of a column or option: a standard name for common attributes, else the trimmed name. */
export function attributeOf(name: string): string {
  const key = columnKey(name);
  return Object.hasOwn(ATTRIBUTE_NAMES, key) ? (ATTRIBUTE_NAMES[key] ?? name) : name.trim();
}

function attributeKeyOf(name: string): string {
  return columnKey(attributeOf(name));
}

/** The layout of a table where each row is a product and each column a field. */
export function plainLayout(
  name: 'plain' | 'google',
  columns: readonly string[],
  fields: readonly (string | undefined)[],
  numbers: FileNotation,
  values: CellValues,
): Layout {
  const currency = columns.map((column, at) =>
    fields[at] === 'price' ? priceColumnCurrency(column) : undefined,
  );
  return {
    name,
    columns,
    keys: recordKeys(columns),
    fields,
    notation: numbers.notation,
    columnIndex: fieldIndex(fields),
    isShared: () => false,
    reader: () => ({ read: (cells) => readCells(cells, fields, currency, numbers, values) }),
  };
}

/** `Price (USD)` → `USD`. */
export function priceColumnCurrency(column: string): string | undefined {
  const code = /\b([a-z]{3})\)?\s*$/i.exec(column)?.[1]?.toUpperCase() ?? '';
  return isCurrencyCode(code) ? code : undefined;
}

function readCells(
  cells: readonly string[],
  fields: readonly (string | undefined)[],
  currency: readonly (string | undefined)[],
  numbers: FileNotation,
  values: CellValues,
): ParsedRow {
  const draft: Record<string, unknown> = {};
  const attributes: Record<string, string | string[] | null> = {};
  const unreadable: FieldProblem[] = [];
  let found: string | undefined;
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at];
    if (field === undefined) continue;
    const cell = cells[at] ?? '';
    const name = attributeName(field);
    if (name !== undefined) attributes[name] = cell.trim() === '' ? null : values.attribute(at, cell);
    else if (cell.trim() === '') draft[field] ??= null;
    else if (field === 'price') {
      const price = readMoney(cell, numbers.amounts, currency[at]);
      if (price === undefined) unreadable.push(badPrice(cell));
      draft.price = price?.amount ?? null;
      found = price?.currency ?? currency[at];
    } else if (field === 'stock') setStock(draft, cell, numbers.amounts);
    else if (field === 'gtin') setGtin(draft, unreadable, cell);
    else if (field === 'currency') draft.currency = currencyCode(cell) ?? cell;
    else if (field === 'category') values.setCategory(draft, at, cell);
    else draft[field] = values.extra(at, cell);
  }
  if (found !== undefined) draft.currency ??= found;
  if (Object.keys(attributes).length > 0) draft.attributes = attributes;
  return { kind: 'draft', draft, unreadable, inherits: false };
}

/** What is wrong with a price cell that is not a price. */
export function badPrice(cell: string): FieldProblem {
  const shown = JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);
  return { field: 'price', reason: `expected a price such as 1299.00 or €1.299,00, found ${shown}` };
}

const STOCK_WORDS =
  /^(?:(?:in|out of|low|no|limited) ?stock|(?:un|not )?available|sold out|(?:back|pre) ?order|yes|no)$/;

const PIECES = /(?<=\d)\s*(?:pcs?|pieces?|pce|pz|stk|stück|stuks?|units?|ea|szt|ks|шт|uds?|un)\.?\s*$/iu;

/** Reads a stock cell: a count, or words that mean an availability. The schema rejects anything else. */
export function setStock(draft: Record<string, unknown>, cell: string, notation: Notation): void {
  const text = amountText(cell);
  const count = readNumber(text.replace(PIECES, ''), notation);
  draft.stock = count ?? text;
  if (count !== undefined || !STOCK_WORDS.test(columnKey(text))) return;
  draft.stock = null;
  draft.availability ??= text;
}

/** A name for an attribute that rows name themselves. */
export function safeName(name: string): string {
  return name.trim() === '__proto__' ? '__proto__ column' : name;
}
