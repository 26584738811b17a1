import { cellValues } from './cellValues.js';
import { fieldsOfColumns } from './columns.js';
import { fileNotation } from './fileNotation.js';
import { columnKey, type Layout, plainLayout, recordKeys, type SampleRows } from './layout.js';

/** Product fields of Google Merchant feed columns; other columns become extra fields. */
const FIELDS: Readonly<Record<string, string>> = {
  id: 'id',
  title: 'title',
  description: 'description',
  link: 'url',
  'image link': 'image',
  availability: 'availability',
  price: 'price',
  brand: 'brand',
  gtin: 'gtin',
  mpn: 'mpn',
  'item group id': 'group_id',
  color: 'attributes.color',
  size: 'attributes.size',
  material: 'attributes.material',
  pattern: 'attributes.pattern',
  gender: 'attributes.gender',
  'age group': 'attributes.age_group',
};

/** The shop's own category first, then Google's. Either column can be empty. */
const CATEGORY_COLUMNS = ['product type', 'google product category'];

/** Whether the columns are those of a Google Merchant feed. */
export function isGoogleFeed(columns: readonly string[]): boolean {
  const keys = new Set(columns.map(googleKey));
  return ['id', 'title', 'link', 'image link'].every((key) => keys.has(key));
}

/** The layout of a Google Merchant feed: `15.00 USD` is price and currency, `item_group_id` is the group. */
export function googleLayout(
  columns: readonly string[],
  sample: SampleRows,
  preset: readonly (string | undefined)[],
): Layout {
  const keys = columns.map(googleKey);
  const names = recordKeys(columns);
  const category = presetHas(preset, 'category') ? -1 : mostFilledColumn(keys, sample);
  const fields = keys.map((key, at) => {
    const mapped = preset[at];
    if (mapped !== undefined) return mapped;
    if (at === category) return 'category';
    const field = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
    if (field !== undefined && !presetHas(preset, field) && keys.indexOf(key) === at) return field;
    // Columns outside the feed specification are the shop's own.
    return FEED_COLUMN.test(key) && field === undefined ? names[at] : undefined;
  });
  const all = fieldsOfColumns(columns, sample, fields).fields;
  const numbers = fileNotation(all, sample);
  // The feed specification separates several colours or materials by slashes.
  const values = cellValues(all, sample, numbers, (at) =>
    keys[at] === 'color' || keys[at] === 'material' ? ['/'] : [],
  );
  return plainLayout('google', columns, all, numbers, values);
}

const FEED_COLUMN =
  /^(?:additional image link|mobile link|condition|adult|multipack|is bundle|identifier exists|sale price.*|availability date|expiration date|cost of goods sold|unit pricing.*|installment|subscription cost|loyalty.*|google product category|product type|custom label \d|shipping.*|tax.*|promotion id|excluded destination|included destination|ads.*|energy efficiency.*|.*energy efficiency class|size type|size system|product (?:detail|highlight|length|width|height|weight)|max handling time|min handling time|transit time label|pause|canonical link|store code|short title|lifestyle image link)$/;

function googleKey(column: string): string {
  return columnKey(column.replace(/^g:/i, ''));
}

function presetHas(preset: readonly (string | undefined)[], field: string): boolean {
  return preset.includes(field);
}

/** The category column with the most cells that contain letters; a bare number is a Google category id. */
function mostFilledColumn(keys: readonly string[], sample: SampleRows): number {
  let best = { at: -1, filled: -1 };
  for (const key of CATEGORY_COLUMNS) {
    const at = keys.indexOf(key);
    if (at === -1) continue;
    const filled = sample.filter((row) => /\p{L}/u.test(row[at] ?? '')).length;
    if (filled > best.filled) best = { at, filled };
  }
  return best.at;
}
