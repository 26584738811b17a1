import { fieldsOfColumns, isFieldName } from './columns.js';
import { columnKey, type SampleRows } from './layout.js';

/** Titles, dates of export and remarks stand above the header, at most this many rows. */
export const MAX_TITLE_ROWS = 20;

/** Names that `--map` gives to columns. */
export type ColumnMap = Readonly<Record<string, string>> | undefined;

/**
 * The index of the header among the first rows of a table, which have no blank rows: the first row that names an id and
 * another field. Without one, the first row that is wider than a title, if that one names an id or the first row is a
 * single cell; else the first row.
 */
export function findHeader(rows: SampleRows, map: ColumnMap): number {
  const candidates = rows.slice(0, MAX_TITLE_ROWS);
  const certain = candidates.findIndex((cells) => isHeader(cells, map));
  if (certain !== -1) return certain;
  const first = filledCells(candidates[0] ?? []);
  if (namesId(candidates[0] ?? [], map)) return 0;
  const named = candidates.findIndex(
    (cells) => filledCells(cells) > first && namesId(cells, map) && !cells.some(isNumber),
  );
  if (named !== -1) return named;
  const widest = Math.max(0, ...candidates.map(filledCells));
  return first > 1 || widest < 2 ? 0 : candidates.findIndex((cells) => filledCells(cells) * 2 > widest);
}

/** Whether the cells are certainly names of columns: one is that of the id, and another one that of a field. */
export function isHeader(cells: readonly string[], map: ColumnMap): boolean {
  const mapped = new Set(Object.values(map ?? {}).map(columnKey));
  const known = cells.filter((cell) => isFieldName(cell) || mapped.has(columnKey(cell))).length;
  return known >= 2 && !cells.some(isNumber) && namesId(cells, map);
}

/** Whether one of the cells is the name of an id column. */
export function namesId(cells: readonly string[], map: ColumnMap): boolean {
  const id = map?.id;
  if (id !== undefined) return cells.some((cell) => columnKey(cell) === columnKey(id));
  return fieldsOfColumns(cells, []).hasId;
}

function filledCells(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

function isNumber(cell: string): boolean {
  return /^[\d.,]+$/.test(cell.trim());
}
