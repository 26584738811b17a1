import { categoryLevels } from '../domain/categoryPath.js';
import { attributeField } from '../domain/field.js';
import { isBlank } from '../domain/isBlank.js';
import type { Product } from '../domain/product.js';
import { nameKey } from '../taxonomy/nameKey.js';
import type { EnumAttribute } from '../taxonomy/schema.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { correctSpelling } from '../text/nearestName.js';
import { type Finding, quoted } from './report.js';

/** Separators of several values in one cell: `Red / Blue`. */
const SEPARATOR = /\s*[,;/|&+]\s*|\s+and\s+/iu;

/**
 * Finds categories that the taxonomy does not have and values outside the closed list of an attribute, and suggests the
 * nearest known one. Open lists are known to be incomplete and are not checked. Useful under a governed taxonomy, not under
 * one drafted from the same rows.
 */
export function findOutOfVocabulary(products: readonly Product[], view: TaxonomyView): Finding[] {
  const found: Finding[] = [];
  const categoryNames = view.taxonomy.categories.map(({ id }) => view.path(id));
  const nearestCategory = cached((text) => nearestPath(text, categoryNames));
  const nearestValue = new Map<EnumAttribute, (text: string) => string | undefined>();
  for (const product of products) {
    const { id, category, attributes } = product;
    const known = category === undefined ? undefined : view.find(category);
    if (category !== undefined && known === undefined && categoryNames.length > 0) {
      found.push({
        kind: 'vocabulary',
        id,
        field: 'category',
        value: category,
        message: `${quoted(category)} is not a category of taxonomy ${view.taxonomy.version}`,
        ...suggested(nearestCategory(category)),
      });
    }
    for (const [key, value] of Object.entries(attributes ?? {})) {
      const attribute = view.attribute(key);
      if (attribute?.type !== 'enum' || attribute.open === true || isBlank(value)) continue;
      const unknown = (Array.isArray(value) ? value : [value])
        .map(String)
        .filter((text) => !isKnown(text, attribute, view));
      if (unknown.length === 0) continue;
      const names = attribute.values.map(({ name }) => name);
      const nearest = nearestValue.get(attribute) ?? cached((text) => correctSpelling(text, names));
      nearestValue.set(attribute, nearest);
      found.push({
        kind: 'vocabulary',
        id,
        field: attributeField(key),
        value,
        message: `${unknown.map(quoted).join(', ')} is not among the ${names.length} values of ${attribute.name}`,
        ...suggested(nearest(unknown[0] ?? '')),
      });
    }
  }
  return found;
}

function isKnown(text: string, attribute: EnumAttribute, view: TaxonomyView): boolean {
  if (view.canonical(attribute, text) !== undefined) return true;
  const parts = text.split(SEPARATOR).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => view.canonical(attribute, part) !== undefined);
}

/** The path whose last level has the most similar spelling to the text's last level. */
function nearestPath(text: string, paths: readonly string[]): string | undefined {
  const last = nameKey(categoryLevels(text).at(-1) ?? text);
  const byLevel = new Map(paths.map((path) => [nameKey(categoryLevels(path).at(-1) ?? path), path]));
  const nearest = correctSpelling(last, [...byLevel.keys()]);
  return nearest === undefined ? undefined : byLevel.get(nearest);
}

/** Caches the results of `find`. */
function cached(find: (text: string) => string | undefined): (text: string) => string | undefined {
  const results = new Map<string, string | undefined>();
  return (text) => {
    if (!results.has(text)) results.set(text, find(text));
    return results.get(text);
  };
}

function suggested(suggestion: string | undefined): { suggestion?: string } {
  return suggestion === undefined ? {} : { suggestion };
}
