import { categoryLevels } from '../domain/categoryPath.js';
import { attributeField, isBlank } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import { nameKey } from '../taxonomy/nameKey.js';
import type { EnumAttribute } from '../taxonomy/schema.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { correctSpelling } from '../text/nearestName.js';
import { type Finding, quoted } from './finding.js';

/** `Red / Blue` in one cell, where the attribute holds one value or lists are written as text. */
const SEVERAL = /\s*[,;/|&+]\s*|\s+and\s+/iu;

/**
 * Categories that the taxonomy does not know, and values that stand outside an attribute's closed list (an open one is known to miss some), with the
 * nearest known one where there is one. Meaningful under a taxonomy that somebody governs, not under a draft of
 * the rows themselves.
 */
export function findForeignValues(products: readonly Product[], view: TaxonomyView): Finding[] {
  const found: Finding[] = [];
  const categoryNames = view.taxonomy.categories.map(({ id }) => view.path(id));
  const nearestCategory = remembered((text) => nearestPath(text, categoryNames));
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
        message: `${quoted(category)} is no category of taxonomy ${view.taxonomy.version}`,
        ...suggested(nearestCategory(category)),
      });
    }
    for (const [key, value] of Object.entries(attributes ?? {})) {
      const attribute = view.attribute(key);
      if (attribute?.type !== 'enum' || attribute.open === true || isBlank(value)) continue;
      const foreign = (Array.isArray(value) ? value : [value])
        .map(String)
        .filter((text) => !isKnown(text, attribute, view));
      if (foreign.length === 0) continue;
      const names = attribute.values.map(({ name }) => name);
      const nearest = nearestValue.get(attribute) ?? remembered((text) => correctSpelling(text, names));
      nearestValue.set(attribute, nearest);
      found.push({
        kind: 'vocabulary',
        id,
        field: attributeField(key),
        value,
        message: `${foreign.map(quoted).join(', ')} is not among the ${names.length} values of ${attribute.name}`,
        ...suggested(nearest(foreign[0] ?? '')),
      });
    }
  }
  return found;
}

function isKnown(text: string, attribute: EnumAttribute, view: TaxonomyView): boolean {
  if (view.canonical(attribute, text) !== undefined) return true;
  const parts = text.split(SEVERAL).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => view.canonical(attribute, part) !== undefined);
}

/** The path whose last level is spelt nearest to the text's last level. */
function nearestPath(text: string, paths: readonly string[]): string | undefined {
  const last = nameKey(categoryLevels(text).at(-1) ?? text);
  const byLevel = new Map(paths.map((path) => [nameKey(categoryLevels(path).at(-1) ?? path), path]));
  const nearest = correctSpelling(last, [...byLevel.keys()]);
  return nearest === undefined ? undefined : byLevel.get(nearest);
}

function remembered(find: (text: string) => string | undefined): (text: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, find(text));
    return known.get(text);
  };
}

function suggested(suggestion: string | undefined): { suggestion?: string } {
  return suggestion === undefined ? {} : { suggestion };
}
