import { attributeField, attributeName } from '../../domain/field.js';
import { fold } from '../../text/fold.js';
import { htmlText } from '../../text/html.js';
import { readMoney } from '../../text/money.js';
import { type FileNotation, fileNotation } from './fileNotation.js';
import {
  attributeOf,
  badPrice,
  fieldIndex,
  type Layout,
  type Reading,
  type RowReader,
  recordKeys,
  type SampleRows,
  setStock,
} from './layout.js';

/** Columns that stand in a product's first row only and hold for its variants too. */
const PRODUCT: Readonly<Record<string, string>> = {
  Title: 'title',
  'Body (HTML)': 'description',
  Vendor: 'brand',
  'Image Src': 'image',
  'Google Shopping / Gender': 'attributes.gender',
  'Google Shopping / Age Group': 'attributes.age_group',
};

const VARIANT: Readonly<Record<string, string>> = {
  'Variant SKU': 'sku',
  'Variant Price': 'price',
  'Variant Barcode': 'gtin',
  'Variant Inventory Qty': 'stock',
  'Google Shopping / MPN': 'mpn',
};

/** Where the category may stand, the shop's own first; the one most often filled is it. */
const CATEGORY = [
  'Type',
  'Product Category',
  'Standard Product Type',
  'Custom Product Type',
  'Google Shopping / Google Product Category',
];

const KNOWN = new Map([...Object.entries(PRODUCT), ...Object.entries(VARIANT)]);

const METAFIELD = /^(.+?) \(product\.metafields\.[\w.-]+\)$/;
const NO_OPTION = 'Default Title';
const OPTIONS = [1, 2, 3].map((count) => ({ name: `Option${count} Name`, value: `Option${count} Value` }));

/** Whether a header is that of a Shopify product export. */
export function isShopifyExport(columns: readonly string[]): boolean {
  return (
    columns.includes('Handle') &&
    columns.includes('Title') &&
    columns.some((column) => /^(?:Variant|Option1) /.test(column))
  );
}

/**
 * Reads a Shopify product export, a product a variant: the first row of a handle carries title, description,
 * brand and category for all its variants, rows with nothing but an image belong to the product before them.
 * A product's id is its SKU if it has one of its own, else its handle, with its option values where it has any.
 */
export function shopifyLayout(
  columns: readonly string[],
  sample: SampleRows,
  preset: readonly (string | undefined)[],
): Layout {
  const category = fullest(columns, sample);
  const names = recordKeys(columns);
  const taken = new Set(preset.filter((field) => field !== undefined));
  const fields = columns.map((column, at) => {
    const stated = preset[at];
    if (stated !== undefined) return stated;
    if (columns.indexOf(column) !== at) return names[at];
    if (column === 'Handle') return 'handle';
    if (OPTIONS.some(({ name, value }) => column === name || column === value)) return undefined;
    const field = (at === category ? 'category' : (KNOWN.get(column) ?? metafield(column))) ?? names[at];
    if (field === undefined || taken.has(field)) return taken.has(column) ? undefined : names[at];
    taken.add(field);
    return field;
  });
  const numbers = fileNotation(fields, sample);
  return {
    name: 'shopify',
    columns,
    keys: names,
    fields,
    columnIndex: fieldIndex(fields),
    isShared: (column) => isOfProduct(columns[column] ?? '', fields[column]),
    reader: () => new VariantReader(columns, fields, numbers),
  };
}

function metafield(column: string): string | undefined {
  const name = METAFIELD.exec(column)?.[1];
  return name === undefined ? undefined : attributeField(attributeOf(name));
}

function fullest(columns: readonly string[], sample: SampleRows): number {
  let best = { at: -1, filled: -1 };
  for (const column of CATEGORY) {
    const at = columns.indexOf(column);
    if (at === -1) continue;
    const filled = sample.filter((row) => /\p{L}/u.test(row[at] ?? '')).length;
    if (filled > best.filled) best = { at, filled };
  }
  return best.at;
}

/** What a handle's first row gives to the rows after it. */
interface Lead {
  readonly handle: string;
  readonly inherited: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly optionNames: readonly string[];
}

class VariantReader implements RowReader {
  #lead: Lead | undefined;
  readonly #skus = new Set<string>();
  readonly #handle: number;
  readonly #sku: number;
  readonly #ofProduct: readonly boolean[];
  readonly #ofVariant: readonly number[];
  readonly #options: readonly { readonly name: number; readonly value: number }[];
  readonly #variantImage: number;

  constructor(
    readonly columns: readonly string[],
    readonly fields: readonly (string | undefined)[],
    readonly numbers: FileNotation,
  ) {
    const place = (column: string): number => columns.indexOf(column);
    this.#handle = place('Handle');
    this.#sku = place('Variant SKU');
    this.#variantImage = place('Variant Image');
    this.#options = OPTIONS.map(({ name, value }) => ({ name: place(name), value: place(value) }));
    this.#ofProduct = columns.map((column, at) => isOfProduct(column, fields[at]));
    this.#ofVariant = ['Variant SKU', 'Variant Price', 'Variant Barcode', 'Option1 Value']
      .map(place)
      .filter((at) => at !== -1);
  }

  read(cells: readonly string[]): Reading {
    const handle = at(cells, this.#handle);
    if (handle === '')
      return {
        kind: 'bad',
        field: 'Handle',
        reason: 'missing or empty; every row of a Shopify export names its product',
      };
    const lead = this.#lead?.handle === handle ? this.#lead : undefined;
    if (lead === undefined) {
      this.#lead = this.#leadOf(handle, cells);
      return this.#variant(this.#lead, cells, false);
    }
    if (this.#ofVariant.every((column) => at(cells, column) === '')) return { kind: 'more' };
    return this.#variant(lead, cells, true);
  }

  #leadOf(handle: string, cells: readonly string[]): Lead {
    const inherited: Record<string, string> = {};
    const attributes: Record<string, string> = {};
    for (const [column, field] of this.fields.entries()) {
      const cell = cells[column] ?? '';
      if (field === undefined || !this.#ofProduct[column] || cell.trim() === '') continue;
      const name = attributeName(field);
      if (name !== undefined) attributes[name] = this.numbers.attribute(column, cell);
      else if (INHERITED.has(field)) inherited[field] = field === 'description' ? htmlText(cell) : cell;
    }
    return { handle, inherited, attributes, optionNames: this.#options.map(({ name }) => at(cells, name)) };
  }

  #variant(lead: Lead, cells: readonly string[], inherits: boolean): Reading {
    const draft: Record<string, unknown> = { ...lead.inherited };
    const attributes: Record<string, string> = { ...lead.attributes };
    const chosen: string[] = [];
    for (const [place, { name, value }] of this.#options.entries()) {
      const option = at(cells, name) || (lead.optionNames[place] ?? '');
      const choice = at(cells, value);
      if (option === '' || choice === '' || (choice === NO_OPTION && option === 'Title')) continue;
      attributes[safe(attributeOf(option))] = choice;
      chosen.push(choice);
    }
    for (const [column, field] of this.fields.entries()) {
      const cell = cells[column] ?? '';
      if (field === undefined || INHERITED.has(field) || cell.trim() === '') continue;
      const name = attributeName(field);
      if (name !== undefined) attributes[name] = this.numbers.attribute(column, cell);
      else if (field === 'price') {
        const price = readMoney(cell, this.numbers.notation);
        if (price === undefined) return badPrice(cell);
        draft.price = price.amount;
        if (price.currency !== undefined) draft.currency = price.currency;
      } else if (field === 'stock') setStock(draft, cell, this.numbers.notation);
      // Spreadsheets keep a barcode from becoming a number by a leading apostrophe.
      else draft[field] = field === 'gtin' ? cell.replace(/^'/, '') : cell;
    }
    if (at(cells, this.#variantImage) !== '') draft.image = at(cells, this.#variantImage);
    if (Object.keys(attributes).length > 0) draft.attributes = attributes;
    if (chosen.length > 0) draft.group_id = lead.handle;
    draft.id ??= this.#idOf(lead.handle, at(cells, this.#sku), chosen);
    return { kind: 'draft', draft, inherits };
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

const INHERITED = new Set(['title', 'description', 'brand', 'category', 'image']);

function isOfProduct(column: string, field: string | undefined): boolean {
  return INHERITED.has(field ?? '') || Object.hasOwn(PRODUCT, column) || METAFIELD.test(column);
}

function at(cells: readonly string[], column: number): string {
  return (cells[column] ?? '').trim();
}

function slug(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function safe(name: string): string {
  return name === '__proto__' ? '__proto__ option' : name;
}
