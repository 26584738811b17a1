import { UserError } from '../../domain/errors.js';
import type { Encoding } from '../bytes/encoding.js';
import { LineReader } from '../bytes/lines.js';
import type { Sample } from '../bytes/readCompressedFile.js';
import { requireText } from '../bytes/requireText.js';
import { listColumns, suggestIdColumn } from '../layout/suggestIdColumn.js';
import { isRecord } from './isRecord.js';

/**
 * Looks at the first rows of a JSONL file, so that one which is nothing of the kind, or calls its ids
 * otherwise, stops with a sentence and not with every row in quarantine. Bad rows among good ones pass.
 * @throws UserError if no row is an object, none has an id, or `--map` names what no row has.
 */
export function requireIds(
  path: string,
  sample: Sample,
  encoding: Encoding,
  map: Readonly<Record<string, string>>,
): void {
  const reader = new LineReader(encoding);
  const lines = reader.push(sample.head);
  if (sample.whole) lines.push(...reader.end());
  const filled = lines.filter(({ text, continued }) => !continued && text.trim() !== '');
  const [first] = filled;
  if (first === undefined) return;
  const rows = filled.map(({ text }) => objectOf(text)).filter((row) => row !== undefined);
  if (first.text.trim() === '{') {
    throw new UserError(
      `${path} is one JSON object over several lines, expected one product a line: bring its list of products into lines, as with jq -c '.products[]' ${path}.`,
    );
  }
  const ofThem = `none of its first ${filled.length} row${filled.length === 1 ? '' : 's'}`;
  if (rows.length === 0) {
    requireText(path, sample.head);
    if (first.text.trimStart().startsWith('[')) throw arrayRefusal(path);
    throw new UserError(
      `${path}: ${ofThem} is a JSON object (line ${first.number} begins ${JSON.stringify(first.text.slice(0, 30))}): expected one product a line, or another format said with --format.`,
    );
  }
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  for (const [field, key] of Object.entries(map)) {
    // A field that is seldom filled may stand further down.
    if (names.includes(key) || (field !== 'id' && !sample.whole)) continue;
    throw new UserError(
      `--map ${field}=${key} names a field that no row of ${path} has: found ${listColumns(names)}.`,
      { field: '--map' },
    );
  }
  if (map.id === undefined && !names.includes('id')) {
    throw new UserError(
      `${path}: ${ofThem} has an id; found ${listColumns(names)}: say which field holds it, as in ${suggestIdColumn(names)}.`,
      { field: '--map' },
    );
  }
}

/** What to do with a file that is one JSON array. */
export function arrayRefusal(path: string): UserError {
  return new UserError(
    `${path} is a JSON array, expected one product a line: turn it into lines with jq -c '.[]' ${path}.`,
  );
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
