import { nameKey } from '../nameKey.js';
import type { Attribute, TaxonomyValue } from '../schema.js';
import { type AliasChange, changedAliases, compare, missing, type Rename } from './compareLists.js';

/** Constraints of an attribute except its listed values: type, unit, bounds, words. */
export type AttributeShape = Readonly<Record<string, unknown>>;

export interface AttributesDiff {
  readonly added: readonly Attribute[];
  readonly removed: readonly { readonly id: string; readonly name: string }[];
  readonly renamed: readonly Rename[];
  readonly retyped: readonly {
    readonly id: string;
    readonly from: AttributeShape;
    readonly to: AttributeShape;
  }[];
  readonly aliases: readonly AliasChange[];
}

/** Values have no ids. A value counts as renamed if its old name matches the name or an alias of a new value. */
export interface ValuesDiff {
  readonly attribute: string;
  readonly added: readonly TaxonomyValue[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Of values in both versions, by their new names. */
  readonly aliases: readonly AliasChange[];
}

/** Compares attributes and their values. Both maps must be sorted by id. */
export function diffAttributes(
  before: ReadonlyMap<string, Attribute>,
  after: ReadonlyMap<string, Attribute>,
): { attributes: AttributesDiff; values: ValuesDiff[] } {
  const both = [...before.values()].flatMap((attribute) => {
    const now = after.get(attribute.id);
    return now === undefined ? [] : [[attribute, now] as const];
  });
  return {
    attributes: {
      added: missing(after, before),
      removed: missing(before, after).map(({ id, name }) => ({ id, name })),
      renamed: both
        .filter(([previous, current]) => previous.name !== current.name)
        .map(([previous, current]) => ({ id: previous.id, from: previous.name, to: current.name })),
      retyped: both
        .map(([previous, current]) => ({ id: previous.id, from: shapeOf(previous), to: shapeOf(current) }))
        .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to)),
      aliases: both.flatMap(([previous, current]) =>
        changedAliases(previous.id, previous.aliases, current.aliases),
      ),
    },
    values: both.flatMap(([previous, current]) =>
      diffValues(previous.id, valuesOf(previous), valuesOf(current)),
    ),
  };
}

/** The values of a closed list; empty for other attributes. */
function valuesOf(attribute: Attribute | undefined): readonly TaxonomyValue[] {
  return attribute?.type === 'enum' ? attribute.values : [];
}

function shapeOf(attribute: Attribute): AttributeShape {
  const { id: _, name: __, aliases: ___, ...shape } = attribute;
  const entries = Object.entries(shape).filter(
    ([property, value]) => property !== 'values' && value !== undefined,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)));
}

function diffValues(
  attribute: string,
  previous: readonly TaxonomyValue[],
  current: readonly TaxonomyValue[],
): ValuesDiff[] {
  const before = new Map(previous.map((value) => [value.name, value]));
  const after = new Map(current.map((value) => [value.name, value]));
  const fresh = current.filter(({ name }) => !before.has(name));
  const renamed = new Map<string, TaxonomyValue>();
  for (const { name } of previous) {
    if (after.has(name)) continue;
    const key = nameKey(name);
    const now = fresh.find((value) =>
      [value.name, ...value.aliases].some((spelling) => nameKey(spelling) === key),
    );
    if (now !== undefined && ![...renamed.values()].includes(now)) renamed.set(name, now);
  }
  const targets = new Set(renamed.values());
  const aliases = previous.flatMap((value) => {
    const now = after.get(value.name) ?? renamed.get(value.name);
    return now === undefined ? [] : changedAliases(now.name, value.aliases, now.aliases);
  });
  const diff: ValuesDiff = {
    attribute,
    added: fresh.filter((value) => !targets.has(value)).sort((a, b) => compare(a.name, b.name)),
    removed: [...before.keys()].filter((name) => !after.has(name) && !renamed.has(name)).sort(compare),
    renamed: [...renamed]
      .map(([from, to]) => ({ from, to: to.name }))
      .sort((a, b) => compare(a.from, b.from)),
    aliases: aliases.sort((a, b) => compare(a.id, b.id)),
  };
  return diff.added.length + diff.removed.length + diff.renamed.length + diff.aliases.length === 0
    ? []
    : [diff];
}
