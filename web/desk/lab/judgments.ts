/** Grades from 0 (irrelevant) to 3 by product id, by query. */
export type Judgments = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const GRADES = ['Irrelevant', 'Partly', 'Good', 'Perfect'] as const;
const HEADER = 'query\tproduct_id\tgrade';

export function judge(judgments: Judgments, query: string, id: string, grade: number | undefined): Judgments {
  const grades = new Map(judgments.get(query));
  if (grade === undefined) grades.delete(id);
  else grades.set(id, grade);
  const judged = new Map(judgments);
  if (grades.size === 0) judged.delete(query);
  else judged.set(query, grades);
  return judged;
}

/** As `shelfwright evaluate search` reads it. */
export function writeJudgments(judgments: Judgments): string {
  const rows = [...judgments].flatMap(([query, grades]) =>
    [...grades].map(([id, grade]) =>
      [query, id, String(grade)].map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'),
    ),
  );
  return `${[HEADER, ...rows].join('\n')}\n`;
}

/**
 * Reads a file with the columns query, product_id and grade.
 * @throws Error with a sentence that names the line
 */
export function readJudgments(text: string): Judgments {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const columns = (lines[0] ?? '').split('\t').map((name) => name.trim());
  const [query, id, grade] = ['query', 'product_id', 'grade'].map((name) => columns.indexOf(name));
  if (query === undefined || id === undefined || grade === undefined || Math.min(query, id, grade) < 0)
    throw new Error(
      'The file has no line of columns: expected query, product_id and grade, separated by tabs.',
    );
  const judgments = new Map<string, Map<string, number>>();
  for (const [place, line] of lines.slice(1).entries()) {
    if (line.trim() === '') continue;
    const cells = line.split('\t');
    const [asked = '', product = '', given = ''] = [cells[query], cells[id], cells[grade]];
    const value = Number(given);
    if (asked === '' || product === '' || given.trim() === '' || !(value >= 0 && value <= 100))
      throw new Error(`Line ${place + 2} of the file has no usable query, product_id and grade.`);
    const grades = judgments.get(asked) ?? new Map<string, number>();
    judgments.set(asked, grades.set(product, value));
  }
  return judgments;
}

/** Both; where they differ, those of the second. */
export function joined(first: Judgments, second: Judgments): Judgments {
  const all = new Map(first);
  for (const [query, grades] of second) all.set(query, new Map([...(first.get(query) ?? []), ...grades]));
  return all;
}

export function countOf(judgments: Judgments): number {
  return [...judgments.values()].reduce((sum, grades) => sum + grades.size, 0);
}
