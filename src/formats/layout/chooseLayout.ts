import { UserError } from '../../domain/errors.js';
import type { Notation } from '../../text/numbers.js';
import { fieldsOfColumns } from './columns.js';
import { fileNotation } from './fileNotation.js';
import { googleLayout, isGoogleFeed } from './google.js';
import { columnKey, type Layout, plainLayout, type SampleRows } from './layout.js';
import { isShopifyExport, shopifyLayout } from './shopify.js';
import { listColumns, suggestIdColumn } from './suggestIdColumn.js';

export interface LayoutOptions {
  /** For messages. */
  readonly path: string;
  readonly columns: readonly string[];
  readonly sample: SampleRows;
  readonly map: Readonly<Record<string, string>> | undefined;
  /** How such a file usually writes numbers, for where its columns do not tell. */
  readonly usual: Notation;
}

/** Far beyond any export; headers by the ten thousand are data that were taken for one. */
const COLUMNS_LIMIT = 5000;

/**
 * Recognises whose export a table is and how its columns make products.
 * @throws UserError if there are too many columns, `--map` names a column that is not there, or no column holds an id.
 */
export function chooseLayout(options: LayoutOptions): Layout {
  const { columns, sample } = options;
  if (columns.length > COLUMNS_LIMIT) {
    throw new UserError(
      `${options.path} has ${columns.length} columns, more than ${COLUMNS_LIMIT}: check its header, or give it with fewer columns.`,
    );
  }
  const preset = presetOf(options);
  if (isShopifyExport(columns)) return shopifyLayout(columns, sample, preset);
  if (isGoogleFeed(columns)) return googleLayout(columns, sample, preset);
  const { fields, identified } = fieldsOfColumns(columns, sample, preset);
  if (!identified) {
    throw new UserError(
      `${options.path} has no column that holds an id (found ${listColumns(columns)}): say which one does, as in ${suggestIdColumn(columns)}.`,
      { field: '--map' },
    );
  }
  return plainLayout('plain', columns, fields, fileNotation(fields, sample, options.usual));
}

function presetOf({ path, columns, map }: LayoutOptions): (string | undefined)[] {
  const preset: (string | undefined)[] = columns.map(() => undefined);
  for (const [field, name] of Object.entries(map ?? {})) {
    const exact = columns.indexOf(name);
    const found = exact === -1 ? columns.findIndex((column) => columnKey(column) === columnKey(name)) : exact;
    if (found === -1) {
      throw new UserError(
        `--map ${field}=${name} names a column that ${path} lacks: it has ${listColumns(columns)}.`,
        { field: '--map' },
      );
    }
    preset[found] = field;
  }
  return preset;
}
