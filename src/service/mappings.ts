import { z } from 'zod';
import { UserError } from '../domain/errors.js';
import { columnKey } from '../formats/layout/layout.js';
import type { Store } from '../store/open.js';

const SETTING = 'column_mappings';
const MAX_MAPPINGS = 200;
const MAX_COLUMNS = 500;

const name = z.string().trim().min(1).max(100);
const column = z.string().max(500);

/** How the columns of one supplier's files are read. */
export const mappingSchema = z.strictObject({
  name: name.describe('The supplier, or what the files are called.'),
  columns: z
    .array(column)
    .min(1)
    .max(MAX_COLUMNS)
    .describe('The columns of the file that it was made for; files with these columns are recognised.'),
  map: z
    .record(z.string().min(1).max(200), column.min(1))
    .refine((map) => Object.keys(map).length <= MAX_COLUMNS, `at most ${MAX_COLUMNS} fields`)
    .describe('Which column holds which field: {"title": "Name"}.'),
  sheet: column.min(1).optional().describe('The sheet of a workbook.'),
  header_row: z.int().min(1).max(1_048_576).optional().describe('Line or row of the names of the columns.'),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Mappings of columns, saved under the names of suppliers. */
export interface Mappings {
  /** In the order of their names. */
  list(): Mapping[];
  /** Adds a mapping, or replaces the one of this name. @throws UserError where there are too many. */
  save(mapping: Mapping): void;
  /** False for an unknown name. */
  remove(name: string): boolean;
  /** The mapping whose columns fit these best; undefined if none fits. */
  matching(columns: readonly string[]): Mapping | undefined;
}

export function openMappings(store: Store): Mappings {
  const list = (): Mapping[] => z.array(mappingSchema).parse(store.settings.get(SETTING) ?? []);
  const set = (mappings: readonly Mapping[]): void =>
    store.transaction(() => store.settings.set(SETTING, mappings));
  return {
    list,
    save(mapping) {
      const others = list().filter((one) => one.name !== mapping.name);
      if (others.length >= MAX_MAPPINGS)
        throw new UserError(`There are ${MAX_MAPPINGS} mappings already: remove one that is not used.`, {
          field: 'name',
        });
      set([...others, mapping].sort((a, b) => (a.name < b.name ? -1 : 1)));
    },
    remove(wanted) {
      const all = list();
      const others = all.filter((one) => one.name !== wanted);
      if (others.length < all.length) set(others);
      return others.length < all.length;
    },
    matching: (columns) => bestMatch(list(), columns),
  };
}

/** A file may have lost or gained some columns since. */
const MIN_SHARED = 0.8;

/**
 * The mapping that was made for the most similar columns, by the share of all columns that both have; it must find every
 * column that it names. Of equally similar ones, the first.
 */
export function bestMatch(mappings: readonly Mapping[], columns: readonly string[]): Mapping | undefined {
  const here = new Set(columns.map(columnKey));
  let best: { mapping: Mapping; shared: number } | undefined;
  for (const mapping of mappings) {
    const there = new Set(mapping.columns.map(columnKey));
    if (!Object.values(mapping.map).every((used) => here.has(columnKey(used)))) continue;
    const both = [...there].filter((key) => here.has(key)).length;
    const shared = both / (here.size + there.size - both);
    if (shared >= MIN_SHARED && shared > (best?.shared ?? 0)) best = { mapping, shared };
  }
  return best?.mapping;
}
