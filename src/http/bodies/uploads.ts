import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FORMATS, type Format } from '../../formats/format.js';
import { text, wholeNumber } from '../parameters.js';
import { HttpError, invalid } from '../problem.js';

const FORMAT_OF: Readonly<Record<string, Format>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/x-ndjson': 'jsonl',
  'application/ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

/** Content types of files of products. */
export const FILE_TYPES = [...Object.keys(FORMAT_OF), 'application/octet-stream'];

/** Leaves bodies other than JSON to the routes of this scope, as streams. */
export function streamFiles(app: FastifyInstance): void {
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** Parameters of routes whose body is a file. */
export const readingQuery = {
  format: z.enum(FORMATS).optional().describe('Format of the body, if its content type does not say.'),
  map: text
    .optional()
    .describe('Which column holds which field: title=Name,price=Cost, or as JSON {"title":"Name, long"}.'),
  sheet: text.optional().describe('Name or number of the sheet of a workbook; default: the first.'),
  header_row: wholeNumber(1_048_576)
    .optional()
    .describe('Line or row of the names of the columns; default: the first that is no title.'),
};
export const fileName = text
  .trim()
  .min(1)
  .max(200)
  .optional()
  .describe('Name of the file, to show it and to name its downloads.');

interface ReadingQuery {
  readonly format?: Format | undefined;
  readonly map?: string | undefined;
  readonly sheet?: string | undefined;
  readonly header_row?: number | undefined;
}

/** How to read the body of a request. @throws HttpError if nothing states its format, or the map is not one. */
export function readingOf(request: FastifyRequest, { format: stated, map, sheet, header_row }: ReadingQuery) {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  const format = stated ?? FORMAT_OF[type.trim().toLowerCase()];
  if (format === undefined) {
    throw new HttpError(
      415,
      `The content type does not name a file format; send for example content-type: text/csv, or add ?format=${FORMATS.join('|')}.`,
    );
  }
  return {
    format,
    ...(map !== undefined && { map: readMap(map) }),
    ...(sheet !== undefined && { sheet }),
    ...(header_row !== undefined && { header_row }),
  };
}

const mapSchema = z.record(z.string().min(1), z.string().min(1));

function readMap(pairs: string): Record<string, string> {
  if (pairs.trimStart().startsWith('{')) {
    const parsed = mapSchema.safeParse(parseJson(pairs));
    if (parsed.success) return parsed.data;
    throw invalid([{ field: 'map', reason: 'expected JSON such as {"title":"Name"}' }]);
  }
  return Object.fromEntries(
    pairs.split(',').map((pair) => {
      const [field = '', column = '', ...rest] = pair.split('=').map((side) => side.trim());
      if (field !== '' && column !== '' && rest.length === 0) return [field, column];
      throw invalid([
        {
          field: 'map',
          reason: `expected pairs such as title=Name,price=Cost, found ${JSON.stringify(pair)}`,
        },
      ]);
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
