import { nameKey } from '../nameKey.js';
import type { Attribute, Category, TaxonomyValue } from '../schema.js';

/**
 * Values of a list that read alike become one: the first names it, other spellings become its aliases.
 * `joined` is given a sentence for each.
 */
export function mergeValues(attribute: string, names: readonly string[], joined: string[]): TaxonomyValue[] {
  const values = new Map<string, TaxonomyValue>();
  for (const name of names) {
    const known = values.get(nameKey(name));
    if (known === undefined) values.set(nameKey(name), { name, aliases: [] });
    else {
      if (known.name !== name && !known.aliases.includes(name)) known.aliases.push(name);
      joined.push(`attributes.${attribute}: the value ${name} reads the same as ${known.name}: made one`);
    }
  }
  return [...values.values()];
}

/**
 * Attributes whose id or name read alike become the first of them, with the values of all; the others' ids and
 * names become its aliases. Gives the attributes, and for each id the one that stands for it.
 */
export function mergeAttributes(
  attributes: readonly Attribute[],
  joined: string[],
): { attributes: Attribute[]; standsFor: ReadonlyMap<string, string> } {
  const byName = new Map<string, Attribute>();
  const standsFor = new Map<string, string>();
  const kept: Attribute[] = [];
  for (const attribute of attributes) {
    const keys = [attribute.id, attribute.name].map(nameKey);
    const same = keys.map((key) => byName.get(key)).find((known) => known !== undefined);
    for (const key of keys) if (!byName.has(key)) byName.set(key, same ?? attribute);
    standsFor.set(attribute.id, (same ?? attribute).id);
    if (same === undefined) {
      kept.push(attribute);
      continue;
    }
    for (const name of [attribute.id, attribute.name]) {
      if (name !== same.id && name !== same.name && !same.aliases.includes(name)) same.aliases.push(name);
    }
    if (same.type === 'enum' && attribute.type === 'enum') addValues(same.values, attribute.values);
    joined.push(
      `attributes.${attribute.id}: "${attribute.name}" reads the same as "${same.name}" (${same.id}): made one`,
    );
  }
  return { attributes: kept, standsFor };
}

function addValues(values: TaxonomyValue[], more: readonly TaxonomyValue[]): void {
  const known = new Set(values.map(({ name }) => nameKey(name)));
  for (const value of more) {
    if (known.has(nameKey(value.name))) continue;
    known.add(nameKey(value.name));
    values.push(value);
  }
}

/** Siblings whose names read alike are told apart by their ids, which the later ones bear in brackets. */
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
      `categories.${category.id}: "${category.name}" reads the same as its sibling ${other}: named "${name}"`,
    );
    return { ...category, name };
  });
}

/** A ">" parts the levels of a path, so a name that holds one is written with a "/". */
export function levelName(id: string, name: string, joined: string[]): string {
  if (!name.includes('>')) return name;
  const plain = name.replace(/\s*>\s*/g, ' / ');
  joined.push(`categories.${id}: "${name}" holds a ">": named "${plain}"`);
  return plain;
}
