import { attributeField } from '../../domain/field.js';
import { factsOf } from '../../domain/filledProduct.js';
import { FACTS_KEY, type Product } from '../../domain/product.js';
import { fold } from '../../text/fold.js';
import { forEachScalar } from '../forEachScalar.js';
import { identifierTexts, isIdentifierField } from '../identifiers/identifierKeys.js';
import { LEXICAL_FIELDS } from '../liveIndex.js';

/** A piece of a product's text and the index of the lexical field it belongs to. */
export type VisitText = (field: number, text: string) => void;

const TITLE = LEXICAL_FIELDS.indexOf('title');
const BRAND = LEXICAL_FIELDS.indexOf('brand');
const CATEGORY = LEXICAL_FIELDS.indexOf('category');
const ATTRIBUTES = LEXICAL_FIELDS.indexOf('attributes');
const IDENTIFIERS = LEXICAL_FIELDS.indexOf('identifiers');
const DESCRIPTION = LEXICAL_FIELDS.indexOf('description');

/** Never read for words: they are shown, counted or followed, and hold none. */
const UNREAD = new Set([
  'id',
  'title',
  'brand',
  'category',
  'description',
  'attributes',
  'url',
  'image',
  'price',
  'stock',
  'currency',
  'availability',
  'group_id',
  FACTS_KEY,
]);
const LONG = 120;
const YES = /^(?:yes|true)$/i;
const NO = /^(?:no|none|false|n\/a|not applicable|-)$/i;
const UNSPOKEN = /^(?:https?:\/\/|\d{4}-\d{2}-\d{2}T)/i;

/** Visits every text of a product that is searched by words, with its lexical field. */
export function forEachText(product: Product, visit: VisitText): void {
  if (product.title !== undefined) visit(TITLE, product.title);
  if (product.brand !== undefined) visit(BRAND, product.brand);
  if (product.category !== undefined) visit(CATEGORY, product.category);
  if (product.description !== undefined) visit(DESCRIPTION, product.description);
  const unspoken = fieldsExcludedFromText(product);
  for (const [name, value] of Object.entries(product.attributes ?? {})) {
    if (!isIdentifierField(name) && !unspoken.has(attributeField(name)))
      forEachScalar(value, (scalar) => visitValue(name, scalar, visit));
  }
  for (const name of Object.keys(product)) {
    if (!UNREAD.has(name) && !isIdentifierField(name))
      forEachScalar(product[name], (scalar) => visitValue(name, scalar, visit));
  }
  for (const text of identifierTexts(product)) visit(IDENTIFIERS, text);
}

/** What is true is said by its name (`touchscreen`), and what is not is not said. */
function visitValue(name: string, value: string | number | boolean, visit: VisitText): void {
  if (typeof value === 'number') visit(ATTRIBUTES, String(value));
  else if (value === true || (typeof value === 'string' && YES.test(value))) visit(ATTRIBUTES, spaced(name));
  else if (typeof value === 'string' && !NO.test(value) && !UNSPOKEN.test(value)) {
    visit(value.length > LONG ? DESCRIPTION : ATTRIBUTES, value);
  }
}

/** `hasTouchScreen`, `has_touch_screen` → words. */
function spaced(name: string): string {
  return name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ');
}

/** What the text implies and does not say. */
const IMPLYING = new Set(['neighbours', 'classifier']);

/**
 * Attributes that the enricher filled and that words do not look in: those that nothing in the text says (a
 * guess by resemblance would answer for words that nobody wrote), and those that the text says to the letter
 * (it is read already, and would count twice). What a lookup brought to another spelling is read.
 */
export function fieldsExcludedFromText(product: Product): ReadonlySet<string> {
  const unspoken = new Set<string>();
  for (const { field, value, method, evidence } of factsOf(product)) {
    if (field === 'category') continue;
    if (IMPLYING.has(method) || ('quote' in evidence && fold(evidence.quote) === fold(String(value))))
      unspoken.add(field);
  }
  return unspoken;
}
