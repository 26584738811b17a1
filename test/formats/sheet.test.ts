import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { readSheet, writeSheet } from '../../src/formats/sheet.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const rows = [
  ['group', 'value', 'decision'],
  ['g1', 'Bleu marine, "foncé"', ''],
  ['g2', 'two\nlines', 'accept'],
];

describe('a sheet', () => {
  it.each(['sheet.csv', 'sheet.tsv', 'sheet.xlsx', 'sheet.csv.gz'])(
    'is read back unchanged: %s',
    async (name) => {
      const file = path.join(temporaryFolder(), name);
      await writeSheet(file, rows);
      const read = await readSheet(file, ['group', 'decision']);
      expect(
        read.map(({ cells }) => [cells.get('group'), cells.get('value'), cells.get('decision')]),
      ).toEqual(rows.slice(1));
      expect(read[0]?.line).toBe(2);
    },
  );

  it('has no cell that a spreadsheet program evaluates', async () => {
    const file = path.join(temporaryFolder(), 'sheet.csv');
    const dangerous = ['=HYPERLINK("http://x")', '+1+1', '-1+cmd', '@SUM(1)', '\t=1', '\r=1'];
    await writeSheet(file, [['value'], ...dangerous.map((cell) => [cell]), ['plain - text'], ['-1']]);
    const cells: string[][] = parse(readFileSync(file), { bom: true });
    expect(cells.slice(1).map(([cell]) => cell)).toEqual([
      ...dangerous.map((cell) => `'${cell}`),
      'plain - text',
      '-1',
    ]);
    expect((await readSheet(file, ['value'])).map(({ cells }) => cells.get('value'))).toEqual(
      [...dangerous, 'plain - text', '-1'].map((cell) => cell.trim()),
    );
    const book = path.join(temporaryFolder(), 'sheet.xlsx');
    await writeSheet(book, [['value'], ['=1+1']]);
    expect((await readSheet(book, ['value']))[0]?.cells.get('value')).toBe('=1+1');
  });

  it('is read as other programs save it: semicolons, UTF-16, other case of names, added columns and blank rows', async () => {
    const file = path.join(temporaryFolder(), 'saved.csv');
    const text = 'Note;GROUP; Decision \r\n;;\r\nfür mich;g1;Accept\r\n';
    writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
    const read = await readSheet(file, ['group', 'decision']);
    expect(read.map(({ line, cells }) => [line, Object.fromEntries(cells)])).toEqual([
      [3, { note: 'für mich', group: 'g1', decision: 'Accept' }],
    ]);
  });

  it('is refused if a column is missing or the extension is not that of a sheet', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'other.csv');
    writeFileSync(file, 'id,title\n1,x\n');
    await expect(readSheet(file, ['group', 'title'])).rejects.toThrow(/has no column 'group'/);
    await expect(writeSheet(path.join(folder, 'x.jsonl'), rows)).rejects.toThrow(/is not a sheet/);
    await expect(writeSheet(path.join(folder, 'x.pdf'), rows)).rejects.toThrow(/no known extension/);
  });
});
