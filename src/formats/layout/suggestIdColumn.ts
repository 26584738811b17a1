import { columnKey } from './layout.js';

/** Names under which shops keep what tells their products apart, as column keys, the likeliest first. */
const LIKELY = [
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
const SOUNDS_LIKE_ONE = /\b(?:id|uid|guid|uuid|sku|key|code|number|no|nr|ref|reference)\b/;

/** What to give `--map` where nothing is called `id`: the name that sounds most like one, else the first. */
export function suggestIdColumn(names: readonly string[]): string {
  const keys = names.map((name) => columnKey(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')));
  const likely = LIKELY.map((key) => keys.indexOf(key)).find((at) => at !== -1);
  const at = likely ?? keys.findIndex((key) => SOUNDS_LIKE_ONE.test(key));
  const name = names[at] || names[0] || 'Name';
  return `--map id=${/^[\p{L}\p{N}_.-]+$/u.test(name) ? name : JSON.stringify(name)}`;
}

/** Names as a sentence lists them. */
export function listColumns(names: readonly string[]): string {
  const shown = names.slice(0, 40).map((name) => (name === '' ? '(unnamed)' : name));
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}
