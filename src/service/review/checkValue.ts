import { UserError } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import type { AttributeValue } from '../../domain/product.js';
import { canonicalValue } from '../../enrich/propose/labels.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { nearestPath } from '../../text/nearestName.js';

/**
 * A person's value for a field, as the taxonomy writes it. A field that the taxonomy does not restrict takes any value.
 * @throws UserError if the taxonomy has no such value, with the nearest one that it has.
 */
export function checkValue(view: TaxonomyView, field: string, value: AttributeValue): AttributeValue {
  if (field === 'category') return checkCategory(view, value);
  const name = attributeName(field);
  const attribute = name === undefined ? undefined : view.attribute(name);
  if (attribute === undefined) return value;
  const items = Array.isArray(value) ? value : [value];
  if (items.length === 0) throw wrong(`${field}: found an empty list, expected at least one value.`);
  if (items.length > 1 && !attribute.multiple)
    throw wrong(`${field} takes one value, found ${items.length}: give the right one.`);
  for (const item of items) {
    if (canonicalValue(attribute, item, view) === undefined)
      throw wrong(`${field}: ${shown(item)} is ${expected(attribute, String(item), view)}`);
  }
  return canonicalValue(attribute, value, view) ?? value;
}

function checkCategory(view: TaxonomyView, value: AttributeValue): string {
  const text = String(value);
  const found = Array.isArray(value) ? undefined : view.find(text);
  if (found !== undefined) return view.path(found.id);
  const paths = view.taxonomy.categories.map(({ id }) => view.path(id));
  throw wrong(
    `category: ${shown(text)} is none of the taxonomy's categories, or more than one of them${nearestHint(nearestPath(text, paths))}`,
  );
}

function expected(attribute: Attribute, found: string, view: TaxonomyView): string {
  switch (attribute.type) {
    case 'enum': {
      const names = attribute.values.flatMap(({ name, aliases }) => [name, ...aliases]);
      const near = nearestPath(found, names);
      const canonical = near === undefined ? undefined : view.canonical(attribute, near);
      return `none of the values of ${attribute.name} in the taxonomy${nearestHint(canonical)}`;
    }
    case 'number+unit':
      return attribute.unit === undefined
        ? 'no number; expected a bare number such as 12.'
        : `no measure in ${attribute.unit} or what converts to it; expected a number with its unit such as 12 ${attribute.unit}.`;
    case 'boolean':
      return 'neither yes nor no; expected true or false.';
    case 'text':
      return 'no text.';
  }
}

function nearestHint(name: string | undefined): string {
  return name === undefined ? '.' : `; the nearest is ${shown(name)}.`;
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}

function wrong(message: string): UserError {
  return new UserError(message, { field: 'value' });
}
