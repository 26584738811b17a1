import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { UserError } from '../domain/errors.js';
import { isRecord } from '../domain/isRecord.js';
import { fold } from '../text/fold.js';
import { anonymizeQueryId, hashId, maskPersonalData } from './anonymize.js';
import type { ServedSearch } from './event.js';

const MAX_QUERY = 200;

const querySchema = z.looseObject({
  query_id: z.string().min(1),
  user_query: z.string(),
  // Exports also write offsets without a colon.
  timestamp: z.union([z.string().refine((text) => !Number.isNaN(Date.parse(text))), z.int()]),
  client_id: z.string().nullish(),
  query_response_hit_ids: z.array(z.union([z.string(), z.number()])).nullish(),
});

export type UbiLine =
  | { readonly kind: 'event'; readonly line: number; readonly value: unknown }
  | { readonly kind: 'search'; readonly line: number; readonly search: ServedSearch }
  | { readonly kind: 'bad'; readonly line: number; readonly field: string; readonly reason: string };

/** Whether the file holds lines of UBI: events, queries, or the bulk format with actions between. Reads its beginning. */
export async function isUbiFile(path: string): Promise<boolean> {
  for await (const { value } of linesOf(path))
    return isRecord(value) && !('order_id' in value) && isUbi(value);
  return false;
}

/**
 * Reads a file of UBI, one JSON object per line: events, queries (`user_query`) with the products that they found, and
 * lines of OpenSearch's bulk format, which are skipped. A name that ends with .gz is read unpacked.
 * @throws UserError if the file cannot be read.
 */
export async function* readUbiFile(path: string, salt: Buffer): AsyncGenerator<UbiLine> {
  for await (const { line, value } of linesOf(path)) {
    if (value === undefined)
      yield { kind: 'bad', line, field: '', reason: 'the line is not JSON; expected an event' };
    else if (isRecord(value) && ('index' in value || 'create' in value)) continue;
    else if (isRecord(value) && !('action_name' in value) && 'user_query' in value)
      yield searchOf(value, line, salt);
    else yield { kind: 'event', line, value };
  }
}

function isUbi(value: Readonly<Record<string, unknown>>): boolean {
  return ['action_name', 'user_query', 'index', 'create'].some((key) => key in value);
}

function searchOf(value: unknown, line: number, salt: Buffer): UbiLine {
  const read = querySchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { kind: 'bad', line, field: issue?.path.join('.') ?? '', reason: 'expected a query of UBI' };
  }
  const { query_id, user_query, timestamp, client_id, query_response_hit_ids } = read.data;
  const shown = (query_response_hit_ids ?? []).map(String);
  return {
    kind: 'search',
    line,
    search: {
      queryId: anonymizeQueryId(query_id, salt),
      at: typeof timestamp === 'number' ? timestamp : Date.parse(timestamp),
      query: maskPersonalData(fold(user_query)).slice(0, MAX_QUERY),
      total: shown.length,
      shown,
      tookMs: 0,
      page: 1,
      filtered: false,
      clientId: client_id ? hashId(client_id, salt) : null,
      experiment: null,
      variant: null,
      teams: null,
      fields: [],
      device: null,
    },
  };
}

/** The JSON of each line that is not empty; `value` is undefined for other text. */
async function* linesOf(path: string): AsyncGenerator<{ readonly line: number; readonly value: unknown }> {
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  let line = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line++;
      if (text.trim() !== '') yield { line, value: parsed(text) };
    }
  } catch (cause) {
    throw new UserError(`${path} cannot be read: ${String(cause)}.`, { cause });
  } finally {
    file.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
