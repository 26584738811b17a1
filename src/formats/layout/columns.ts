import { attributeField } from '../../domain/field.js';
import { unguardFormula } from '../formulaGuard.js';
import { attributeOf, columnKey, priceColumnCurrency, recordKeys, type SampleRows } from './layout.js';

/** Names that columns give the fields of a product, as column keys, the likeliest first. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  id: [
    'id',
    'product id',
    'productid',
    'item id',
    'itemid',
    'article id',
    'uniq id',
    'unique id',
    'external id',
  ],
  title: [
    'title',
    'name',
    'product title',
    'product name',
    'productname',
    'item name',
    'product display name',
    'productdisplayname',
    'titel',
    'produktname',
    'artikelname',
    'artikelbezeichnung',
    'bezeichnung',
    'nom',
    'nom du produit',
    'nombre',
    'naam',
    'nome',
  ],
  description: [
    'description',
    'product description',
    'long description',
    'full description',
    'desc',
    'short description',
    'beschreibung',
    'artikelbeschreibung',
    'produktbeschreibung',
    'descripcion',
    'descrizione',
    'omschrijving',
    'body',
    'body html',
  ],
  brand: [
    'brand',
    'brand name',
    'brandname',
    'vendor',
    'manufacturer',
    'maker',
    'marke',
    'hersteller',
    'marque',
    'marca',
    'merk',
  ],
  category: [
    'category',
    'category path',
    'product category',
    'categories',
    'category name',
    'kategorie',
    'kategorien',
    'warengruppe',
    'categorie',
    'categoria',
    'product type',
    'producttype',
    'department',
  ],
  price: [
    'price',
    'unit price',
    'selling price',
    'sales price',
    'regular price',
    'retail price',
    'list price',
    'price gross',
    'price incl vat',
    'variant price',
    'preis',
    'verkaufspreis',
    'prix',
    'precio',
    'prezzo',
    'prijs',
    'cost',
  ],
  currency: ['currency', 'currency code', 'price currency', 'wahrung', 'devise', 'moneda', 'valuta'],
  availability: [
    'availability',
    'stock status',
    'available',
    'verfugbarkeit',
    'disponibilite',
    'disponibilidad',
  ],
  stock: [
    'stock',
    'quantity',
    'qty',
    'inventory',
    'stock quantity',
    'stock qty',
    'inventory quantity',
    'inventory qty',
    'quantity in stock',
    'qty in stock',
    'units in stock',
    'on hand',
    'bestand',
    'lagerbestand',
    'in stock',
  ],
  url: ['url', 'product url', 'link', 'product link', 'permalink', 'producturl'],
  image: [
    'image',
    'image url',
    'image link',
    'image src',
    'main image',
    'imageurl',
    'images',
    'picture',
    'photo',
    'bild',
    'bild url',
  ],
  gtin: [
    'gtin',
    'ean',
    'upc',
    'barcode',
    'gtin13',
    'ean13',
    'gtin 13',
    'ean 13',
    'ean code',
    'upc code',
    'isbn',
  ],
  sku: [
    'sku',
    'item number',
    'item no',
    'item',
    'item code',
    'article number',
    'article no',
    'product code',
    'product number',
    'part number',
    'stock code',
    'artikelnummer',
    'artikelnr',
    'artikel nr',
    'art nr',
    'bestellnummer',
    'style number',
    'model number',
    'referentie',
    'reference',
  ],
  mpn: ['mpn', 'manufacturer part number', 'herstellernummer'],
  group_id: ['group id', 'item group id', 'parent id', 'parent sku', 'parent', 'variant group'],
};

/** A column that says which product it is, where no column is an id. */
const INSTEAD_OF_ID = ['sku', 'handle'];

/** Columns that are about the record, not about the thing: no blank of them is worth filling. */
const ABOUT_THE_RECORD = [
  /\b(?:id|ids|guid|uuid|url|urls|link|links|uri|src|href|image|images|photo|video|html|json|slug|handle)$/,
  /\b(?:date|time|timestamp|created|updated|modified|published|expires|since|until)\b/,
  /\b(?:at|on)$/,
  /^(?:is|has|show|hide|allow|enable|enabled|active|visible|featured|deleted|archived|status|state)\b/,
  /^(?:seo|meta|og|utm|google|facebook|custom label)\b/,
  /^(?:tags?|keywords?|notes?|comments?|rating|ratings|reviews?|review count|sort|sort order|position|rank|views|clicks|sales|sold)$/,
  /\b(?:cost|price|preis|tax|vat|taxable|shipping|supplier|warehouse|bin)\b/,
];

const ATTRIBUTE_COLUMN = /^attr(?:ibute)?s?\s*[.:]\s*(.+)$/i;

export interface ColumnFields {
  readonly fields: (string | undefined)[];
  /** Whether a column holds the id that each product must have. */
  readonly identified: boolean;
}

/**
 * Reads each column of a table as a product field, by its name: fields of the record, `attributes.x`, the
 * rest as attributes by their own names. Columns that are about the record rather than the thing (ids, links,
 * flags, dates, markup) become extra fields, kept as they came. `preset` fields stand as they are.
 */
export function fieldsOfColumns(
  columns: readonly string[],
  sample: SampleRows,
  preset: readonly (string | undefined)[] = [],
): ColumnFields {
  const keys = columns.map(columnKey);
  const names = recordKeys(columns);
  const fields: (string | undefined)[] = columns.map((_, at) => preset[at]);
  const taken = new Set(fields.filter((field) => field !== undefined));
  const give = (at: number, field: string): void => {
    fields[at] = field;
    taken.add(field);
  };
  for (const [field, synonyms] of Object.entries(NAMES)) {
    if (taken.has(field)) continue;
    const found = likeliest(columns, fields, (at) =>
      rank(field, columns[at] ?? '', keys[at] ?? '', synonyms),
    );
    if (found !== undefined) give(found, field);
  }
  if (!taken.has('id')) {
    const found =
      fields.indexOf('sku') === -1
        ? keys.findIndex((key) => INSTEAD_OF_ID.includes(key))
        : fields.indexOf('sku');
    if (found !== -1) give(found, 'id');
  }
  const synonyms = new Set(Object.values(NAMES).flat());
  for (const [at, column] of columns.entries()) {
    if (fields[at] !== undefined) continue;
    const stated = ATTRIBUTE_COLUMN.exec(column)?.[1];
    const key = keys[at] ?? '';
    const name = names[at] ?? column;
    if (key === '' || name === 'attributes') continue;
    const attribute = attributeField(attributeOf(stated ?? unguardFormula(column)));
    const own = attributeField(name);
    const extra =
      synonyms.has(key) || isAboutRecord(key) || holdsNoAttribute(sample.map((row) => row[at] ?? ''));
    // A column that `--map` passed over in favour of another has no part in the product.
    if (stated === undefined && extra) fields[at] = taken.has(name) ? undefined : name;
    else if (stated?.trim() === '__proto__') fields[at] = undefined;
    else give(at, taken.has(attribute) ? own : attribute);
  }
  return { fields, identified: taken.has('id') };
}

/** How well a column's name says that it holds the field: the lower the better; undefined for not at all. */
function rank(field: string, column: string, key: string, synonyms: readonly string[]): number | undefined {
  if (column === field) return -1;
  const place = synonyms.indexOf(key);
  if (place !== -1) return place;
  return field === 'price' && /^price\b/.test(key) && priceColumnCurrency(column) !== undefined
    ? synonyms.length
    : undefined;
}

function likeliest(
  columns: readonly string[],
  fields: readonly (string | undefined)[],
  rankOf: (at: number) => number | undefined,
): number | undefined {
  let best: { at: number; rank: number } | undefined;
  for (const at of columns.keys()) {
    const found = fields[at] === undefined ? rankOf(at) : undefined;
    if (found !== undefined && (best === undefined || found < best.rank)) best = { at, rank: found };
  }
  return best?.at;
}

function isAboutRecord(key: string): boolean {
  return ABOUT_THE_RECORD.some((pattern) => pattern.test(key));
}

const URL_CELL = /^(?:https?:)?\/\/\S+$/i;
const DATE_CELL = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}(?: \d.*)?$/;
const KEY_CELL = /^(?:[0-9a-f]{24,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|gid:\/\/\S+)$/i;
const FLAG_CELL = /^(?:true|false|0|1)$/i;
const MARKUP_CELL = /<\/?[a-z][^<>]*>/i;
const JSON_CELL = /^[[{][\s\S]*[\]}]$/;
/** Longer cells are prose, not values. */
const VALUE_LENGTH = 200;

function holdsNoAttribute(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (filled.length === 0) return false;
  for (const pattern of [URL_CELL, DATE_CELL, KEY_CELL, FLAG_CELL, MARKUP_CELL, JSON_CELL]) {
    if (filled.every((cell) => pattern.test(cell))) return true;
  }
  return filled.every((cell) => cell.length > VALUE_LENGTH);
}
