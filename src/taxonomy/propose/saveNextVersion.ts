import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Document, isSeq, parseDocument, stringify } from 'yaml';
import { UserError } from '../../domain/errors.js';
import { readEntryLines, writeEntryLines } from '../entryLines.js';
import type { LoadedTaxonomy } from '../load.js';
import { withoutAttributeDefaults } from '../save.js';
import type { Attribute, Taxonomy } from '../schema.js';
import type { AcceptedVersion } from './acceptProposals.js';

const WIDTH = 110;

/**
 * Writes the next version to its own folder: the same files with the same comments, and the migration from the previous
 * version. Writes a migration even if nothing was renamed, so that stored facts can be migrated.
 * @throws UserError if the folder already contains YAML files.
 */
export async function saveNextVersion(
  dir: string,
  before: LoadedTaxonomy,
  next: AcceptedVersion,
  out: string,
): Promise<void> {
  await mkdir(out, { recursive: true });
  const existing = (await readdir(out)).find((name) => /\.ya?ml$/i.test(name));
  if (existing !== undefined)
    throw new UserError(`${out} already contains ${existing}; write the next version to an empty folder`);
  const files = new Map([...before.origins.values()].map((origin) => [origin.file, origin]));
  for (const [file, { text }] of files) {
    await writeFile(join(out, basename(file)), editedFile(file, text, before, next.taxonomy), { flag: 'wx' });
  }
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (entry.isFile() && !/\.ya?ml$/i.test(entry.name))
      await copyFile(join(dir, entry.name), join(out, entry.name));
  }
  const migration = {
    format: 1,
    from: before.taxonomy.version,
    to: next.taxonomy.version,
    ...(next.renamed.length === 0 ? {} : { values: next.renamed }),
  };
  await writeFile(join(out, 'migration.yaml'), stringify(migration, { lineWidth: WIDTH }));
}

function editedFile(
  file: string,
  text: string,
  { taxonomy, origins }: LoadedTaxonomy,
  next: Taxonomy,
): string {
  const changed = next.attributes.flatMap((attribute, index) => {
    const origin = origins.get(`attributes.${index}`);
    const previous = taxonomy.attributes[index];
    if (origin?.file !== file || origin.index === undefined || previous === undefined) return [];
    return JSON.stringify(previous) === JSON.stringify(attribute)
      ? []
      : [{ at: origin.index, previous, current: attribute }];
  });
  const lines = readEntryLines(text);
  if (lines !== undefined) {
    if (changed.length === 0) return text;
    for (const { at, current } of changed)
      if (lines.attributes !== undefined) lines.attributes[at] = withoutAttributeDefaults(current);
    return writeEntryLines(lines);
  }
  const isHead = origins.get('version')?.file === file || origins.get('changelog')?.file === file;
  if (changed.length === 0 && !isHead) return text;
  const document = parseDocument(text);
  for (const { at, previous, current } of changed)
    editValues(document, ['attributes', at, 'values'], previous, current);
  if (origins.get('version')?.file === file) document.set('version', next.version);
  if (origins.get('changelog')?.file === file) document.addIn(['changelog'], next.changelog.at(-1));
  return document.toString({ lineWidth: WIDTH });
}

/** Edits values in place to keep their order and comments. Values are renamed, extended or added, but never removed. */
function editValues(
  document: Document,
  path: readonly (string | number)[],
  previous: Attribute,
  current: Attribute,
): void {
  if (previous.type !== 'enum' || current.type !== 'enum') return;
  for (const [index, value] of current.values.entries()) {
    const known = previous.values[index];
    if (known === undefined) document.addIn(path, document.createNode({ name: value.name }, { flow: true }));
    else if (JSON.stringify(known) !== JSON.stringify(value)) {
      document.setIn([...path, index, 'name'], value.name);
      if (value.aliases.length === 0) continue;
      const aliases = document.createNode(value.aliases, { flow: true });
      const before = document.getIn([...path, index, 'aliases'], true);
      if (isSeq(before) && before.flow !== true) aliases.flow = false;
      document.setIn([...path, index, 'aliases'], aliases);
    }
  }
}
