import { htmlText, originalSlice } from '../text/html.js';
import type { Fact } from './fact.js';
import { attributeName } from './field.js';
import { isBlank } from './isBlank.js';
import { FACTS_KEY, type Product } from './product.js';

/** Rises when `readableProduct` reads a product differently: facts about texts that it read before must be made again. */
export const READABLE_FORMAT = 1;

/** Codes, addresses and numbers, in which `&` is only a character. */
const NO_TEXT: ReadonlySet<string> = new Set([
  'id',
  'price',
  'currency',
  'availability',
  'stock',
  'url',
  'image',
  'gtin',
  'group_id',
  FACTS_KEY,
]);
const ADDRESS = /^\s*(?:https?:)?\/\/\S*\s*$/i;

/**
 * The product as people read it: texts without tags, comments, scripts and styles, with decoded entities. A text that is
 * only markup is blank. Everything that searches, learns from or shows a product works on this; the store and the
 * enriched files keep the merchant's own. Returns the same object if there is no markup.
 */
export function readableProduct(product: Product): Product {
  let readable: Record<string, unknown> | undefined;
  for (const field of Object.keys(product)) {
    const value = product[field];
    if (typeof value === 'string' && !hasMarkup(value)) continue;
    if (NO_TEXT.has(field)) continue;
    const read = field === 'attributes' ? readableMembers(value) : readableValue(field, value);
    if (read === value) continue;
    readable ??= { ...product };
    if (isBlank(read)) delete readable[field];
    else readable[field] = read;
  }
  return readable === undefined ? product : { ...readable, id: product.id };
}

/** The members of an object, each readable; the same object if there is no markup. */
function readableMembers(members: unknown): unknown {
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return members;
  const entries = Object.entries(members);
  // Most products have no markup, and this is the work for each cell of a file.
  if (entries.every(([, value]) => typeof value === 'string' && !hasMarkup(value))) return members;
  const read = entries
    .map(([name, value]) => ({ name, value, text: readableValue(attribute(name), value) }))
    .filter(({ value, text }) => text === value || !isBlank(text));
  if (read.length === entries.length && read.every(({ value, text }) => text === value)) return members;
  return Object.fromEntries(read.map(({ name, text }) => [name, text]));
}

const attribute = (name: string): string => `attributes.${name}`;

function readableValue(field: string, value: unknown): unknown {
  if (typeof value === 'string') return readableText(field, value);
  if (!Array.isArray(value)) return value;
  const read = value.map((item) => (typeof item === 'string' ? readableText(field, item) : item));
  if (read.every((item, place) => item === value[place])) return value;
  return read.filter((item, place) => item === value[place] || !isBlank(item));
}

/** Text without these is as people read it. */
function hasMarkup(text: string): boolean {
  return text.includes('<') || text.includes('&');
}

/** Only descriptions have lines. */
function readableText(field: string, value: string): string {
  if (!hasMarkup(value) || ADDRESS.test(value)) return value;
  const text = htmlText(value);
  return field === 'description' || text === value ? text : text.replaceAll('\n', ' ');
}

/**
 * The facts of a readable product for the merchant's own record: a span quotes the text as it stands there, including
 * any markup inside.
 */
export function factsForOriginal(original: Product, facts: readonly Fact[]): readonly Fact[] {
  let moved: Fact[] | undefined;
  for (const [place, fact] of facts.entries()) {
    const { evidence } = fact;
    if (!('quote' in evidence)) continue;
    const name = attributeName(evidence.field);
    const text = name === undefined ? original[evidence.field] : original.attributes?.[name];
    if (typeof text !== 'string' || ADDRESS.test(text)) continue;
    const { start, end } = originalSlice(text, evidence.start, evidence.end);
    const quote = text.slice(start, end);
    if (start === evidence.start && quote === evidence.quote) continue;
    moved ??= [...facts];
    moved[place] = { ...fact, evidence: { ...evidence, start, end, quote } };
  }
  return moved ?? facts;
}
