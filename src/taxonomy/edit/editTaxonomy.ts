import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, Category, EnumAttribute, Taxonomy, TaxonomyValue } from '../schema.js';
import { changeType } from './changeType.js';
import {
  addCategory,
  moveCategory,
  requireCategory,
  requireNewName,
  requireOneLevel,
} from './editCategories.js';

const name = z.string().trim().min(1).max(200);
const aliases = z.array(name).max(200);

/** One edit of a taxonomy. Categories and attributes are named by id, values by name. */
export const editSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add-category'),
    name: name.describe('One level, without ">".'),
    parent: name.nullable().describe('Id of the category that it is in; null for the top.'),
  }),
  z.strictObject({ kind: z.literal('move-category'), category: name, parent: name.nullable() }),
  z.strictObject({
    kind: z.literal('attribute-type'),
    attribute: name,
    type: z.enum(['enum', 'number+unit', 'boolean', 'text']),
    unit: z.string().trim().min(1).max(50).optional().describe('Of a number.'),
  }),
  z.strictObject({ kind: z.literal('rename-category'), category: name, to: name }),
  z.strictObject({ kind: z.literal('category-aliases'), category: name, aliases }),
  z.strictObject({ kind: z.literal('rename-attribute'), attribute: name, to: name }),
  z.strictObject({ kind: z.literal('attribute-aliases'), attribute: name, aliases }),
  z.strictObject({
    kind: z.literal('add-value'),
    attribute: name,
    value: name,
    aliases: aliases.default([]),
  }),
  z.strictObject({ kind: z.literal('rename-value'), attribute: name, value: name, to: name }),
  z.strictObject({ kind: z.literal('value-aliases'), attribute: name, value: name, aliases }),
  z.strictObject({ kind: z.literal('add-alias'), attribute: name, value: name, alias: name }),
  z.strictObject({
    kind: z.literal('merge-value'),
    attribute: name,
    value: name,
    into: name.describe('The value that takes its place; the merged name becomes its alias.'),
  }),
]);
export type Edit = z.infer<typeof editSchema>;

/**
 * A copy of the taxonomy with one edit. An old name stays as an alias, so that what is written so is still recognised.
 * Does not look at names that two entries share: `lintTaxonomy` does.
 * @throws UserError if it names something that the taxonomy lacks, a value that exists, or an impossible category.
 */
export function editTaxonomy(taxonomy: Taxonomy, edit: Edit): Taxonomy {
  switch (edit.kind) {
    case 'add-category':
      return addCategory(taxonomy, edit.name, edit.parent);
    case 'move-category':
      return moveCategory(taxonomy, edit.category, edit.parent);
    case 'attribute-type':
      return withAttribute(taxonomy, edit.attribute, (attribute) =>
        changeType(attribute, edit.type, edit.unit),
      );
    case 'rename-category':
      requireNewName(taxonomy.categories, edit.category, edit.to);
      return withCategory(taxonomy, edit.category, (category) => renamed(category, edit.to));
    case 'category-aliases':
      for (const alias of edit.aliases) requireOneLevel(alias, 'aliases');
      return withCategory(taxonomy, edit.category, (category) => withAliases(category, edit.aliases));
    case 'rename-attribute':
      return withAttribute(taxonomy, edit.attribute, (attribute) => renamed(attribute, edit.to));
    case 'attribute-aliases':
      return withAttribute(taxonomy, edit.attribute, (attribute) => withAliases(attribute, edit.aliases));
    case 'add-value':
      return withValues(taxonomy, edit.attribute, (values) => {
        requireUnknown(edit.attribute, values, edit.value);
        return [...values, withAliases({ name: edit.value, aliases: [] }, edit.aliases)];
      });
    case 'rename-value':
      return withValues(taxonomy, edit.attribute, (values) => {
        const value = listed(edit.attribute, values, edit.value);
        const others = values.filter((one) => one !== value);
        requireUnknown(edit.attribute, others, edit.to);
        return values.map((one) => (one === value ? renamed(one, edit.to) : one));
      });
    case 'value-aliases':
      return withValues(taxonomy, edit.attribute, (values) => {
        const value = listed(edit.attribute, values, edit.value);
        return values.map((one) => (one === value ? withAliases(one, edit.aliases) : one));
      });
    case 'add-alias':
      return withValues(taxonomy, edit.attribute, (values) => {
        const value = listed(edit.attribute, values, edit.value);
        requireUnknown(edit.attribute, values, edit.alias);
        return values.map((one) => (one === value ? withAliases(one, [...one.aliases, edit.alias]) : one));
      });
    case 'merge-value':
      return withValues(taxonomy, edit.attribute, (values) => {
        const value = listed(edit.attribute, values, edit.value);
        const target = listed(edit.attribute, values, edit.into);
        if (value === target)
          throw new UserError(`${edit.value} cannot be merged into itself; name another value.`, {
            field: 'into',
          });
        const spellings = [...target.aliases, value.name, ...value.aliases];
        return values
          .filter((one) => one !== value)
          .map((one) => (one === target ? withAliases(one, spellings) : one));
      });
  }
}

type Named = { readonly name: string; readonly aliases: string[] };

function renamed<Entry extends Named>(entry: Entry, to: string): Entry {
  if (entry.name === to) return entry;
  return withAliases({ ...entry, name: to }, [...entry.aliases, entry.name]);
}

/** Without those that are the name itself, or written twice. */
function withAliases<Entry extends Named>(entry: Entry, aliases: readonly string[]): Entry {
  const own = nameKey(entry.name);
  const unique = new Map(aliases.map((alias) => [nameKey(alias), alias]));
  unique.delete(own);
  return { ...entry, aliases: [...unique.values()] };
}

function withCategory(taxonomy: Taxonomy, id: string, change: (category: Category) => Category): Taxonomy {
  requireCategory(taxonomy.categories, id);
  const categories = taxonomy.categories.map((one) => (one.id === id ? change(one) : one));
  return { ...taxonomy, categories };
}

function withAttribute(
  taxonomy: Taxonomy,
  id: string,
  change: (attribute: Attribute) => Attribute,
): Taxonomy {
  if (!taxonomy.attributes.some((attribute) => attribute.id === id))
    throw new UserError(`The taxonomy has no attribute ${id}; name one by its id.`, { field: 'attribute' });
  const attributes = taxonomy.attributes.map((one) => (one.id === id ? change(one) : one));
  return { ...taxonomy, attributes };
}

function withValues(
  taxonomy: Taxonomy,
  id: string,
  change: (values: readonly TaxonomyValue[]) => TaxonomyValue[],
): Taxonomy {
  return withAttribute(taxonomy, id, (attribute): EnumAttribute => {
    if (attribute.type === 'enum') return { ...attribute, values: change(attribute.values) };
    throw new UserError(`${id} has no list of values; choose an attribute that has one.`, {
      field: 'attribute',
    });
  });
}

function listed(attribute: string, values: readonly TaxonomyValue[], name: string): TaxonomyValue {
  const value = values.find((one) => one.name === name);
  if (value === undefined)
    throw new UserError(`${attribute} lists no value ${name}; name a listed value.`, { field: 'value' });
  return value;
}

function requireUnknown(attribute: string, values: readonly TaxonomyValue[], name: string): void {
  const owner = values.find((value) =>
    [value.name, ...value.aliases].some((known) => nameKey(known) === nameKey(name)),
  );
  if (owner !== undefined)
    throw new UserError(`${attribute}: ${name} is already known as ${owner.name}; choose another name.`, {
      field: 'value',
    });
}
