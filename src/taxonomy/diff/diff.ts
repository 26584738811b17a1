import type { Category, Taxonomy } from '../schema.js';
import { viewTaxonomy } from '../view.js';
import { type AliasChange, byId, changedAliases, compare, missing, type Rename } from './compareLists.js';
import { type AttributesDiff, diffAttributes, type ValuesDiff } from './diffAttributes.js';

/** What the head of one version says otherwise than that of another. */
export interface HeadChange {
  readonly property: 'version' | 'language' | 'owner';
  readonly from: string;
  readonly to: string;
}

/** Attributes that a category carries or requires itself; `category` is null for what every product carries. */
export interface CarryingChange {
  readonly category: string | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly requiredAdded: readonly string[];
  readonly requiredRemoved: readonly string[];
}

/** By stable ids; every list in ascending order of ids. What is added stands there in full. */
export interface TaxonomyDiff {
  readonly from: string;
  readonly to: string;
  readonly head: readonly HeadChange[];
  readonly categories: {
    readonly added: readonly (Category & { readonly path: string })[];
    readonly removed: readonly { readonly id: string; readonly path: string }[];
    readonly renamed: readonly Rename[];
    /** Under another parent; by the parents' ids, null for a root. */
    readonly moved: readonly {
      readonly id: string;
      readonly from: string | null;
      readonly to: string | null;
    }[];
    readonly aliases: readonly AliasChange[];
  };
  /** Of categories that both versions have. */
  readonly carrying: readonly CarryingChange[];
  readonly attributes: AttributesDiff;
  /** Of closed lists that both versions have. */
  readonly values: readonly ValuesDiff[];
}

/** What changed from one version to another. The order of entries in files is no change, nor is the changelog. */
export function diffTaxonomies(one: Taxonomy, other: Taxonomy): TaxonomyDiff {
  const before = byId(one.categories);
  const after = byId(other.categories);
  const views = [viewTaxonomy(one), viewTaxonomy(other)] as const;
  const both = [...before.values()].flatMap((category) => {
    const now = after.get(category.id);
    return now === undefined ? [] : [[category, now] as const];
  });
  const { attributes, values } = diffAttributes(byId(one.attributes), byId(other.attributes));
  return {
    from: one.version,
    to: other.version,
    head: (['version', 'language', 'owner'] as const)
      .filter((property) => one[property] !== other[property])
      .map((property) => ({ property, from: one[property], to: other[property] })),
    categories: {
      added: missing(after, before).map((category) => ({ ...category, path: views[1].path(category.id) })),
      removed: missing(before, after).map(({ id }) => ({ id, path: views[0].path(id) })),
      renamed: both
        .filter(([was, is]) => was.name !== is.name)
        .map(([was, is]) => ({ id: was.id, from: was.name, to: is.name })),
      moved: both
        .filter(([was, is]) => was.parent !== is.parent)
        .map(([was, is]) => ({ id: was.id, from: was.parent, to: is.parent })),
      aliases: both.flatMap(([was, is]) => changedAliases(was.id, was.aliases, is.aliases)),
    },
    carrying: [
      ...changedCarrying(
        null,
        { attributes: one.carried, required: [] },
        { attributes: other.carried, required: [] },
      ),
      ...both.flatMap(([was, is]) => changedCarrying(was.id, was, is)),
    ],
    attributes,
    values,
  };
}

/** Whether nothing differs. */
export function isEmptyDiff(diff: TaxonomyDiff): boolean {
  const { head, categories, carrying, attributes, values } = diff;
  const lists: readonly (readonly unknown[])[] = [
    head,
    carrying,
    values,
    ...Object.values(categories),
    ...Object.values(attributes),
  ];
  return lists.every((list) => list.length === 0);
}

type Carrying = Pick<Category, 'attributes' | 'required'>;

function changedCarrying(category: string | null, was: Carrying, is: Carrying): CarryingChange[] {
  const change = {
    category,
    added: without(is.attributes, was.attributes),
    removed: without(was.attributes, is.attributes),
    requiredAdded: without(is.required, was.required),
    requiredRemoved: without(was.required, is.required),
  };
  const count =
    change.added.length + change.removed.length + change.requiredAdded.length + change.requiredRemoved.length;
  return count === 0 ? [] : [change];
}

function without(ids: readonly string[], others: readonly string[]): string[] {
  return [...new Set(ids)].filter((id) => !others.includes(id)).sort(compare);
}
