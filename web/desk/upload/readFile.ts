import { type Answer, sendRaw } from '../../shared/call.js';
import type { Preview } from './mapping.js';

/** How a file is read. */
export interface Reading {
  readonly map?: Readonly<Record<string, string>>;
  readonly sheet?: string;
  readonly headerRow?: number;
}

const FORMATS: Readonly<Record<string, string>> = {
  csv: 'csv',
  txt: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  xlsx: 'xlsx',
  xls: 'xlsx',
};

/** The beginning of a file that shows its columns; of a packed one more, as it may not be cut off too early. */
const HEAD_BYTES = 256 * 1024;
const PACKED_HEAD_BYTES = 4 * 1024 * 1024;

/** `feed.csv.gz` → format csv, stem `feed`, extension `csv.gz`. */
export function nameParts(name: string): {
  format: string;
  stem: string;
  extension: string;
  packed: boolean;
} {
  const packed = /\.gz$/i.test(name);
  const whole = packed ? name.slice(0, -3) : name;
  const extension = /\.([a-z]+)$/i.exec(whole)?.[1]?.toLowerCase() ?? '';
  const format = FORMATS[extension] ?? 'csv';
  const stem = extension in FORMATS ? whole.slice(0, -extension.length - 1) : whole;
  return { format, stem, extension: packed ? `${format}.gz` : format, packed };
}

/** @throws ApiError */
export async function previewOf(file: File, reading: Reading, signal: AbortSignal): Promise<Preview> {
  const { format, packed } = nameParts(file.name);
  const head = format === 'xlsx' ? file : file.slice(0, packed ? PACKED_HEAD_BYTES : HEAD_BYTES);
  const response = await sendFile('/v1/uploads/preview', head, format, reading, {}, signal);
  return response.json();
}

/** Sends the whole file; the job answers. @throws ApiError */
export async function startJob(
  path: '/v1/import' | '/v1/enrich/files',
  file: File,
  reading: Reading,
  options: Readonly<Record<string, string>>,
): Promise<Answer<'/v1/import', 'post'>> {
  const { format } = nameParts(file.name);
  const named = { ...options, name: file.name.slice(0, 200) };
  return (await sendFile(path, file, format, reading, named)).json();
}

function sendFile(
  path: string,
  body: Blob,
  format: string,
  { map, sheet, headerRow }: Reading,
  options: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Response> {
  const query = new URLSearchParams({
    format,
    ...(map !== undefined && Object.keys(map).length > 0 && { map: JSON.stringify(map) }),
    ...(sheet !== undefined && { sheet }),
    ...(headerRow !== undefined && { header_row: String(headerRow) }),
    ...options,
  });
  return sendRaw(`${path}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
    ...(signal !== undefined && { signal }),
  });
}
