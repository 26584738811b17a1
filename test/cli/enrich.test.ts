import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { smallCatalog } from '../support/smallCatalog.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const SHOPIFY = '../shared/data/shopify-csv';

describe('shelfwright enrich', () => {
  it('keeps every row, column and cell of a CSV, fills blanks and writes the evidence beside it', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'export.csv');
    const rows = smallCatalog().map(({ id, title, category, attributes }) => [
      id,
      title,
      category ?? '',
      String(attributes?.color ?? ''),
      'as it came;',
    ]);
    writeFileSync(
      file,
      `${[['Id', 'Name', 'Category', 'color', 'Internal note'], ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n')}\r\n`,
    );
    const out = path.join(folder, 'filled.csv');
    const report = path.join(folder, 'report.json');
    const { code, stdout } = await runShelfwright([
      'enrich',
      file,
      '-o',
      out,
      '--report',
      report,
      '--json',
      ...whereIn(folder),
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(report, 'utf8')));
    const before: string[][] = parse(readFileSync(file));
    const after: string[][] = parse(readFileSync(out));
    expect(after).toHaveLength(before.length);
    let filled = 0;
    for (const [place, row] of before.entries()) {
      for (const [column, cell] of row.entries()) {
        const now = after[place]?.[column];
        if (cell !== '') expect(now).toBe(cell);
        else if (now !== '') filled++;
      }
    }
    const facts: { status: string; quote: string; field: string }[] = parse(
      readFileSync(path.join(folder, 'filled.facts.csv')),
      { columns: true },
    );
    expect(facts.filter(({ status }) => status === 'applied')).toHaveLength(filled);
    const {
      completeness,
      fields,
    }: {
      completeness: { before: number; after: number };
      fields: Record<string, { blank: number; applied: number }>;
    } = JSON.parse(stdout);
    expect(Object.values(fields).reduce((sum, { applied }) => sum + applied, 0)).toBe(filled);
    expect(fields.category?.blank).toBe(16);
    expect(completeness.after).toBeGreaterThanOrEqual(completeness.before);
  });

  it('composes descriptions only with --describe and only for products without one', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'export.csv');
    writeFileSync(
      file,
      'id,title,brand,category,color,description\n1,Quick kettle,Aldis,Kettles,Red,\n2,Slow kettle,Aldis,Kettles,Red,Takes its time.\n',
    );
    const out = path.join(folder, 'filled.csv');
    const run = async (...flags: string[]): Promise<Record<string, string>[]> => {
      const { code } = await runInProcess(['enrich', file, '-o', out, ...flags, ...whereIn(folder)]);
      expect(code).toBe(0);
      return parse(readFileSync(out), { columns: true });
    };
    expect((await run()).map(({ description }) => description)).toEqual(['', 'Takes its time.']);
    expect((await run('--describe')).map(({ description }) => description)).toEqual([
      'This kettle by Aldis comes in red.',
      'Takes its time.',
    ]);
  });

  it('adds _shelfwright to JSONL and quotes the text exactly', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'in.jsonl');
    const rows = smallCatalog().map((product) => ({ ...product, note: { kept: [1, null] } }));
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    const out = path.join(folder, 'out.jsonl');
    const { code } = await runInProcess(['enrich', file, '-o', out, ...whereIn(folder)]);
    expect(code).toBe(0);
    const written = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(written.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    let spans = 0;
    for (const [place, row] of written.entries()) {
      const { _shelfwright: notes, ...rest } = row;
      expect(rest).toMatchObject(rows[place] ?? {});
      for (const { evidence, status, value, field } of notes?.facts ?? []) {
        if (status === 'applied' && field === 'category') expect(row.category).toBe(value);
        if (evidence.quote === undefined) continue;
        expect(String(row[evidence.field]).slice(evidence.start, evidence.end)).toBe(evidence.quote);
        spans++;
      }
    }
    expect(spans).toBeGreaterThan(10);
  });

  it('drafts a taxonomy that lints clean', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'in.jsonl');
    writeFileSync(
      file,
      smallCatalog()
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    const dir = path.join(folder, 'taxonomy');
    const drafted = await runInProcess(['taxonomy', 'infer', file, '-o', dir, '--json']);
    expect(JSON.parse(drafted.stdout)).toMatchObject({ categories: 14, attributes: 1 });
    const linted = await runInProcess(['taxonomy', 'lint', dir, '--json']);
    expect([linted.code, JSON.parse(linted.stdout).errors]).toEqual([0, 0]);
  });

  it.skipIf(!existsSync(SHOPIFY))(
    'keeps every column, row and order of real Shopify exports (where ../shared is)',
    async () => {
      const folder = temporaryFolder();
      for (const name of readdirSync(SHOPIFY)) {
        const file = path.join(SHOPIFY, name);
        const out = path.join(folder, name);
        const { code, stderr } = await runInProcess([
          'enrich',
          file,
          '-o',
          out,
          '--taxonomy',
          'taxonomy/2026-11',
          ...whereIn(folder),
        ]);
        expect([code, stderr.includes('unexpected error')]).toEqual([0, false]);
        const before: string[][] = parse(readFileSync(file), { bom: true });
        const after: string[][] = parse(readFileSync(out), { bom: true });
        expect(after.length).toBe(before.length);
        for (const [place, row] of before.entries()) {
          const now = after[place] ?? [];
          for (const [column, cell] of row.entries()) if (cell !== '') expect(now[column]).toBe(cell);
          expect(now.length).toBeGreaterThanOrEqual(row.length);
        }
      }
    },
  );
});

describe('usage errors', () => {
  it.each([
    [['enrich', 'x.csv'], 2, /required option '-o, --out <file>'/],
    [['serve', '--port', 'many'], 2, /--port takes a whole number/],
    [['serve', '--port', ''], 2, /--port takes a whole number from 0 to 65535, found ''/],
    [['search', 'x', '--limit', '0x5'], 2, /--limit takes a whole number/],
    [['dance'], 2, /there is no command 'dance'; there are (?=.*\bimport\b)(?=.*\bserve\b)/],
    [['taxonomy', 'lnit'], 2, /there is no command 'taxonomy lnit'; there are (?=.*\blint\b)(?=.*\binfer\b)/],
    [['generations', 'forward'], 2, /there is no command 'generations forward'; there are list, rollback\./],
    [['import', 'catalogs/demo.jsonl', '--map', 'titel=title'], 2, /no field 'titel'; the nearest are title/],
    [['enrich', 'catalogs/demo.jsonl', '-o', 'x.jsonl', '--where', 'price >'], 2, /--where/],
    [['enrich', 'catalogs/demo.jsonl', '-o', 'x.jsonl', '--fields', 'colr'], 2, /no attribute 'colr'/],
    [
      ['enrich', 'catalogs/demo.jsonl', '-o', 'none/x.jsonl'],
      1,
      /x\.jsonl cannot be written: there is no folder none/,
    ],
    [['enrich', 'catalogs/demo.jsonl', '-o', 'src'], 1, /src is a folder: name a file in it/],
    [
      ['enrich', 'catalogs/demo.jsonl', '-o', 'x.jsonl', '--report', 'none/r.json'],
      1,
      /there is no folder none/,
    ],
    [
      ['enrich', 'catalogs/demo.jsonl', '-o', 'x.jsonl', '--report', './x.jsonl'],
      2,
      /--report and -o name the same file/,
    ],
    [['enrich', 'catalogs/demo.jsonl', '-o', 'x.jsonl', '--quarantine', 'src'], 1, /src is a folder/],
    [['import', 'catalogs/demo.jsonl', '--quarantine', 'none/q.jsonl'], 1, /there is no folder none/],
    [
      ['taxonomy', 'infer', 'catalogs/demo.jsonl', '-o', 'README.md'],
      1,
      /README\.md is a file: name a new or empty folder/,
    ],
    [['import', 'does-not-exist.csv'], 1, /does-not-exist\.csv/],
    [['import', 'README.md'], 1, /README\.md/],
    [['taxonomy', 'lint', 'src'], 1, /src/],
    [['evaluate', 'search', '--judgments', 'none.tsv'], 1, /none\.tsv cannot be read/],
  ])('%j exits with %i and one sentence', async (args, expected, message) => {
    const run = args[0] === 'import' || args[0] === 'search' ? runShelfwright : runInProcess;
    const { code, stderr } = await run([
      ...args,
      ...(args[0] === 'dance' || args[1] === 'lnit' ? [] : whereIn(temporaryFolder())),
    ]);
    expect(code).toBe(expected);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at |unexpected error/);
  });
});
