import { attributeField } from '../../domain/field.js';
import { unguardFormula } from '../formulaGuard.js';
import { FIELD_SYNONYMS, ID_FALLBACKS } from './fieldSynonyms.js';
import {
  attributeOf,
  columnKey,
  lookOf,
  priceColumnCurrency,
  recordKeys,
  type SampleRows,
  safeName,
} from './layout.js';

/** Metadata columns: they describe the record, not the product, so filling their blanks is useless. */
const METADATA_NAMES = [
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
  /** Whether a column holds the product id. */
  readonly hasId: boolean;
}

/**
 * Maps each column to a product field by its name: product fields, `attributes.x`, and attributes under their own names
 * for the rest. Metadata columns (ids, links, flags, dates, markup) become extra fields with unchanged values. `preset`
 * fields are not changed.
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
  const looks = new Set([...taken].map(lookOf));
  const assign = (at: number, field: string): void => {
    fields[at] = field;
    taken.add(field);
    looks.add(lookOf(field));
  };
  for (const [field, synonyms] of Object.entries(FIELD_SYNONYMS)) {
    if (taken.has(field)) continue;
    const found = mostLikely(columns, fields, (at) =>
      rank(field, columns[at] ?? '', keys[at] ?? '', synonyms),
    );
    if (found !== undefined) assign(found, field);
  }
  if (!taken.has('id')) {
    const found =
      fields.indexOf('sku') === -1
        ? keys.findIndex((key, at) => fields[at] === undefined && ID_FALLBACKS.includes(key))
        : fields.indexOf('sku');
    if (found !== -1) assign(found, 'id');
  }
  for (const [at, column] of columns.entries()) {
    if (fields[at] !== undefined) continue;
    const prefixed = ATTRIBUTE_COLUMN.exec(column)?.[1];
    const key = keys[at] ?? '';
    const name = names[at] ?? column;
    if (key === '' || name === 'attributes') continue;
    const attribute = attributeField(safeName(attributeOf(prefixed ?? unguardFormula(column))));
    const own = attributeField(name);
    const extra =
      FIELD_NAMES.has(key) || isMetadata(key) || isNotAttribute(sample.map((row) => row[at] ?? ''));
    // `--map` chose another column for this field, so this one is ignored.
    if (prefixed === undefined && extra) fields[at] = taken.has(name) ? undefined : name;
    else assign(at, unlike(attribute, own, looks));
  }
  return { fields, hasId: taken.has('id') };
}

const FIELD_NAMES: ReadonlySet<string> = new Set(Object.values(FIELD_SYNONYMS).flat());

/** Whether a column's name is a usual one of a product field, or of an attribute. */
export function isFieldName(column: string): boolean {
  const key = columnKey(column);
  return FIELD_NAMES.has(key) || ATTRIBUTE_COLUMN.test(column) || attributeOf(column) !== column.trim();
}

/** The first of the names that looks like no name before, numbered if both do. */
function unlike(attribute: string, own: string, looks: ReadonlySet<string>): string {
  let field = looks.has(lookOf(attribute)) ? own : attribute;
  for (let count = 2; looks.has(lookOf(field)); count++) field = `${own.trim()} (${count})`;
  return field;
}

/** How well a column's name matches the field: lower is better; undefined for no match. */
function rank(field: string, column: string, key: string, synonyms: readonly string[]): number | undefined {
  if (column === field) return -1;
  const place = synonyms.indexOf(key);
  if (place !== -1) return place;
  return field === 'price' && /^price\b/.test(key) && priceColumnCurrency(column) !== undefined
    ? synonyms.length
    : undefined;
}

function mostLikely(
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

function isMetadata(key: string): boolean {
  return METADATA_NAMES.some((pattern) => pattern.test(key));
}

const URL_CELL = /^(?:https?:)?\/\/\S+$/i;
const DATE_CELL = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}(?: \d.*)?$/;
const KEY_CELL = /^(?:[0-9a-f]{24,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|gid:\/\/\S+)$/i;
const FLAG_CELL = /^(?:true|false|0|1)$/i;
const MARKUP_CELL = /<\/?[a-z][^<>]*>/i;
const JSON_CELL = /^[[{][\s\S]*[\]}]$/;
/** Longer cells are prose, not attribute values. */
const MAX_VALUE_LENGTH = 200;

function isNotAttribute(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (filled.length === 0) return false;
  for (const pattern of [URL_CELL, DATE_CELL, KEY_CELL, FLAG_CELL, MARKUP_CELL, JSON_CELL]) {
    if (filled.every((cell) => pattern.test(cell))) return true;
  }
  return filled.every((cell) => cell.length > MAX_VALUE_LENGTH);
}
