import { CATEGORIES, categoryLevels, otherCategories } from '../../domain/categoryPath.js';
import { statesItsValue } from '../../domain/fact.js';
import { attributeField } from '../../domain/field.js';
import { factsOf } from '../../domain/filledProduct.js';
import { FACTS_KEY, type Product } from '../../domain/product.js';
import { fold } from '../../text/fold.js';
import type { ValueRules } from '../columns/valueRules.js';
import { forEachScalar } from '../forEachScalar.js';
import { identifierTexts, isIdentifierField } from '../identifiers/identifierKeys.js';
import { LEXICAL_FIELDS } from '../liveIndex.js';

/** Receives a text of a product and the number of its lexical field. */
export type VisitText = (field: number, text: string) => void;

const TITLE = LEXICAL_FIELDS.indexOf('title');
const BRAND = LEXICAL_FIELDS.indexOf('brand');
const CATEGORY = LEXICAL_FIELDS.indexOf('category');
const ATTRIBUTES = LEXICAL_FIELDS.indexOf('attributes');
const IDENTIFIERS = LEXICAL_FIELDS.indexOf('identifiers');
const DESCRIPTION = LEXICAL_FIELDS.indexOf('description');

/** Fields that hold no words to search. */
const FIELDS_WITHOUT_WORDS = new Set([
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
const MAX_ATTRIBUTE_TEXT = 120;
const YES = /^(?:yes|true)$/i;
const NO = /^(?:no|none|false|n\/a|not applicable|-)$/i;
const NOT_TEXT = /^(?:https?:\/\/|\d{4}-\d{2}-\d{2}T)/i;

/**
 * Visits every text of a product that word search covers, with its lexical field: the merchant's, and where the
 * taxonomy names a value otherwise, that name too.
 */
export function forEachText(product: Product, rules: ValueRules, visit: VisitText): void {
  if (product.title !== undefined) visit(TITLE, product.title);
  if (product.brand !== undefined) visit(BRAND, product.brand);
  const others = otherCategories(product);
  for (const path of product.category === undefined ? others : [product.category, ...others]) {
    visit(CATEGORY, path);
    visitNewLevels(path, rules.categoryPath(path), visit);
  }
  const excluded = fieldsExcludedFromText(product);
  if (product.description !== undefined && !excluded.has('description'))
    visit(DESCRIPTION, product.description);
  for (const [name, value] of Object.entries(product.attributes ?? {})) {
    if (!isIdentifierField(name) && !excluded.has(attributeField(name)))
      forEachScalar(value, (scalar) => visitAttribute(name, scalar, rules, visit));
  }
  for (const name of Object.keys(product)) {
    if (name === CATEGORIES && others.length > 0) continue;
    if (!FIELDS_WITHOUT_WORDS.has(name) && !isIdentifierField(name))
      forEachScalar(product[name], (scalar) => visitValue(name, scalar, visit));
  }
  for (const text of identifierTexts(product)) visit(IDENTIFIERS, text);
}

/** The levels by which the taxonomy names the category otherwise. */
function visitNewLevels(path: string, canonical: string, visit: VisitText): void {
  if (canonical === path) return;
  const own = new Set(categoryLevels(path).map(fold));
  for (const level of categoryLevels(canonical)) if (!own.has(fold(level))) visit(CATEGORY, level);
}

function visitAttribute(
  name: string,
  value: string | number | boolean,
  rules: ValueRules,
  visit: VisitText,
): void {
  visitValue(name, value, visit);
  const field = attributeField(name);
  const canonical = rules.canonical(field, value);
  if (canonical?.kind !== 'text' || fold(canonical.text) === fold(String(value))) return;
  if (!rules.isBoolean(field)) visit(ATTRIBUTES, canonical.text);
  else if (canonical.text === 'true' && !YES.test(String(value))) visit(ATTRIBUTES, spaced(name));
}

/** A true value is indexed by the attribute's name (`touchscreen`); a false value is not indexed. */
function visitValue(name: string, value: string | number | boolean, visit: VisitText): void {
  if (typeof value === 'number') visit(ATTRIBUTES, String(value));
  else if (value === true || (typeof value === 'string' && YES.test(value))) visit(ATTRIBUTES, spaced(name));
  else if (typeof value === 'string' && !NO.test(value) && !NOT_TEXT.test(value)) {
    visit(value.length > MAX_ATTRIBUTE_TEXT ? DESCRIPTION : ATTRIBUTES, value);
  }
}

/** `hasTouchScreen`, `has_touch_screen` → words. */
function spaced(name: string): string {
  return name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ');
}

/** Methods that infer a value which the text implies but does not state. */
const INFERRING_METHODS = new Set(['neighbours', 'classifier', 'template']);

/**
 * Attributes filled by the enricher that word search ignores. Inferred values are ignored because a product
 * would match words that nobody wrote. Values that the text states literally are ignored because the text is
 * indexed already and they would count twice; so would those of a composed description. A value that a lookup normalised to another spelling is
 * indexed.
 */
export function fieldsExcludedFromText(product: Product): ReadonlySet<string> {
  const excluded = new Set<string>();
  for (const fact of factsOf(product)) {
    if (fact.field !== 'category' && (INFERRING_METHODS.has(fact.method) || statesItsValue(fact)))
      excluded.add(fact.field);
  }
  return excluded;
}
