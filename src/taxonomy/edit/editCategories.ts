import { categoryLevels } from '../../domain/categoryPath.js';
import { UserError } from '../../domain/errors.js';
import { fold } from '../../text/fold.js';
import { nameKey } from '../nameKey.js';
import type { Category, Taxonomy } from '../schema.js';

type Categories = Pick<Taxonomy, 'categories'>;

/**
 * Adds a category without attributes of its own. Its id comes from its name.
 * @throws UserError for an impossible name, and for an unknown parent.
 */
export function addCategory<T extends Categories>(taxonomy: T, name: string, parent: string | null): T {
  const { categories } = taxonomy;
  requireParent(categories, parent);
  requireName(categories, name, parent, 'name');
  const known = new Set(categories.map(({ id }) => id));
  const stem = fold(name).replace(/\s+/g, '-') || 'category';
  let id = stem;
  for (let next = 2; known.has(id); next++) id = `${stem}-${next}`;
  return {
    ...taxonomy,
    categories: [...categories, { id, name, parent, aliases: [], attributes: [], required: [] }],
  };
}

/**
 * Moves a category, with all below it, under another one; null is the top.
 * @throws UserError where it would be its own ancestor, or have a sibling of its name.
 */
export function moveCategory<T extends Categories>(taxonomy: T, id: string, parent: string | null): T {
  const { categories } = taxonomy;
  const moved = requireCategory(categories, id);
  requireParent(categories, parent);
  const byId = new Map(categories.map((category) => [category.id, category]));
  const seen = new Set<string>();
  for (let at = parent; at !== null && !seen.has(at); at = byId.get(at)?.parent ?? null) {
    if (at === id)
      throw new UserError(`${moved.name} cannot be moved below itself; choose a category outside of it.`, {
        field: 'parent',
      });
    seen.add(at);
  }
  requireName(
    categories.filter((category) => category !== moved),
    moved.name,
    parent,
    'parent',
  );
  return {
    ...taxonomy,
    categories: categories.map((category) => (category === moved ? { ...moved, parent } : category)),
  };
}

/** @throws UserError for a name that a category cannot have in its place. */
export function requireNewName(categories: readonly Category[], id: string, name: string): void {
  const { parent } = requireCategory(categories, id);
  requireName(
    categories.filter((category) => category.id !== id),
    name,
    parent,
    'to',
  );
}

/** @throws UserError for a name or alias that is no single level of a path. */
export function requireOneLevel(name: string, field: string): void {
  if (categoryLevels(name).length !== 1 || name.includes('>'))
    throw new UserError(
      `${JSON.stringify(name)} contains ">", which separates the levels of a path; write the name of one level.`,
      { field },
    );
}

function requireName(
  categories: readonly Category[],
  name: string,
  parent: string | null,
  field: string,
): void {
  requireOneLevel(name, field);
  const sibling = categories.find((one) => one.parent === parent && nameKey(one.name) === nameKey(name));
  if (sibling !== undefined)
    throw new UserError(
      `There is a category ${sibling.name} in the same place already; choose another name or place.`,
      { field },
    );
}

export function requireCategory(categories: readonly Category[], id: string): Category {
  const category = categories.find((one) => one.id === id);
  if (category === undefined)
    throw new UserError(`The taxonomy has no category ${id}; name one by its id.`, { field: 'category' });
  return category;
}

function requireParent(categories: readonly Category[], parent: string | null): void {
  if (parent !== null && !categories.some(({ id }) => id === parent))
    throw new UserError(`The taxonomy has no category ${parent}; name one by its id, or null for the top.`, {
      field: 'parent',
    });
}
