import { categoryLevels } from '../../domain/categoryPath.js';
import type { Fact } from '../../domain/fact.js';
import { attributeField, attributeName, fieldValue } from '../../domain/field.js';
import { isBlank } from '../../domain/isBlank.js';
import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { english } from './english.js';
import type { Grammar, Known } from './grammar.js';

/**
 * A taxonomy drafted from rows has the language `und` (undetermined); English is the only grammar there is.
 */
const GRAMMARS: readonly (readonly [language: string, grammar: Grammar])[] = [
  ['en', english],
  ['und', english],
];

/** The grammar of a taxonomy's language; undefined if there is none. */
export function grammarOf(language: string): Grammar | undefined {
  return GRAMMARS.find(([one]) => language === one || language.startsWith(`${one}-`))?.[1];
}

/**
 * Composes a description for a product without one, from the merchant's own values and the applied ones among
 * `facts`, and
 * from nothing else. The evidence names the field of each clause. The confidence is that of the least sure
 * clause.
 * Undefined if the product has a description, or if too little is known.
 */
export function describe(
  product: Product,
  facts: readonly Fact[],
  view: TaxonomyView,
  grammar: Grammar,
): Fact | undefined {
  if (!isBlank(product.description)) return undefined;
  const applied = new Map(
    facts.filter(({ status }) => status === 'applied').map((fact) => [fact.field, fact]),
  );
  const known = (field: string): Known['value'] | undefined =>
    fieldValue(product, field) ?? applied.get(field)?.value;
  const path = known('category');
  if (typeof path !== 'string') return undefined;
  const brand = known('brand');
  const composed = grammar.compose({
    category: { field: 'category', name: 'category', value: categoryLevels(path).at(-1) ?? path },
    title: product.title ?? '',
    brand: brand === undefined ? undefined : { field: 'brand', name: 'brand', value: brand },
    attributes: attributesOf(product, [...applied.keys()], path, view).flatMap(({ field, name }) => {
      const value = known(field);
      return value === undefined ? [] : [{ field, name, value: inCanon(view, field, value) }];
    }),
  });
  if (composed === undefined) return undefined;
  const sure = composed.clauses.map(({ field }) =>
    fieldValue(product, field) === undefined ? (applied.get(field)?.confidence ?? 0) : 1,
  );
  return {
    field: 'description',
    value: composed.text,
    status: 'applied',
    confidence: Math.min(...sure),
    source: 'model',
    method: 'template',
    evidence: { clauses: [...composed.clauses] },
  };
}

/** Replaces aliases of enum values by their names: "WHT" becomes "White". */
function inCanon(view: TaxonomyView, field: string, value: Known['value']): Known['value'] {
  const attribute = view.attribute(attributeName(field) ?? '');
  if (attribute?.type !== 'enum') return value;
  const canonical = (one: string | number | boolean): string | number | boolean =>
    view.canonical(attribute, String(one)) ?? one;
  return Array.isArray(value) ? value.map(canonical) : canonical(value);
}

/** Attributes with a value: required ones first, then those the category carries, then any other. */
function attributesOf(
  product: Product,
  filled: readonly string[],
  path: string,
  view: TaxonomyView,
): { field: string; name: string }[] {
  const category = view.find(path)?.id;
  const carried = new Map(
    [...view.required(category), ...view.carried(category)].map((one) => [
      attributeField(view.keyOf(product, one)),
      one.name,
    ]),
  );
  const others = [...Object.keys(product.attributes ?? {}).map(attributeField), ...filled]
    .filter((field) => !carried.has(field) && attributeName(field) !== undefined)
    .sort();
  for (const field of others) carried.set(field, (attributeName(field) ?? '').replaceAll('_', ' '));
  return [...carried].map(([field, name]) => ({ field, name }));
}
