import { nameKey } from '../nameKey.js';
import type { Attribute, Category, TaxonomyValue } from '../schema.js';

/**
 * Merges values with the same name key: the first is the name, other spellings become its aliases. Adds a sentence per
 * merged value to `joined`.
 */
export function mergeValues(attribute: string, names: readonly string[], joined: string[]): TaxonomyValue[] {
  const values = new Map<string, TaxonomyValue>();
  for (const name of names) {
    const known = values.get(nameKey(name));
    if (known === undefined) values.set(nameKey(name), { name, aliases: [] });
    else {
      if (known.name !== name && !known.aliases.includes(name)) known.aliases.push(name);
      joined.push(
        `attributes.${attribute}: the value ${name} has the same normalised name as ${known.name}: merged`,
      );
    }
  }
  return [...values.values()];
}

/**
 * Merges attributes whose ids or names have the same name key into the first of them, with the values of all; the other
 * ids and names become its aliases. `mergedInto` maps each id to the id of the remaining attribute.
 */
export function mergeAttributes(
  attributes: readonly Attribute[],
  joined: string[],
): { attributes: Attribute[]; mergedInto: ReadonlyMap<string, string> } {
  const byName = new Map<string, Attribute>();
  const mergedInto = new Map<string, string>();
  const kept: Attribute[] = [];
  for (const attribute of attributes) {
    const keys = [attribute.id, attribute.name].map(nameKey);
    const same = keys.map((key) => byName.get(key)).find((known) => known !== undefined);
    for (const key of keys) if (!byName.has(key)) byName.set(key, same ?? attribute);
    mergedInto.set(attribute.id, (same ?? attribute).id);
    if (same === undefined) {
      kept.push(attribute);
      continue;
    }
    for (const name of [attribute.id, attribute.name]) {
      if (name !== same.id && name !== same.name && !same.aliases.includes(name)) same.aliases.push(name);
    }
    if (same.type === 'enum' && attribute.type === 'enum') addValues(same.values, attribute.values);
    joined.push(
      `attributes.${attribute.id}: "${attribute.name}" has the same normalised name as "${same.name}" (${same.id}): merged`,
    );
  }
  return { attributes: kept, mergedInto };
}

function addValues(values: TaxonomyValue[], more: readonly TaxonomyValue[]): void {
  const known = new Set(values.map(({ name }) => nameKey(name)));
  for (const value of more) {
    if (known.has(nameKey(value.name))) continue;
    known.add(nameKey(value.name));
    values.push(value);
  }
}

/** Appends the id to the name of each category that has the same name key as an earlier sibling. */
export function renameDuplicateSiblings(categories: readonly Category[], joined: string[]): Category[] {
  const taken = new Map<string, string>();
  return categories.map((category) => {
    const key = (name: string): string => `${category.parent ?? ''}\n${nameKey(name)}`;
    const other = taken.get(key(category.name));
    if (other === undefined) {
      taken.set(key(category.name), category.id);
      return category;
    }
    const name = `${category.name} (${category.id})`;
    taken.set(key(name), category.id);
    joined.push(
      `categories.${category.id}: "${category.name}" has the same normalised name as its sibling ${other}: renamed to "${name}"`,
    );
    return { ...category, name };
  });
}

/** Replaces ">" in a name by "/", because ">" separates the levels of a path. */
export function levelName(id: string, name: string, joined: string[]): string {
  if (!name.includes('>')) return name;
  const plain = name.replace(/\s*>\s*/g, ' / ');
  joined.push(`categories.${id}: "${name}" contains ">": renamed to "${plain}"`);
  return plain;
}
