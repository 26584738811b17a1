import type { Category, Taxonomy } from '../schema.js';
import { viewTaxonomy } from '../view.js';
import { type AliasChange, byId, changedAliases, compare, missing, type Rename } from './compareLists.js';
import { type AttributesDiff, diffAttributes, type ValuesDiff } from './diffAttributes.js';

/** A changed metadata property. */
export interface HeadChange {
  readonly property: 'version' | 'language' | 'owner';
  readonly from: string;
  readonly to: string;
}

/** Changes of a category's own carried and required attributes; `category` is null for those that every product carries. */
export interface CarryingChange {
  readonly category: string | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly requiredAdded: readonly string[];
  readonly requiredRemoved: readonly string[];
}

/** Entries are matched by id, and lists sorted by id. Added entries are complete. */
export interface TaxonomyDiff {
  readonly from: string;
  readonly to: string;
  readonly head: readonly HeadChange[];
  readonly categories: {
    readonly added: readonly (Category & { readonly path: string })[];
    readonly removed: readonly { readonly id: string; readonly path: string }[];
    readonly renamed: readonly Rename[];
    /** Categories with another parent: the ids of both parents, null for a root. */
    readonly moved: readonly {
      readonly id: string;
      readonly from: string | null;
      readonly to: string | null;
    }[];
    readonly aliases: readonly AliasChange[];
  };
  /** Of categories in both versions. */
  readonly carrying: readonly CarryingChange[];
  readonly attributes: AttributesDiff;
  /** Of closed lists in both versions. */
  readonly values: readonly ValuesDiff[];
}

/** The changes from one version to another, ignoring the order of entries and the changelog. */
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
        .filter(([previous, current]) => previous.name !== current.name)
        .map(([previous, current]) => ({ id: previous.id, from: previous.name, to: current.name })),
      moved: both
        .filter(([previous, current]) => previous.parent !== current.parent)
        .map(([previous, current]) => ({ id: previous.id, from: previous.parent, to: current.parent })),
      aliases: both.flatMap(([previous, current]) =>
        changedAliases(previous.id, previous.aliases, current.aliases),
      ),
    },
    carrying: [
      ...changedCarrying(
        null,
        { attributes: one.carried, required: [] },
        { attributes: other.carried, required: [] },
      ),
      ...both.flatMap(([previous, current]) => changedCarrying(previous.id, previous, current)),
    ],
    attributes,
    values,
  };
}

/** Whether the two versions are equal. */
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

function changedCarrying(category: string | null, previous: Carrying, current: Carrying): CarryingChange[] {
  const change = {
    category,
    added: without(current.attributes, previous.attributes),
    removed: without(previous.attributes, current.attributes),
    requiredAdded: without(current.required, previous.required),
    requiredRemoved: without(previous.required, current.required),
  };
  const count =
    change.added.length + change.removed.length + change.requiredAdded.length + change.requiredRemoved.length;
  return count === 0 ? [] : [change];
}

function without(ids: readonly string[], others: readonly string[]): string[] {
  return [...new Set(ids)].filter((id) => !others.includes(id)).sort(compare);
}
