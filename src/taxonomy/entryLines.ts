import { readYaml } from '../domain/readYaml.js';

/**
 * A large taxonomy is written one entry a line, each in JSON, which YAML contains:
 *
 *     categories:
 *       - {"id":"aa-1","name":"Clothing","parent":"aa"}
 *
 * so that it is read some fifty times quicker than by a YAML parser, and a change is one line of a comparison.
 */
export function writeEntryLines(lists: Readonly<Record<string, readonly unknown[]>>): string {
  return Object.entries(lists)
    .map(
      ([key, entries]) =>
        `${key}:\n${entries.map((entry) => `${BULLET}${JSON.stringify(entry)}\n`).join('')}`,
    )
    .join('');
}

/**
 * Reads a text that holds nothing but lists of entries, one a line, comments and blank lines; an entry that was
 * edited by hand is read as YAML. Undefined for any other text, which a YAML parser then reads or refuses whole.
 */
export function readEntryLines(text: string): Record<string, unknown[]> | undefined {
  const lists: Record<string, unknown[]> = {};
  let list: unknown[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith(BULLET)) {
      const entry = readEntry(line.slice(BULLET.length));
      if (list === undefined || entry === undefined) return undefined;
      list.push(entry);
    } else if (!IGNORED.test(line)) {
      const key = KEY.exec(line)?.[1];
      if (key === undefined || key in lists) return undefined;
      list = [];
      lists[key] = list;
    }
  }
  return list === undefined ? undefined : lists;
}

/** On which line, from 1, an entry of such a text stands; undefined for any other text. */
export function entryLine(text: string, list: string, index: number): number | undefined {
  if (readEntryLines(text) === undefined) return undefined;
  const lines = text.split(/\r?\n/);
  let left = index;
  for (let at = lines.findIndex((line) => KEY.exec(line)?.[1] === list) + 1; at < lines.length; at++) {
    if (lines[at]?.startsWith(BULLET) === true && left-- === 0) return at + 1;
  }
  return undefined;
}

const BULLET = '  - ';
const KEY = /^([a-z]+):\s*$/;
const IGNORED = /^\s*(?:#.*)?$/;

function readEntry(text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    const entry: unknown = JSON.parse(text);
    // JSON takes the last of two equal keys where YAML refuses them: only what we would write is read as JSON.
    if (JSON.stringify(entry) === text) return entry;
  } catch {
    // Not JSON, so perhaps YAML.
  }
  const read = readYaml(text);
  return 'message' in read ? undefined : (read.raw ?? undefined);
}
