import { readFileSync } from 'node:fs';
import { read } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardFormula, unguardFormula } from '../../src/formats/formulaGuard.js';
import { readSheet, writeSheet } from '../../src/formats/sheet.js';
import { openSource } from '../../src/formats/source.js';
import { writeFilled } from '../../src/formats/writeFilled.js';
import { Placeholders } from '../../src/text/placeholders.js';
import { fileOf, outPath } from '../support/temporaryFolder.js';
import { collect } from './collect.js';
import { fact } from './fact.js';

const formulas = [
  '=1+1',
  '+1+1',
  '-cmd|x',
  '@SUM(A1)',
  '\t=1',
  '\r1',
  '\n1',
  '＝1',
  '＋1',
  '－1',
  '＠a',
  ' =1',
  '"=1',
  "'=1",
  '\u200b=1',
  '-5 °C',
  '+49 30 1234',
];

/** Texts of the characters that the guard checks, and any other texts. */
const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom("'", '"', '=', '+', '-', '@', '＝', ' ', '\t', '\n', '5', '.', 'a', ','),
  }),
  fc.string({ unit: 'binary' }),
);

describe('the formula guard', () => {
  it.each(formulas)('prefixes %j with an apostrophe', (cell) => {
    expect(guardFormula(cell)).toBe(`'${cell}`);
  });

  it.each(['-5', '+49', '-1.299,50', '-1e-9', 'a=b', "it's", '', '5 - 3', "'quoted'", '#1'])(
    'does not change %j',
    (cell) => {
      expect(guardFormula(cell)).toBe(cell);
    },
  );

  it('can be removed from any text', () => {
    fc.assert(
      fc.property(text, (cell) => {
        expect(unguardFormula(guardFormula(cell))).toBe(cell);
        expect(guardFormula(guardFormula(cell)).length - cell.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a filled table', () => {
  const placeholders = new Placeholders();
  // A file with many control characters is refused because it is not text.
  const values = text.filter(
    (value) =>
      value.trim() !== '' &&
      !placeholders.has(value) &&
      !/[\uFFFE\uFFFF]|\p{Cc}/u.test(value.replaceAll(/[\t\n\r]/g, '')),
  );

  it.each(['.csv', '.tsv'])(
    'is read back with the filled values and unchanged merchant cells: %s',
    async (ending) => {
      await fc.assert(
        fc.asyncProperty(values, async (value) => {
          const content = 'id,title,color\n1,=merchant,\n2,"+own",=own\n'.replaceAll(
            ',',
            ending === '.tsv' ? '\t' : ',',
          );
          const out = outPath(ending);
          await writeFilled(await openSource(fileOf(ending, content)), out, {
            added: ['attributes.=fit'],
            factsOf: () => [fact('attributes.color', value), fact('attributes.=fit', value)],
          });
          const { products, bad } = await collect(out);
          expect(bad).toEqual([]);
          expect(products).toEqual([
            { id: '1', title: '=merchant', attributes: { color: value, '=fit': value } },
            { id: '2', title: '+own', attributes: { color: '=own', '=fit': value } },
          ]);
        }),
        { numRuns: 100 },
      );
    },
  );

  it('contains no filled formula, nor does its facts file, unless the guard is off', async () => {
    const path = fileOf('.csv', 'id,title,color\n=id,=1+1,\n');
    const filling = {
      added: ['attributes.=fit'],
      factsOf: () => [fact('attributes.color', '=1+1'), fact('attributes.=fit', '@x')],
    };
    const out = outPath('.csv');
    await writeFilled(await openSource(path), out, filling);
    expect(readFileSync(out, 'utf8')).toBe("id,title,color,'=fit\n=id,=1+1,'=1+1,'@x\n");
    const factsFile: string[][] = parse(readFileSync(out.replace('.csv', '.facts.csv')));
    expect(factsFile.slice(1).map(([id, , value]) => [id, value])).toEqual([
      ["'=id", "'=1+1"],
      ["'=id", "'@x"],
    ]);
    const bare = outPath('.csv');
    await writeFilled(await openSource(path, { formulaGuard: false }), bare, filling);
    expect(readFileSync(bare, 'utf8')).toBe('id,title,color,=fit\n=id,=1+1,=1+1,@x\n');
    expect((await collect(out, { formulaGuard: false })).products[0]?.attributes).toMatchObject({
      color: "'=1+1",
    });
  });

  it('is guarded if it comes from a workbook, whose own cells are never evaluated', async () => {
    const path = fileOf('.csv', 'id,title,color\n1,a,\n');
    const filling = {
      added: ['attributes.=fit'],
      factsOf: () => [fact('attributes.color', '=1+1'), fact('attributes.=fit', "'=2")],
    };
    const book = outPath('.xlsx');
    await writeFilled(await openSource(path), book, filling);
    const again = outPath('.xlsx');
    await writeFilled(await openSource(book), again, {
      added: ['attributes.+more'],
      factsOf: () => [fact('attributes.+more', '=3')],
    });
    for (const [file, cells] of [
      [book, ['C2', 'D1', 'D2']],
      [again, ['C2', 'D2', 'E1', 'E2']],
    ] as const) {
      const sheet = read(readFileSync(file), { cellFormula: true }).Sheets.Products;
      for (const cell of cells)
        expect(sheet?.[cell]).toMatchObject({ t: 's', v: expect.stringMatching(/^'?[=+]/) });
      for (const cell of cells) expect(sheet?.[cell]).not.toHaveProperty('f');
    }
    expect((await collect(again)).products[0]?.attributes).toEqual({
      color: '=1+1',
      '=fit': "'=2",
      '+more': '=3',
    });
    const table = outPath('.csv');
    await writeFilled(await openSource(again), table, {
      added: ['attributes.=x'],
      factsOf: () => [fact('attributes.=x', '=4')],
    });
    expect(readFileSync(table, 'utf8')).toMatch(/,'=x\n.*,'=4\n$/);
  });
});

describe('a sheet', () => {
  it.each(['.csv', '.tsv', '.xlsx'])('is read back unchanged, whatever its cells: %s', async (ending) => {
    const cell = fc
      .oneof(fc.constantFrom(...formulas), text)
      .map((value) => value.trim())
      .filter((value) => !/[\0\r\uFFFE\uFFFF]|\p{Cc}/u.test(value.replaceAll('\n', '').replaceAll('\t', '')));
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 5 }), async (cells) => {
        const file = outPath(ending);
        await writeSheet(file, [['group', 'value'], ...cells.map((value) => ['g', value])]);
        const rows = await readSheet(file, ['group', 'value']);
        expect(rows.map((row) => row.cells.get('value'))).toEqual(cells);
      }),
      { numRuns: 100 },
    );
  });

  it('is written unchanged if the guard is off', async () => {
    const file = outPath('.csv');
    await writeSheet(file, [['value'], ['=1+1']], false);
    expect(readFileSync(file, 'utf8')).toBe('\uFEFFvalue\n=1+1\n');
    expect((await readSheet(file, ['value'], false))[0]?.cells.get('value')).toBe('=1+1');
  });
});
