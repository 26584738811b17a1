import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, EnumAttribute, Taxonomy, TaxonomyValue } from '../schema.js';

/** One accepted proposal: a new value, unless it is another name of a listed one or takes a listed one's place. */
export const acceptedSchema = z.object({
  attribute: z.string().min(1),
  value: z.string().min(1),
  aliasOf: z.string().min(1).optional(),
  renames: z.string().min(1).optional(),
});
export type Accepted = z.infer<typeof acceptedSchema>;

/** What `taxonomy propose --json` prints, once its reader has struck out what is not wanted. */
export const acceptedFileSchema = z.object({ proposals: z.array(acceptedSchema) });

export interface NextVersion {
  readonly version: string;
  /** The day in the changelog, `2026-11-21`. */
  readonly date: string;
}

/** The next version, what it says of itself in the changelog, and what became of renamed values. */
export interface AcceptedVersion {
  readonly taxonomy: Taxonomy;
  readonly changes: readonly string[];
  readonly renamed: readonly { readonly attribute: string; readonly rename: string; readonly to: string }[];
}

/**
 * The taxonomy's next version with accepted values and aliases; the given one is left alone. A renamed value keeps
 * its old name as an alias, so that cells which say it are still read.
 * @throws UserError if an attribute has no closed list, a value is known already, or the one named is not.
 */
export function acceptProposals(
  taxonomy: Taxonomy,
  accepted: readonly Accepted[],
  { version, date }: NextVersion,
): AcceptedVersion {
  if (taxonomy.changelog.some((entry) => entry.version === version))
    throw new UserError(`version ${version} stands in the changelog already; name a new one`, {
      field: '--version',
    });
  const attributes: Attribute[] = structuredClone(taxonomy.attributes);
  const changes: string[] = [];
  const renamed: { attribute: string; rename: string; to: string }[] = [];
  for (const one of accepted) {
    const attribute = attributes.find(({ id }) => id === one.attribute);
    if (attribute?.type !== 'enum')
      throw new UserError(
        `${one.attribute} is no attribute with a list of values in taxonomy ${taxonomy.version}; name one by its id`,
      );
    changes.push(accept(attribute, one));
    if (one.renames !== undefined) {
      const rename = one.renames;
      renamed.push({ attribute: attribute.id, rename, to: one.value });
    }
  }
  if (changes.length === 0) throw new UserError('nothing is accepted, so there is no next version to write');
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
  const named = target === undefined ? undefined : listed(id, values, target);
  if (owner !== undefined && !(renames !== undefined && owner === named))
    throw new UserError(`${id}: ${value} is known already, as ${owner.name}; strike it out`);
  if (named === undefined) {
    values.push({ name: value, aliases: [] });
    return `${id}: the value ${value} added.`;
  }
  if (renames === undefined) {
    named.aliases.push(value);
    return `${id}: ${value} added as an alias of ${named.name}.`;
  }
  named.aliases = [...named.aliases.filter((alias) => nameKey(alias) !== nameKey(value)), named.name];
  const old = named.name;
  named.name = value;
  return `${id}: ${old} renamed to ${value}.`;
}

function listed(id: string, values: readonly TaxonomyValue[], name: string): TaxonomyValue {
  const value = values.find((one) => one.name === name);
  if (value === undefined) throw new UserError(`${id} lists no value ${name}; name one as it is listed`);
  return value;
}
