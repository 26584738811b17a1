import { createHash } from 'node:crypto';
import { nameKey } from '../nameKey.js';
import type { Category } from '../schema.js';
import { byCount } from './draftAttribute.js';
import type { CarriedAttributes } from './inferCarriedAttributes.js';
import type { CategoryNode } from './observeCategories.js';

/**
 * Drafts the categories, parents before children, siblings by name. An id consists of the levels' names
 * (`apparel/topwear/shirts`), so that another run over the same shop gives the same ids. If two ids were equal, the later
 * one by name key gets a hash of the key as suffix.
 */
export function draftCategories(
  root: CategoryNode,
  carrying: CarriedAttributes,
  idOf: (attribute: number) => string | undefined,
): Category[] {
  const categories: Category[] = [];
  const taken = new Set<string>();
  const below = (node: CategoryNode, parent: string | null): void => {
    const children = [...node.children].sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const child of children) {
      const name = byCount(child.spellings)[0] ?? '';
      const id = freeId(parent === null ? slug(name) : `${parent}/${slug(name)}`, child.key, taken);
      const attributes = (carrying.own.get(child) ?? []).map(idOf).filter((it) => it !== undefined);
      categories.push({ id, name, parent, aliases: [], attributes, required: [] });
      below(child, id);
    }
  };
  below(root, null);
  return categories;
}

function freeId(id: string, key: string, taken: Set<string>): string {
  let free = id;
  for (let attempt = 0; taken.has(free); attempt++) free = `${id}-${hash(`${key}${attempt || ''}`)}`;
  taken.add(free);
  return free;
}

function slug(name: string): string {
  const plain = nameKey(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return plain === '' ? hash(name) : plain;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
