import { columnKey } from './layout.js';

/** Common names of id columns, as column keys, most likely first. */
const LIKELY_NAMES = [
  'id',
  'product id',
  'item id',
  'article id',
  'sku',
  'item sku',
  'product sku',
  'asin',
  'handle',
  'item number',
  'article number',
  'product number',
  'item code',
  'product code',
  'artikelnummer',
  'gtin',
  'ean',
  'upc',
  'mpn',
  'slug',
];
const ID_WORD = /\b(?:id|uid|guid|uuid|sku|key|code|number|no|nr|ref|reference)\b/;

/** The `--map` argument to suggest if no column is called `id`: the most likely name, else the first one. */
export function suggestIdColumn(names: readonly string[]): string {
  const keys = names.map((name) => columnKey(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')));
  const likely = LIKELY_NAMES.map((key) => keys.indexOf(key)).find((at) => at !== -1);
  const at = likely ?? keys.findIndex((key) => ID_WORD.test(key));
  const name = names[at] || names[0] || 'Name';
  return `--map id=${/^[\p{L}\p{N}_.-]+$/u.test(name) ? name : JSON.stringify(name)}`;
}

/** Column names as a list for a message. */
export function listColumns(names: readonly string[]): string {
  const shown = names.slice(0, 40).map((name) => (name === '' ? '(unnamed)' : name));
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}
