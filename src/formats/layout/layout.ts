import { attributeName } from '../../domain/field.js';
import { fold } from '../../text/fold.js';
import { readMoney } from '../../text/money.js';
import { type Notation, readNumber } from '../../text/numbers.js';
import type { FileNotation } from './fileNotation.js';

/** What a record of a table turned out to be, before the product schema has looked at it. */
export type Reading =
  | {
      readonly kind: 'draft';
      readonly draft: Record<string, unknown>;
      /** The record takes the product's shared columns from an earlier one, so blanks of them are not its own. */
      readonly inherits: boolean;
    }
  | { readonly kind: 'bad'; readonly field: string; readonly reason: string }
  | { readonly kind: 'more' };

/** Reads the records of one pass, in order: what stands in a row may depend on the rows before it. */
export interface RowReader {
  read(cells: readonly string[]): Reading;
}

/** How the columns of a table make products. */
export interface Layout {
  /** Which export it was recognised as. */
  readonly name: 'plain' | 'shopify' | 'google';
  /** The header as it came. */
  readonly columns: readonly string[];
  /** Column names as a record's keys: as they came, told apart where two are the same. */
  readonly keys: readonly string[];
  /** The product field that each column is read as; undefined where it has no part in the product. */
  readonly fields: readonly (string | undefined)[];
  /** Where the values of a field stand, and where a blank of it is filled. */
  columnIndex(field: string): number | undefined;
  /** Whether a column stands in a product's first row only, for the rows that inherit from it. */
  isShared(column: number): boolean;
  reader(): RowReader;
}

/** The first rows of a table, by which a doubtful column is told. */
export type SampleRows = readonly (readonly string[])[];

/** A column name's form for comparing: folded, words parted by single spaces: `Product_Name*` → `product name`. */
export function columnKey(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Keys for a record: as the columns are named, numbered where a name is missing, repeated or unsafe. */
export function recordKeys(columns: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return columns.map((column, at) => {
    const name = column === '' ? `column ${at + 1}` : column;
    let key = name === '__proto__' ? '__proto__ column' : name;
    let count = counts.get(name) ?? 1;
    while (taken.has(key)) key = `${name} (${++count})`;
    counts.set(name, count);
    taken.add(key);
    return key;
  });
}

/** Finds a field's column: by its exact name, else an attribute's under folding. */
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

/** The attribute that a column or option name stands for: the few that every shop has by one name, others as they came. */
export function attributeOf(name: string): string {
  const key = columnKey(name);
  return Object.hasOwn(ATTRIBUTE_NAMES, key) ? (ATTRIBUTE_NAMES[key] ?? name) : name.trim();
}

function attributeKeyOf(name: string): string {
  return columnKey(attributeOf(name));
}

/** A table where each row is a product and each column a field. */
export function plainLayout(
  name: 'plain' | 'google',
  columns: readonly string[],
  fields: readonly (string | undefined)[],
  numbers: FileNotation,
): Layout {
  const currency = columns.map((column, at) =>
    fields[at] === 'price' ? priceColumnCurrency(column) : undefined,
  );
  return {
    name,
    columns,
    keys: recordKeys(columns),
    fields,
    columnIndex: fieldIndex(fields),
    isShared: () => false,
    reader: () => ({ read: (cells) => readCells(cells, fields, currency, numbers) }),
  };
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** `Price (USD)` → `USD`. */
export function priceColumnCurrency(column: string): string | undefined {
  const code = /\b([a-z]{3})\)?\s*$/i.exec(column)?.[1]?.toUpperCase() ?? '';
  return CURRENCIES.has(code) ? code : undefined;
}

function readCells(
  cells: readonly string[],
  fields: readonly (string | undefined)[],
  currency: readonly (string | undefined)[],
  numbers: FileNotation,
): Reading {
  const draft: Record<string, unknown> = {};
  const attributes: Record<string, string> = {};
  let found: string | undefined;
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at];
    const cell = cells[at];
    if (field === undefined || cell === undefined || cell.trim() === '') continue;
    const name = attributeName(field);
    if (name !== undefined) attributes[name] = numbers.attribute(at, cell);
    else if (field === 'price') {
      const price = readMoney(cell, numbers.notation);
      if (price === undefined) return badPrice(cell);
      draft.price = price.amount;
      found = price.currency ?? currency[at];
    } else if (field === 'stock') setStock(draft, cell, numbers.notation);
    else draft[field] = cell;
  }
  if (found !== undefined && draft.currency === undefined) draft.currency = found;
  if (Object.keys(attributes).length > 0) draft.attributes = attributes;
  return { kind: 'draft', draft, inherits: false };
}

/** The problem of a price cell that holds no price. */
export function badPrice(cell: string): Reading {
  const shown = JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);
  return {
    kind: 'bad',
    field: 'price',
    reason: `expected a price such as 1299.00 or €1.299,00, found ${shown}`,
  };
}

const STOCK_WORDS =
  /^(?:(?:in|out of|low|no|limited) ?stock|(?:un|not )?available|sold out|(?:back|pre) ?order|yes|no)$/;

/** A stock column holds a count, or words that are the availability's; anything else is left for the schema to refuse. */
export function setStock(draft: Record<string, unknown>, cell: string, notation: Notation): void {
  const count = readNumber(cell, notation);
  if (count !== undefined) draft.stock = count;
  else if (STOCK_WORDS.test(columnKey(cell))) draft.availability ??= cell;
  else draft.stock = cell;
}
