import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { sentenceOf, UserError } from '../domain/errors.js';
import { writeEntryLines } from './entryLines.js';
import type { Attribute, Category, Taxonomy } from './schema.js';

const HEAD = 'taxonomy.yaml';
const ATTRIBUTES = 'attributes.yaml';
const CATEGORIES = 'categories.yaml';
const MIGRATION = 'migration.yaml';
/** A taxonomy with at least this many categories and values is written with one entry per line, which is faster to read. */
const MIN_LARGE = 2000;

/**
 * Writes a taxonomy as `taxonomy.yaml` (the metadata), `attributes.yaml` and `categories.yaml`. Creates the folder and
 * replaces these three files. Omits values that equal the schema's defaults. Writes a large taxonomy with one entry per
 * line. Keeps `migration.yaml`.
 * @throws UserError if the folder cannot be created, or contains other YAML files, which loading would include.
 */
export async function saveTaxonomy(taxonomy: Taxonomy, dir: string): Promise<void> {
  await makeFolder(dir);
  const own = [HEAD, ATTRIBUTES, CATEGORIES, MIGRATION];
  const other = (await readdir(dir)).find((name) => /\.ya?ml$/i.test(name) && !own.includes(name));
  if (other !== undefined) {
    throw new UserError(
      `${dir} already contains ${other}, which would become part of the taxonomy; write to an empty folder`,
    );
  }
  const { attributes, categories, carried, ...head } = taxonomy;
  const text = sizeOf(taxonomy) < MIN_LARGE ? blockText : writeEntryLines;
  try {
    await write(join(dir, CATEGORIES), text({ categories: categories.map(withoutCategoryDefaults) }));
    await write(join(dir, ATTRIBUTES), text({ attributes: attributes.map(withoutAttributeDefaults) }));
    await write(join(dir, HEAD), blockText(carried.length === 0 ? head : { ...head, carried }));
  } catch (cause) {
    throw cannotWrite(dir, cause);
  }
}

async function makeFolder(dir: string): Promise<void> {
  const found = await stat(dir).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) {
    throw new UserError(`${dir} is a file: name a new or empty folder for the taxonomy.`);
  }
  await mkdir(dir, { recursive: true }).catch((cause: unknown) => {
    throw cannotWrite(dir, cause);
  });
}

function cannotWrite(dir: string, cause: unknown): UserError {
  return new UserError(
    `The taxonomy folder ${dir} cannot be written (${sentenceOf(cause)}): name another folder, or check its permissions.`,
    { cause },
  );
}

function sizeOf({ categories, attributes }: Taxonomy): number {
  return attributes.reduce(
    (sum, attribute) => sum + (attribute.type === 'enum' ? attribute.values.length : 1),
    categories.length,
  );
}

function blockText(content: unknown): string {
  return stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

function withoutCategoryDefaults(category: Category): Partial<Category> {
  const { id, name, parent, aliases, attributes, required } = category;
  return {
    id,
    name,
    ...(parent === null ? {} : { parent }),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(attributes.length === 0 ? {} : { attributes }),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** An attribute as written to files, without default values. */
export function withoutAttributeDefaults(attribute: Attribute): Record<string, unknown> {
  const { id, name, type, ...rest } = attribute;
  const brief: Record<string, unknown> = { id, name, type };
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) continue;
    brief[key] = value;
  }
  if (attribute.type === 'number+unit' && attribute.joined === false) brief.joined = false;
  if (attribute.type === 'enum') {
    brief.values = attribute.values.map(({ name: value, aliases }) =>
      aliases.length === 0 ? { name: value } : { name: value, aliases },
    );
  }
  return brief;
}
