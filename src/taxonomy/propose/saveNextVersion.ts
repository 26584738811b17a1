import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Document, isSeq, parseDocument, stringify } from 'yaml';
import { UserError } from '../../domain/errors.js';
import { readEntryLines, writeEntryLines } from '../entryLines.js';
import type { LoadedTaxonomy } from '../load.js';
import { briefAttribute } from '../save.js';
import type { Attribute, Taxonomy } from '../schema.js';
import type { AcceptedVersion } from './acceptProposals.js';

const WIDTH = 110;

/**
 * Writes the next version beside the one that it grew from: the same files with the same comments, and with the
 * migration that leads there. A migration stands there also where nothing was renamed, so that stored facts can follow.
 * @throws UserError if the folder holds YAML files already.
 */
export async function saveNextVersion(
  dir: string,
  before: LoadedTaxonomy,
  next: AcceptedVersion,
  out: string,
): Promise<void> {
  await mkdir(out, { recursive: true });
  const there = (await readdir(out)).find((name) => /\.ya?ml$/i.test(name));
  if (there !== undefined)
    throw new UserError(`${out} already holds ${there}; write the next version to an empty folder`);
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
    const was = taxonomy.attributes[index];
    if (origin?.file !== file || origin.index === undefined || was === undefined) return [];
    return JSON.stringify(was) === JSON.stringify(attribute)
      ? []
      : [{ at: origin.index, was, is: attribute }];
  });
  const lines = readEntryLines(text);
  if (lines !== undefined) {
    if (changed.length === 0) return text;
    for (const { at, is } of changed)
      if (lines.attributes !== undefined) lines.attributes[at] = briefAttribute(is);
    return writeEntryLines(lines);
  }
  const isHead = origins.get('version')?.file === file || origins.get('changelog')?.file === file;
  if (changed.length === 0 && !isHead) return text;
  const document = parseDocument(text);
  for (const { at, was, is } of changed) editValues(document, ['attributes', at, 'values'], was, is);
  if (origins.get('version')?.file === file) document.set('version', next.version);
  if (origins.get('changelog')?.file === file) document.addIn(['changelog'], next.changelog.at(-1));
  return document.toString({ lineWidth: WIDTH });
}

/** Values only ever get a new name, more aliases, or company, so what stands there keeps its place and comments. */
function editValues(
  document: Document,
  path: readonly (string | number)[],
  was: Attribute,
  is: Attribute,
): void {
  if (was.type !== 'enum' || is.type !== 'enum') return;
  for (const [index, value] of is.values.entries()) {
    const known = was.values[index];
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
