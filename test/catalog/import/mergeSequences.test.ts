import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { importCatalog } from '../../../src/catalog/import/importCatalog.js';
import { silent } from '../../../src/domain/progress.js';
import { productLine } from '../../../src/formats/convertRow.js';
import { openSource } from '../../../src/formats/source.js';
import { quoteCell } from '../../../src/formats/table/cells.js';
import { IdempotencyStore } from '../../../src/service/writes/idempotency.js';
import { writeRows } from '../../../src/service/writes/writeRows.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const TEXTS = ['title', 'brand', 'rating', 'attributes.color', 'attributes.size'] as const;
const NUMBERS = ['price', 'stock'] as const;
const FIELDS = [...TEXTS, ...NUMBERS];
type Value = string | number;
type Fields = Record<string, Value | null>;
/** The naive model: id -> field -> value. */
type Model = Map<string, Map<string, unknown>>;

const field = fc.constantFrom(...FIELDS);
const word = fc.constantFrom('Teal mug', 'Öl', 'a, "b"', '  spaced', 'Größe M', 'x|y;z', "O'Neil", '-5 °C');
const number = fc.constantFrom(0, 3, 4.5, 1299.75);
const valueIn = (name: string): fc.Arbitrary<Value | null> =>
  fc.option<Value>(NUMBERS.some((one) => one === name) ? number : word, { freq: 4 });
const row = (fields: readonly string[]): fc.Arbitrary<{ id: string; fields: Fields }> =>
  fc.record({
    id: fc.constantFrom('a', 'b', '007', 'd e'),
    fields: fc.record(Object.fromEntries(fields.map((name) => [name, valueIn(name)]))),
  });
const sparseRow = fc.uniqueArray(field).chain(row);
const distinct = { selector: ({ id }: { id: string }) => id, minLength: 1, maxLength: 3 };

const step = fc.oneof(
  fc
    .record({
      format: fc.constantFrom('csv', 'tsv', 'xlsx'),
      columns: fc.uniqueArray(field, { minLength: 1 }),
      replace: fc.boolean(),
    })
    .chain(({ columns, ...how }) =>
      fc.record({
        kind: fc.constant('table' as const),
        how: fc.constant(how),
        columns: fc.constant(columns),
        rows: fc.uniqueArray(row(columns), distinct),
      }),
    ),
  fc.record({
    kind: fc.constant('jsonl' as const),
    replace: fc.boolean(),
    rows: fc.uniqueArray(sparseRow, distinct),
  }),
  fc.record({ kind: fc.constantFrom('post' as const, 'patch' as const), rows: fc.array(sparseRow) }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** The row as JSON, with its attributes in an object. */
function recordOf({ id, fields }: { id: string; fields: Fields }): Record<string, unknown> {
  const record: Record<string, unknown> = { id };
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith('attributes.')) attributes[name.slice('attributes.'.length)] = value;
    else record[name] = value;
  }
  return Object.keys(attributes).length === 0 ? record : { ...record, attributes };
}

function fileOf(folder: string, one: Extract<Step, { kind: 'table' | 'jsonl' }>): string {
  const file = path.join(folder, `in.${one.kind === 'jsonl' ? 'jsonl' : one.how.format}`);
  if (one.kind === 'jsonl') {
    writeFileSync(file, one.rows.map((each) => `${JSON.stringify(recordOf(each))}\n`).join(''));
    return file;
  }
  const cells = [
    ['id', ...one.columns.map((name) => name.replace('attributes.', ''))],
    ...one.rows.map(({ id, fields }) => [id, ...one.columns.map((name) => String(fields[name] ?? ''))]),
  ];
  if (one.how.format === 'xlsx') {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(cells), 'Products');
    writeFileSync(file, write(book, { type: 'buffer', bookType: 'xlsx' }));
  } else {
    const delimiter = one.how.format === 'tsv' ? '\t' : ',';
    const line = (values: readonly string[]) =>
      values.map((value) => quoteCell(value, delimiter)).join(delimiter);
    writeFileSync(file, cells.map((values) => `${line(values)}\n`).join(''));
  }
  return file;
}

async function bring(store: Store, folder: string, file: string, replace = false) {
  return importCatalog(store, await openSource(file), {
    ...{ full: false, replace, allowShrink: false, allowClear: true },
    ...{ taxonomy: undefined, quarantine: path.join(folder, 'bad.jsonl'), progress: silent },
  });
}

/** Applies a step to the model; returns how many values it cleared, by field. */
function applyTo(model: Model, one: Step): Record<string, number> {
  const cleared: Record<string, number> = {};
  const replaces =
    one.kind === 'post' ||
    (one.kind === 'jsonl' && one.replace) ||
    (one.kind === 'table' && one.how.replace === true);
  for (const { id, fields } of one.rows) {
    const before = model.get(id);
    if (before === undefined && one.kind === 'patch') continue;
    const after = new Map<string, unknown>(replaces ? [] : before);
    for (const [name, value] of Object.entries(fields)) {
      if (value === null) after.delete(name);
      else after.set(name, value);
    }
    for (const name of before?.keys() ?? []) if (!after.has(name)) cleared[name] = (cleared[name] ?? 0) + 1;
    model.set(id, after);
  }
  return cleared;
}

function empty(store: Store): void {
  store.transaction(() => {
    for (const id of [...store.products.eachId()]) store.products.delete(id);
  });
}

function stored(store: Store): Model {
  const model: Model = new Map();
  for (const { id, attributes, ...rest } of store.products.each()) {
    const fields = new Map<string, unknown>(Object.entries(rest));
    for (const [name, value] of Object.entries(attributes ?? {})) fields.set(`attributes.${name}`, value);
    model.set(id, fields);
  }
  return model;
}

it('any sequence of imports, posts and patches leaves what a map of maps holds, and exports round-trip', async () => {
  const folder = temporaryFolder();
  const store = openStore(path.join(folder, 'data'));
  const other = openStore(path.join(folder, 'other'));
  onTestFinished(() => {
    store.close();
    other.close();
  });
  const idempotency = new IdempotencyStore(store, 1);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      empty(store);
      empty(other);
      const model: Model = new Map();
      for (const one of steps) {
        const cleared = applyTo(model, one);
        if (one.kind === 'table' || one.kind === 'jsonl') {
          const replace = one.kind === 'jsonl' ? one.replace : one.how.replace;
          expect(await bring(store, folder, fileOf(folder, one), replace)).toMatchObject({
            ...{ rows: one.rows.length, quarantined: 0, unreadable: {} },
            cleared,
          });
        } else {
          const mode = one.kind === 'post' ? 'replace' : 'merge';
          await writeRows(one.rows.map(recordOf), mode, {
            ...{ store, idempotency, embedder: undefined, idempotencyKey: undefined },
          });
        }
        expect(stored(store)).toEqual(model);
      }
      const copy = path.join(folder, 'export.jsonl');
      writeFileSync(
        copy,
        [...store.products.each()].map((product) => productLine(product, []).text).join(''),
      );
      if (model.size > 0) await bring(other, folder, copy);
      expect(stored(other)).toEqual(model);
    }),
    { numRuns: 40 },
  );
});
