import type { Placeholders } from '../text/placeholders.js';
import type { ColumnMap } from './layout/findHeader.js';

/** How to read a table. */
export interface ReadingOptions {
  /** Product field -> column name. */
  readonly map: ColumnMap;
  /** 1-based line or sheet row of the header; undefined to find it. */
  readonly headerRow: number | undefined;
  /** Name or 1-based number of a workbook's sheet; undefined for the first one. */
  readonly sheet: string | undefined;
  /** Texts that mean no value. */
  readonly placeholders: Placeholders;
  /** Whether a file without ids is an error; default true. */
  readonly requireId?: boolean | undefined;
  /** Whether cells may contain the guard of `guardFormula`. */
  readonly guarded: boolean;
}
