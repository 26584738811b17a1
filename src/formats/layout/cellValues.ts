import { CATEGORIES } from '../../domain/categoryPath.js';
import { attributeName } from '../../domain/field.js';
import type { Separator } from '../../text/splitList.js';
import { type CategoryColumn, categoryColumn, setCategories } from './categoryColumn.js';
import type { FileNotation } from './fileNotation.js';
import { listColumn, type SplitCell } from './listColumn.js';

/** How to read the values in the cells of a table. */
export interface CellValues {
  /** An attribute's cell: its value or values, with numbers in neutral notation. */
  attribute(column: number, cell: string): string | string[];
  /** The cell of an extra field. */
  extra(column: number, cell: string): string | string[];
  /** Sets the category of a draft, and all its categories if the cell has several. */
  setCategory(draft: Record<string, unknown>, column: number, cell: string): void;
}

/** Extra fields whose cells can hold several values. */
const LIST_FIELDS = /^(?:product[ _]?)?(?:tags?|keywords?|labels?|collections?)$/i;

/**
 * Learns from the first rows which cells hold several values. `known` are the separators of a column that the layout
 * states.
 */
export function cellValues(
  fields: readonly (string | undefined)[],
  sample: readonly (readonly string[])[],
  numbers: Pick<FileNotation, 'attribute'>,
  known: (column: number) => readonly Separator[] = () => [],
): CellValues {
  const split = new Map<number, SplitCell>();
  const categories = new Map<number, CategoryColumn>();
  for (const [column, field] of fields.entries()) {
    if (field === undefined) continue;
    const cells = sample.map((row) => row[column] ?? '');
    if (field === 'category') categories.set(column, categoryColumn(cells, known(column)));
    else if (attributeName(field) !== undefined || LIST_FIELDS.test(field) || known(column).length > 0)
      split.set(column, listColumn(cells, known(column)));
  }
  const hasCategories = fields.includes(CATEGORIES);
  const valuesOf = (column: number, cell: string): string | string[] => split.get(column)?.(cell) ?? cell;
  return {
    attribute(column, cell) {
      const values = valuesOf(column, cell);
      if (!Array.isArray(values)) return numbers.attribute(column, values);
      return values.map((value) => numbers.attribute(column, value));
    },
    extra: valuesOf,
    setCategory(draft, column, cell) {
      const categoriesOf = categories.get(column);
      // Another column can hold the field of all categories.
      if (categoriesOf === undefined || hasCategories) draft.category = categoriesOf?.read(cell)[0] ?? cell;
      else setCategories(draft, cell, categoriesOf);
    },
  };
}
