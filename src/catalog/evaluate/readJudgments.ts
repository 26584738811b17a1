import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UserError } from '../../domain/errors.js';

const rowSchema = z.object({
  query: z.string().min(1),
  product_id: z.string().min(1),
  grade: z.coerce.number().min(0),
});

/**
 * Grades by product id by query. `file` is a TSV with the columns query, product_id, grade (0 irrelevant, the
 * higher the better).
 * @throws UserError if the file cannot be read, a row lacks a column, or there are no judgments.
 */
export async function readJudgments(file: string): Promise<Map<string, Map<string, number>>> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(
      `The judgments ${file} cannot be read: give a TSV with the columns query, product_id, grade.`,
      { cause },
    );
  });
  const rows: unknown[] = parse(text, {
    columns: true,
    delimiter: '\t',
    quote: null,
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
  });
  const judgments = new Map<string, Map<string, number>>();
  for (const [place, row] of rows.entries()) {
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      throw new UserError(
        `${file}, line ${place + 2}: no usable ${field}; expected the columns query, product_id, grade, separated by tabs.`,
      );
    }
    const { query, product_id, grade } = parsed.data;
    const grades = judgments.get(query) ?? new Map<string, number>();
    judgments.set(query, grades.set(product_id, grade));
  }
  if (judgments.size === 0) {
    throw new UserError(
      `${file} contains no judgments: expected a TSV with the columns query, product_id, grade and one judgment a row.`,
    );
  }
  return judgments;
}
