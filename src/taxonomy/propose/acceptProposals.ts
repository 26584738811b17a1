import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, EnumAttribute, Taxonomy, TaxonomyValue } from '../schema.js';

/** An accepted proposal: a new value, an alias of a listed value, or a new name of a listed value. */
export const acceptedSchema = z.object({
  attribute: z.string().min(1),
  value: z.string().min(1),
  aliasOf: z.string().min(1).optional(),
  renames: z.string().min(1).optional(),
});
export type Accepted = z.infer<typeof acceptedSchema>;

/** The output of `taxonomy propose --json`, from which the reader has removed unwanted proposals. */
export const acceptedFileSchema = z.object({ proposals: z.array(acceptedSchema) });

export interface NextVersion {
  readonly version: string;
  /** The date in the changelog, such as `2026-11-21`. */
  readonly date: string;
}

/** The next version, its changelog entries, and migration steps for renamed values. */
export interface AcceptedVersion {
  readonly taxonomy: Taxonomy;
  readonly changes: readonly string[];
  readonly renamed: readonly { readonly attribute: string; readonly rename: string; readonly to: string }[];
}

/**
 * Creates the taxonomy's next version with the accepted values and aliases. Does not modify `taxonomy`. A renamed value
 * keeps its old name as an alias, so that cells with the old name are still recognised.
 * @throws UserError if an attribute has no closed list, a value is already known, or the value to rename or extend is not.
 */
export function acceptProposals(
  taxonomy: Taxonomy,
  accepted: readonly Accepted[],
  { version, date }: NextVersion,
): AcceptedVersion {
  if (taxonomy.changelog.some((entry) => entry.version === version))
    throw new UserError(`version ${version} is already in the changelog; name a new version`, {
      field: '--version',
    });
  const attributes: Attribute[] = structuredClone(taxonomy.attributes);
  const changes: string[] = [];
  const renamed: { attribute: string; rename: string; to: string }[] = [];
  for (const one of accepted) {
    const attribute = attributes.find(({ id }) => id === one.attribute);
    if (attribute?.type !== 'enum')
      throw new UserError(
        `${one.attribute} is not an attribute with a list of values in taxonomy ${taxonomy.version}; name one by its id`,
      );
    changes.push(accept(attribute, one));
    if (one.renames !== undefined) {
      const rename = one.renames;
      renamed.push({ attribute: attribute.id, rename, to: one.value });
    }
  }
  if (changes.length === 0)
    throw new UserError('no proposals are accepted, so there is no next version to write');
  const changelog = [...taxonomy.changelog, { version, date, changes }];
  return { taxonomy: { ...taxonomy, version, changelog, attributes }, changes, renamed };
}

function accept({ id, values }: EnumAttribute, { value, aliasOf, renames }: Accepted): string {
  if (aliasOf !== undefined && renames !== undefined)
    throw new UserError(
      `${id}: ${value} cannot be both an alias and a new name; keep one of aliasOf and renames`,
    );
  const owner = values.find(({ name, aliases }) =>
    [name, ...aliases].some((known) => nameKey(known) === nameKey(value)),
  );
  const target = renames ?? aliasOf;
  const targetValue = target === undefined ? undefined : listed(id, values, target);
  if (owner !== undefined && !(renames !== undefined && owner === targetValue))
    throw new UserError(`${id}: ${value} is already known as ${owner.name}; remove the proposal`);
  if (targetValue === undefined) {
    values.push({ name: value, aliases: [] });
    return `${id}: the value ${value} added.`;
  }
  if (renames === undefined) {
    targetValue.aliases.push(value);
    return `${id}: ${value} added as an alias of ${targetValue.name}.`;
  }
  targetValue.aliases = [
    ...targetValue.aliases.filter((alias) => nameKey(alias) !== nameKey(value)),
    targetValue.name,
  ];
  const old = targetValue.name;
  targetValue.name = value;
  return `${id}: ${old} renamed to ${value}.`;
}

function listed(id: string, values: readonly TaxonomyValue[], name: string): TaxonomyValue {
  const value = values.find((one) => one.name === name);
  if (value === undefined) throw new UserError(`${id} lists no value ${name}; name a listed value`);
  return value;
}
