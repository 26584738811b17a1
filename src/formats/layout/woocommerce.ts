import { CATEGORIES } from '../../domain/categoryPath.js';
import { attributeName } from '../../domain/field.js';
import type { FieldProblem } from '../../domain/fieldProblem.js';
import { readMoney } from '../../text/money.js';
import { readNumber } from '../../text/numbers.js';
import { splitList } from '../../text/splitList.js';
import { type CellValues, cellValues } from './cellValues.js';
import { fieldsOfColumns } from './columns.js';
import { type FileNotation, fileNotation } from './fileNotation.js';
import {
  attributeOf,
  badPrice,
  columnKey,
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

/** Product fields of the columns, by column key. Other columns of an export become extra fields. */
const FIELDS: Readonly<Record<string, string>> = {
  id: 'id',
  sku: 'sku',
  name: 'title',
  description: 'description',
  brands: 'brand',
  brand: 'brand',
  'gtin upc ean or isbn': 'gtin',
  'regular price': 'price',
  'sale price': 'sale_price',
  stock: 'stock',
  'in stock': 'availability',
  categories: 'category',
  tags: 'tags',
  images: 'image',
  published: 'status',
  type: 'type',
};

/** Columns that say how the shop handles a product, not what it is. */
const SHOP_COLUMN =
  /^(?:is featured|visibility in catalog|short description|date sale price .*|tax .*|low stock amount|backorders allowed|sold individually|allow customer reviews|purchase note|shipping class|download .*|grouped products|upsells|cross sells|external url|button text|position|meta .*)$/;

const ATTRIBUTE = /^attribute (\d+) (name|value s|visible|global|default)$/;
/** `Weight (kg)`: an attribute whose unit is in the header. */
const MEASURE = /^\s*(Weight|Length|Width|Height)\s*\(\s*([a-z]+)\s*\)\s*$/i;

/** Columns that are blank in a variation and apply to it from its parent. */
const INHERITED = new Set(['description', 'brand', 'category', 'image', 'tags']);

const COMMA = [','] as const;
const COMMAS: ReadonlySet<','> = new Set(COMMA);

/** Whether the columns are those of a WooCommerce product export. */
export function isWooCommerceExport(columns: readonly string[]): boolean {
  const keys = new Set(columns.map(columnKey));
  return (
    keys.has('type') &&
    keys.has('name') &&
    (keys.has('id') || keys.has('sku')) &&
    (keys.has('attribute 1 name') || (keys.has('published') && keys.has('regular price')))
  );
}

/**
 * The layout of a WooCommerce product export. A cell with several values separates them by commas; `\,` is a comma.
 * Columns in pairs hold the name and the values of an attribute. A variation has the parent's id as its group, and
 * takes description, brand, categories, tags and attributes from it.
 */
export function wooCommerceLayout(
  columns: readonly string[],
  sample: SampleRows,
  preset: readonly (string | undefined)[],
): Layout {
  const keys = columns.map(columnKey);
  const names = recordKeys(columns);
  const known = columns.map((column, at) => {
    const key = keys[at] ?? '';
    if (preset[at] !== undefined) return preset[at];
    if (keys.indexOf(key) !== at) return undefined;
    const measure = MEASURE.exec(column)?.[1];
    const field =
      measure !== undefined
        ? `attributes.${measure.toLowerCase()}`
        : Object.hasOwn(FIELDS, key)
          ? FIELDS[key]
          : undefined;
    if (field !== undefined && !preset.includes(field)) return field;
    return SHOP_COLUMN.test(key) ? names[at] : undefined;
  });
  if (!known.includes('id')) known[known.indexOf('sku')] = 'id';
  const fields = fieldsOfColumns(columns, sample, known).fields.map((field, at) =>
    preset[at] === undefined && (ATTRIBUTE.test(keys[at] ?? '') || keys[at] === 'parent') ? undefined : field,
  );
  const numbers = fileNotation(fields, sample);
  const units = columns.map((column) => MEASURE.exec(column)?.[2]);
  const values = cellValues(fields, sample, numbers, (at) =>
    fields[at] === 'category' || fields[at] === 'tags' ? COMMA : [],
  );
  return {
    name: 'woocommerce',
    columns,
    keys: names,
    fields,
    notation: numbers.notation,
    columnIndex: fieldIndex(fields),
    isShared: (column) => INHERITED.has(fields[column] ?? ''),
    cellOf(column, value) {
      if (fields[column] === 'category') return value.replaceAll(',', '\\,');
      // The header has the unit already.
      return withoutUnit(value, units[column]);
    },
    reader: () => new ProductReader(keys, fields, units, numbers, values),
  };
}

interface Parent {
  readonly id: string;
  readonly draft: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

class ProductReader implements RowReader {
  /** Under their ids and SKUs. */
  readonly #parents = new Map<string, Parent>();
  #lastParent: Parent | undefined;
  readonly #place: Readonly<Record<'id' | 'sku' | 'parent' | 'short' | 'visibility', number>>;
  readonly #pairs: readonly { readonly name: number; readonly values: number }[];

  constructor(
    keys: readonly string[],
    readonly fields: readonly (string | undefined)[],
    readonly units: readonly (string | undefined)[],
    readonly numbers: FileNotation,
    readonly values: CellValues,
  ) {
    this.#place = {
      id: fields.indexOf('id'),
      sku: keys.indexOf('sku'),
      parent: keys.indexOf('parent'),
      short: keys.indexOf('short description'),
      visibility: keys.indexOf('visibility in catalog'),
    };
    this.#pairs = keys.flatMap((key, name) => {
      const [, number, part] = ATTRIBUTE.exec(key) ?? [];
      const place = keys.indexOf(`attribute ${number} value s`);
      return part === 'name' && place !== -1 ? [{ name, values: place }] : [];
    });
  }

  read(cells: readonly string[]): ParsedRow {
    const draft: Record<string, unknown> = {};
    const attributes: Record<string, unknown> = {};
    const unreadable: FieldProblem[] = [];
    for (const [column, field] of this.fields.entries()) {
      if (field === undefined) continue;
      const cell = cells[column] ?? '';
      const name = attributeName(field);
      if (name !== undefined) attributes[name] = cell.trim() === '' ? null : this.#attribute(column, cell);
      else if (cell.trim() === '') draft[field] ??= null;
      else this.#setField(draft, column, cell, unreadable);
    }
    if (draft.category === null) draft[CATEGORIES] = null;
    draft.id ??= at(cells, this.#place.sku) || null;
    if (draft.description === null) draft.description = text(at(cells, this.#place.short)) || null;
    draft.price ??= draft.sale_price;
    // The shop shows it to those who have its link only.
    if (at(cells, this.#place.visibility).toLowerCase() === 'hidden') draft.status = 'draft';
    for (const pair of this.#pairs) {
      const name = at(cells, pair.name);
      if (name === '') continue;
      const list = [...new Set(splitList(at(cells, pair.values), COMMAS))];
      attributes[safeName(attributeOf(name))] = list.length > 1 ? list : (list[0] ?? null);
    }
    const inherits = this.#placeInGroup(draft, attributes, cells);
    if (Object.keys(attributes).length > 0) draft.attributes = attributes;
    return { kind: 'draft', draft, unreadable, inherits };
  }

  #setField(draft: Record<string, unknown>, column: number, cell: string, unreadable: FieldProblem[]): void {
    const field = this.fields[column] ?? '';
    const { amounts: notation } = this.numbers;
    if (field === 'price' || field === 'sale_price') {
      const price = readMoney(cell, notation);
      if (price === undefined && field === 'price') unreadable.push(badPrice(cell));
      draft[field] = price?.amount ?? null;
      if (price?.currency !== undefined) draft.currency = price.currency;
    } else if (field === 'stock') setStock(draft, cell, notation);
    else if (field === 'gtin') setGtin(draft, unreadable, cell);
    else if (field === 'availability') draft[field] ??= AVAILABILITY[cell.trim().toLowerCase()] ?? cell;
    else if (field === 'category') this.values.setCategory(draft, column, cell);
    else if (field === 'image') draft[field] = cell.split(/,\s*(?=https?:|\/)/)[0]?.trim();
    else if (field === 'status') draft[field] = readNumber(cell, notation) === 1 ? 'active' : 'draft';
    else if (field === 'type') draft[field] = cell.trim();
    else if (field === 'description') draft[field] = text(cell);
    else draft[field] = this.values.extra(column, cell);
  }

  #attribute(column: number, cell: string): string | string[] {
    const value = this.values.attribute(column, cell);
    const unit = this.units[column];
    return unit === undefined || typeof value !== 'string' || !/^[\d.,]+$/.test(value.trim())
      ? value
      : `${value.trim()} ${unit}`;
  }

  /** Sets the group of a product with variations; true for a variation, which takes its blanks from its parent. */
  #placeInGroup(
    draft: Record<string, unknown>,
    attributes: Record<string, unknown>,
    cells: readonly string[],
  ): boolean {
    const id = typeof draft.id === 'string' ? draft.id.trim() : '';
    const types = String(draft.type ?? '').split(/,\s*/);
    if (types.includes('variable')) {
      draft.group_id = id;
      this.#lastParent = { id, draft: { ...draft }, attributes: { ...attributes } };
      for (const key of [`id:${id}`, at(cells, this.#place.sku)])
        if (key !== '') this.#parents.set(key, this.#lastParent);
    }
    if (!types.includes('variation')) return false;
    const named = at(cells, this.#place.parent);
    const parent = named === '' ? this.#lastParent : this.#parents.get(named);
    draft.group_id = parent?.id ?? (named.replace(/^id:/, '') || null);
    for (const field of [...INHERITED, CATEGORIES]) draft[field] ??= parent?.draft[field];
    for (const [name, value] of Object.entries(parent?.attributes ?? {})) attributes[name] ??= value;
    if (parent?.draft.status === 'draft') draft.status = 'draft';
    return true;
  }
}

const AVAILABILITY: Readonly<Record<string, string>> = {
  1: 'in_stock',
  0: 'out_of_stock',
  backorder: 'backorder',
};

/** WooCommerce writes a line break as `\n`. Of the same length, so that spans of the text fit the cell. */
function text(cell: string): string {
  return cell.replaceAll('\\n', ' \n');
}

function withoutUnit(value: string, unit: string | undefined): string | undefined {
  if (unit === undefined || /^[\d.,]+$/.test(value)) return value;
  const [, number, written] = /^([\d.,]+)\s*([a-z]+)$/i.exec(value) ?? [];
  return written?.toLowerCase() === unit.toLowerCase() ? number : undefined;
}

function at(cells: readonly string[], column: number): string {
  return (cells[column] ?? '').trim();
}
