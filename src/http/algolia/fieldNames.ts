/** An attribute of Algolia's as a field of ours. */
export interface FieldName {
  readonly field: string;
  /** For an attribute of a hierarchical menu such as `categories.lvl1`: the level, from 0. */
  readonly level?: number;
}

const LEVEL = /^(?:categories|hierarchicalCategories|category)\.lvl(\d{1,2})$/;

/** `objectID` is our id, and `categories.lvl0`, `categories.lvl1`... are the levels of `category`. */
export function fieldNameOf(attribute: string): FieldName {
  if (attribute === 'objectID') return { field: 'id' };
  const level = LEVEL.exec(attribute)?.[1];
  return level === undefined ? { field: attribute } : { field: 'category', level: Number(level) };
}
