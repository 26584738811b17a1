import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { PopularQuery } from '../../search/suggest/knownQueries.js';
import { readNumber } from '../../text/numbers.js';

const QUERY = 'query';
const POPULARITY = 'popularity';
const LONGEST_QUERY = 200;
const MAX_QUERIES = 100_000;
/** Bad rows reported one by one; further ones are only counted. */
const MAX_REPORTED = 5;

const rows = z.array(z.object({ info: z.object({ lines: z.number() }), record: z.array(z.string()) }));

/**
 * Reads a TSV with the columns `query` and `popularity` (a number of at least 0), in any order, by its header. A bad row
 * is skipped and reported in one sentence. `file` is only the name in these sentences.
 */
export function readQueryFile(file: string, text: string): { queries: PopularQuery[]; problems: string[] } {
  const [header, ...body] = rows.parse(
    parse(text, {
      delimiter: '\t',
      quote: null,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }),
  );
  const names = (header?.record ?? []).map((name) => name.trim().toLowerCase());
  const queryAt = names.indexOf(QUERY);
  const popularityAt = names.indexOf(POPULARITY);
  if (queryAt < 0 || popularityAt < 0) {
    const found = names.filter((name) => name !== '').join(', ') || 'nothing';
    return {
      queries: [],
      problems: [
        `${file}, line 1: found ${found}, expected the column names ${QUERY} and ${POPULARITY}, separated by a tab; no popular query was read.`,
      ],
    };
  }
  const queries: PopularQuery[] = [];
  const problems: string[] = [];
  for (const { record, info } of body) {
    const query = (record[queryAt] ?? '').trim();
    const written = (record[popularityAt] ?? '').trim();
    const popularity = readNumber(written) ?? Number.NaN;
    const problem = problemOf(query, written, popularity, queries.length);
    if (problem === undefined) queries.push({ text: query, popularity });
    else problems.push(`${file}, line ${info.lines}: ${problem}`);
  }
  const more = problems.length - MAX_REPORTED;
  return {
    queries,
    problems: [
      ...problems.slice(0, MAX_REPORTED),
      ...(more > 0 ? [`${file}: ${more} more rows were skipped.`] : []),
    ],
  };
}

function problemOf(query: string, written: string, popularity: number, read: number): string | undefined {
  if (query === '') return 'no query; the row is skipped.';
  if (query.length > LONGEST_QUERY)
    return `a query of ${query.length} characters, expected at most ${LONGEST_QUERY}; the row is skipped.`;
  if (!(popularity >= 0) || !Number.isFinite(popularity))
    return `found the popularity '${written.slice(0, 40)}', expected a number of at least 0; the row is skipped.`;
  if (read >= MAX_QUERIES) return `more than ${MAX_QUERIES} queries; the row is skipped.`;
  return undefined;
}
