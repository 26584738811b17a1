import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { nameKey } from '../nameKey.js';
import { type Category, FORMAT } from '../schema.js';
import { changelogDate, type ImportedTaxonomy, type ImportTaxonomyOptions } from './importedTaxonomy.js';
import { renameDuplicateSiblings } from './mergeDuplicates.js';

const VERSION = /^#\s*Google_Product_Taxonomy_Version:\s*(\S+)/;
const LINE = /^(\d+) - (.+)$/;
const LANGUAGE = /\.([a-z]{2}-[A-Z]{2})\.txt$/;

/**
 * Imports Google's product taxonomy from its file with ids (`taxonomy-with-ids.en-US.txt`, one `id - A > B > C` per
 * line) or from a folder that contains one. Ids are Google's numbers. There are no attributes.
 * @throws UserError with the line.
 */
export async function importGoogle(
  path: string,
  options: ImportTaxonomyOptions = {},
): Promise<ImportedTaxonomy> {
  const file = await fileOf(path);
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/);
  const version = VERSION.exec(lines[0] ?? '')?.[1];
  if (version === undefined) {
    throw new UserError(
      `${file}: the first line does not name a Google_Product_Taxonomy_Version; name Google's taxonomy-with-ids file`,
    );
  }
  const entries = lines.slice(1).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const [, id, path] = LINE.exec(line) ?? [];
    const levels = categoryLevels(path ?? '');
    const place = `${file}:${index + 2}`;
    if (id === undefined || levels.length === 0)
      throw new UserError(
        `${place}: expected a line such as "1 - Animals > Birds", found ${JSON.stringify(line)}`,
      );
    return [{ id, levels, place }];
  });
  const joined: string[] = [];
  const categories = renameDuplicateSiblings(withParents(entries), joined);
  return {
    taxonomy: {
      format: FORMAT,
      version: `google-${version}`,
      language: LANGUAGE.exec(file)?.[1] ?? 'und',
      owner: 'Google Product Taxonomy (imported; published by Google without a licence text)',
      changelog: [
        {
          version: `google-${version}`,
          date: changelogDate(options),
          changes: [
            `Imported from Google's product taxonomy ${version}: ${categories.length} categories.`,
            ...joined,
          ],
        },
      ],
      carried: [],
      attributes: [],
      categories,
    },
    source: { categories: entries.length, attributes: 0, values: 0 },
    joined,
    notes: ['Google publishes no attributes with its taxonomy; add your own to attributes.yaml.'],
    licence: undefined,
  };
}

async function fileOf(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isDirectory()) return path;
    const names = (await readdir(path)).filter((name) => /with-ids.*\.txt$/.test(name)).sort();
    const [only, other] = names;
    if (only !== undefined && other === undefined) return join(path, only);
    throw new UserError(
      `${path} contains ${names.length} files named taxonomy-with-ids…txt, expected one; name the file itself`,
    );
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot read ${path}: ${sentenceOf(error)}; name Google's taxonomy-with-ids file`);
  }
}

function withParents(entries: readonly { id: string; levels: string[]; place: string }[]): Category[] {
  const keyOf = (levels: readonly string[]): string => joinLevels(levels.map(nameKey));
  // If a path occurs twice, all its children belong to the first line.
  const ids = new Map<string, string>();
  for (const { id, levels } of entries) if (!ids.has(keyOf(levels))) ids.set(keyOf(levels), id);
  return entries.map(({ id, levels, place }) => {
    const parent = levels.length === 1 ? null : ids.get(keyOf(levels.slice(0, -1)));
    if (parent === undefined)
      throw new UserError(
        `${place}: no line defines ${joinLevels(levels.slice(0, -1))}; use the complete file`,
      );
    return { id, name: levels.at(-1) ?? '', parent, aliases: [], attributes: [], required: [] };
  });
}
