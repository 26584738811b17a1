import { attributeField, attributeName } from '../../domain/field.js';
import type { FieldProblem } from '../../domain/fieldProblem.js';
import { fold } from '../../text/fold.js';
import { readMoney } from '../../text/money.js';
import { type CellValues, cellValues } from './cellValues.js';
import { type FileNotation, fileNotation } from './fileNotation.js';
import {
  attributeOf,
  badPrice,
  fieldIndex,
  type Layout,
  type ParsedRow,
  type RowReader,
  recordKeys,
  type SampleRows,
  safeName,
  setStock,
} from './layout.js';
import { setGtin } from './setGtin.js';

/** Columns that are filled only in a product's first row and apply to all its variants. */
const PRODUCT_FIELDS: Readonly<Record<string, string>> = {
  Title: 'title',
  'Body (HTML)': 'description',
  Vendor: 'brand',
  'Image Src': 'image',
  Tags: 'Tags',
  Status: 'status',
  // Of older exports; with Status, it only names a sales channel.
  Published: 'status',
  'Google Shopping / Gender': 'attributes.gender',
  'Google Shopping / Age Group': 'attributes.age_group',
};

const VARIANT_FIELDS: Readonly<Record<string, string>> = {
  'Variant SKU': 'sku',
  'Variant Price': 'price',
  'Variant Barcode': 'gtin',
  'Variant Inventory Qty': 'stock',
  'Google Shopping / MPN': 'mpn',
};

/** Possible category columns, the shop's own first. The one with the most filled cells is used. */
const CATEGORY_COLUMNS = [
  'Type',
  'Product Category',
  'Standard Product Type',
  'Custom Product Type',
  'Google Shopping / Google Product Category',
];

const KNOWN_FIELDS = new Map([...Object.entries(PRODUCT_FIELDS), ...Object.entries(VARIANT_FIELDS)]);

const METAFIELD = /^(.+?) \(product\.metafields\.[\w.-]+\)$/;
const NO_OPTION = 'Default Title';
const OPTIONS = [1, 2, 3].map((count) => ({ name: `Option${count} Name`, value: `Option${count} Value` }));

/** Whether the columns are those of a Shopify product export. */
export function isShopifyExport(columns: readonly string[]): boolean {
  return (
    columns.includes('Handle') &&
    columns.includes('Title') &&
    columns.some((column) => /^(?:Variant|Option1) /.test(column))
  );
}

/**
 * The layout of a Shopify product export, with one product per variant. The first row of a handle holds title,
 * description, brand and category for all its variants. Rows with only an image continue the previous product. The
 * product's id is its SKU if no earlier product has it, else its handle followed by its option values.
 */
export function shopifyLayout(
  columns: readonly string[],
  sample: SampleRows,
  preset: readonly (string | undefined)[],
): Layout {
  const category = mostFilledColumn(columns, sample);
  const names = recordKeys(columns);
  const taken = new Set(preset.filter((field) => field !== undefined));
  const fields = columns.map((column, at) => {
    const mapped = preset[at];
    if (mapped !== undefined) return mapped;
    if (columns.indexOf(column) !== at) return names[at];
    if (column === 'Handle') return 'handle';
    if (column === 'Published' && columns.includes('Status')) return names[at];
    if (OPTIONS.some(({ name, value }) => column === name || column === value)) return undefined;
    const field =
      (at === category ? 'category' : (KNOWN_FIELDS.get(column) ?? metafield(column))) ?? names[at];
    if (field === undefined || taken.has(field)) return taken.has(column) ? undefined : names[at];
    taken.add(field);
    return field;
  });
  const numbers = fileNotation(fields, sample);
  const values = cellValues(fields, sample, numbers, (at) => (columns[at] === 'Tags' ? [','] : []));
  return {
    name: 'shopify',
    columns,
    keys: names,
    fields,
    notation: numbers.notation,
    columnIndex: fieldIndex(fields),
    isShared: (column) => isProductColumn(columns[column] ?? '', fields[column]),
    reader: () => new VariantReader(columns, fields, numbers, values),
  };
}

function metafield(column: string): string | undefined {
  const name = METAFIELD.exec(column)?.[1];
  return name === undefined ? undefined : attributeField(attributeOf(name));
}

function mostFilledColumn(columns: readonly string[], sample: SampleRows): number {
  let best = { at: -1, filled: -1 };
  for (const column of CATEGORY_COLUMNS) {
    const at = columns.indexOf(column);
    if (at === -1) continue;
    const filled = sample.filter((row) => /\p{L}/u.test(row[at] ?? '')).length;
    if (filled > best.filled) best = { at, filled };
  }
  return best.at;
}

/** The first row of a handle, with the values that later rows inherit. */
interface FirstRow {
  readonly handle: string;
  readonly inherited: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, string | string[] | null>>;
  readonly optionNames: readonly string[];
}

class VariantReader implements RowReader {
  #first: FirstRow | undefined;
  readonly #skus = new Set<string>();
  readonly #handle: number;
  readonly #sku: number;
  readonly #isProductColumn: readonly boolean[];
  readonly #variantColumns: readonly number[];
  readonly #options: readonly { readonly name: number; readonly value: number }[];
  readonly #variantImage: number;

  constructor(
    readonly columns: readonly string[],
    readonly fields: readonly (string | undefined)[],
    readonly numbers: FileNotation,
    readonly values: CellValues,
  ) {
    const place = (column: string): number => columns.indexOf(column);
    this.#handle = place('Handle');
    this.#sku = place('Variant SKU');
    this.#variantImage = place('Variant Image');
    this.#options = OPTIONS.map(({ name, value }) => ({ name: place(name), value: place(value) }));
    this.#isProductColumn = columns.map((column, at) => isProductColumn(column, fields[at]));
    this.#variantColumns = ['Variant SKU', 'Variant Price', 'Variant Barcode', 'Option1 Value']
      .map(place)
      .filter((at) => at !== -1);
  }

  read(cells: readonly string[]): ParsedRow {
    const handle = at(cells, this.#handle);
    if (handle === '')
      return {
        kind: 'bad',
        field: 'Handle',
        reason: 'missing or empty; every row of a Shopify export names its product',
      };
    const first = this.#first?.handle === handle ? this.#first : undefined;
    if (first === undefined) {
      this.#first = this.#firstRowOf(handle, cells);
      return this.#variant(this.#first, cells, false);
    }
    if (this.#variantColumns.every((column) => at(cells, column) === '')) return { kind: 'continuation' };
    return this.#variant(first, cells, true);
  }

  #firstRowOf(handle: string, cells: readonly string[]): FirstRow {
    const inherited: Record<string, unknown> = {};
    const attributes: Record<string, string | string[] | null> = {};
    for (const [column, field] of this.fields.entries()) {
      const cell = cells[column] ?? '';
      if (field === undefined || !this.#isProductColumn[column]) continue;
      const isBlank = cell.trim() === '';
      const name = attributeName(field);
      if (name !== undefined) attributes[name] = isBlank ? null : this.values.attribute(column, cell);
      else if (isBlank) inherited[field] = null;
      else if (field === 'category') this.values.setCategory(inherited, column, cell);
      else if (field === 'status') inherited[field] = STATUS_OF[cell.trim().toLowerCase()] ?? cell;
      else inherited[field] = this.values.extra(column, cell);
    }
    return { handle, inherited, attributes, optionNames: this.#options.map(({ name }) => at(cells, name)) };
  }

  #variant(first: FirstRow, cells: readonly string[], inherits: boolean): ParsedRow {
    const draft: Record<string, unknown> = { ...first.inherited };
    const attributes: Record<string, string | string[] | null> = { ...first.attributes };
    const unreadable: FieldProblem[] = [];
    const chosen: string[] = [];
    for (const [place, { name, value }] of this.#options.entries()) {
      const option = at(cells, name) || (first.optionNames[place] ?? '');
      const choice = at(cells, value);
      if (option === '' || choice === '' || (choice === NO_OPTION && option === 'Title')) continue;
      attributes[safeName(attributeOf(option))] = choice;
      chosen.push(choice);
    }
    for (const [column, field] of this.fields.entries()) {
      const cell = cells[column] ?? '';
      if (field === undefined || (this.#isProductColumn[column] && attributeName(field) === undefined))
        continue;
      const name = attributeName(field);
      if (cell.trim() === '') {
        if (name === undefined) draft[field] ??= null;
        else attributes[name] ??= null;
      } else if (name !== undefined) attributes[name] = this.values.attribute(column, cell);
      else if (field === 'price') {
        const price = readMoney(cell, this.numbers.amounts);
        if (price === undefined) unreadable.push(badPrice(cell));
        draft.price = price?.amount ?? null;
        if (price?.currency !== undefined) draft.currency = price.currency;
      } else if (field === 'stock') setStock(draft, cell, this.numbers.amounts);
      // A leading apostrophe keeps spreadsheet programs from reading a barcode as a number.
      else if (field === 'gtin') setGtin(draft, unreadable, cell.replace(/^'/, ''));
      else draft[field] = this.values.extra(column, cell);
    }
    if (at(cells, this.#variantImage) !== '') draft.image = at(cells, this.#variantImage);
    if (Object.keys(attributes).length > 0) draft.attributes = attributes;
    if (chosen.length > 0) draft.group_id = first.handle;
    draft.id ??= this.#idOf(first.handle, at(cells, this.#sku), chosen);
    return { kind: 'draft', draft, unreadable, inherits };
  }

  #idOf(handle: string, sku: string, chosen: readonly string[]): string {
    const own = sku.replace(/^'/, '');
    if (own !== '' && !this.#skus.has(own)) {
      this.#skus.add(own);
      return own;
    }
    return [handle, ...chosen.map(slug)].filter((part) => part !== '').join('-');
  }
}

/** Shopify lists only active products in searches. */
const STATUS_OF: Readonly<Record<string, string>> = {
  active: 'active',
  draft: 'draft',
  archived: 'archived',
  unlisted: 'archived',
  true: 'active',
  false: 'draft',
};

const INHERITED = new Set(['title', 'description', 'brand', 'category', 'image', 'status', 'Tags']);

function isProductColumn(column: string, field: string | undefined): boolean {
  return INHERITED.has(field ?? '') || Object.hasOwn(PRODUCT_FIELDS, column) || METAFIELD.test(column);
}

function at(cells: readonly string[], column: number): string {
  return (cells[column] ?? '').trim();
}

function slug(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
