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
/** From so many categories and values on, entries stand one a line, which reads quicker. */
const LARGE = 2000;

/**
 * Writes a taxonomy as `taxonomy.yaml` (the head), `attributes.yaml` and `categories.yaml`, replacing these
 * three and making the folder; what equals the schema's default is left out, and a
 * large taxonomy has an entry a line. `migration.yaml` is left alone.
 * @throws UserError if there can be no such folder, or it holds other YAML files, which loading would mix in.
 */
export async function saveTaxonomy(taxonomy: Taxonomy, dir: string): Promise<void> {
  await makeFolder(dir);
  const own = [HEAD, ATTRIBUTES, CATEGORIES, MIGRATION];
  const other = (await readdir(dir)).find((name) => /\.ya?ml$/i.test(name) && !own.includes(name));
  if (other !== undefined) {
    throw new UserError(
      `${dir} already holds ${other}, which would become part of the taxonomy; write to an empty folder`,
    );
  }
  const { attributes, categories, carried, ...head } = taxonomy;
  const text = sizeOf(taxonomy) < LARGE ? blockText : writeEntryLines;
  try {
    await write(join(dir, CATEGORIES), text({ categories: categories.map(briefCategory) }));
    await write(join(dir, ATTRIBUTES), text({ attributes: attributes.map(briefAttribute) }));
    await write(join(dir, HEAD), blockText(carried.length === 0 ? head : { ...head, carried }));
  } catch (cause) {
    throw cannotWrite(dir, cause);
  }
}

async function makeFolder(dir: string): Promise<void> {
  const found = await stat(dir).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) {
    throw new UserError(`${dir} is a file: name a folder, new or empty, for the taxonomy.`);
  }
  await mkdir(dir, { recursive: true }).catch((cause: unknown) => {
    throw cannotWrite(dir, cause);
  });
}

function cannotWrite(dir: string, cause: unknown): UserError {
  return new UserError(
    `The taxonomy's folder ${dir} cannot be written (${sentenceOf(cause)}): name another, or look at its permissions.`,
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

function briefCategory(category: Category): Partial<Category> {
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

/** An attribute as files hold it, without what equals the default. */
export function briefAttribute(attribute: Attribute): Record<string, unknown> {
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
