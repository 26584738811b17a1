import { readYaml } from '../domain/readYaml.js';

/**
 * A large taxonomy is written with one entry per line, in JSON, which is valid YAML:
 *
 *     categories:
 *       - {"id":"aa-1","name":"Clothing","parent":"aa"}
 *
 * Reading it is about fifty times faster than with a YAML parser, and each change is one line in a diff.
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
 * Reads a text that contains only lists with one entry per line, comments and blank lines. An entry edited by hand
 * is read as YAML. Returns undefined for any other text; the caller then parses all of it as YAML.
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

/** The line number, from 1, of an entry in such a text; undefined for any other text. */
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
    // JSON accepts duplicate keys and YAML rejects them, so only text that we would write is read as JSON.
    if (JSON.stringify(entry) === text) return entry;
  } catch {
    // Not JSON; try YAML.
  }
  const read = readYaml(text);
  return 'message' in read ? undefined : (read.raw ?? undefined);
}
