import { UserError } from '../../domain/errors.js';
import type { Notation } from '../../text/numbers.js';
import { cellValues } from './cellValues.js';
import { fieldsOfColumns } from './columns.js';
import { fileNotation } from './fileNotation.js';
import { googleLayout, isGoogleFeed } from './google.js';
import { columnKey, type Layout, plainLayout, recordKeys, type SampleRows } from './layout.js';
import { isShopifyExport, shopifyLayout } from './shopify.js';
import { listColumns, suggestIdColumn } from './suggestIdColumn.js';
import { isWooCommerceExport, wooCommerceLayout } from './woocommerce.js';

export interface LayoutOptions {
  /** For messages. */
  readonly path: string;
  readonly columns: readonly string[];
  readonly sample: SampleRows;
  readonly map: Readonly<Record<string, string>> | undefined;
  /** Whether a table without ids is an error; default true. */
  readonly requireId?: boolean | undefined;
  /** The notation to use if the columns are ambiguous. */
  readonly fallbackNotation: Notation;
}

/** No real export has more columns; such a header is data, not a header. */
const MAX_COLUMNS = 5000;

/**
 * Recognises the kind of export and maps its columns to product fields.
 * @throws UserError if there are too many columns, `--map` names a missing column, or no column holds an id.
 */
export function chooseLayout(options: LayoutOptions): Layout {
  const { columns, sample } = options;
  if (columns.length > MAX_COLUMNS) {
    throw new UserError(
      `${options.path} has ${columns.length} columns, more than ${MAX_COLUMNS}: check its header, or remove columns.`,
    );
  }
  const mapped = mappedFields(options);
  if (isShopifyExport(columns)) return shopifyLayout(columns, sample, mapped);
  if (isGoogleFeed(columns)) return googleLayout(columns, sample, mapped);
  if (isWooCommerceExport(columns)) return wooCommerceLayout(columns, sample, mapped);
  const { fields, hasId } = fieldsOfColumns(columns, sample, mapped);
  if (!hasId && options.requireId !== false) {
    throw new UserError(
      `${options.path} has no column that holds an id (found ${listColumns(columns)}): say which one does, as in ${suggestIdColumn(columns)}.`,
      { field: '--map' },
    );
  }
  const numbers = fileNotation(fields, sample, options.fallbackNotation);
  return plainLayout('plain', columns, fields, numbers, cellValues(fields, sample, numbers));
}

function mappedFields({ path, columns, map }: LayoutOptions): (string | undefined)[] {
  const mapped: (string | undefined)[] = columns.map(() => undefined);
  const keys = recordKeys(columns);
  for (const [field, name] of Object.entries(map ?? {})) {
    const exact = columns.indexOf(name);
    const similar = columns.findIndex((column) => columnKey(column) === columnKey(name));
    // A repeated column has a name of its own only as a key: `Color (2)`.
    const found = [exact, keys.indexOf(name), similar].find((at) => at !== -1) ?? -1;
    if (found === -1) {
      throw new UserError(
        `--map ${field}=${name} names a column that ${path} does not have: found ${listColumns(columns)}.`,
        { field: '--map' },
      );
    }
    mapped[found] = field;
  }
  return mapped;
}
