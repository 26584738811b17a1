import { expect, it } from 'vitest';
import { WorkbookFiller, workbookOf } from '../../../src/formats/workbook/fillWorkbook.js';
import { readSheet } from '../../../src/formats/workbook/workbookFile.js';
import { packArchive, unpackArchive } from '../../../src/formats/workbook/zipArchive.js';
import { fileOf } from '../../support/temporaryFolder.js';

it('a heading cell with an invalid number stays blank when the workbook is filled', async () => {
  const plain = fileOf(
    '.xlsx',
    workbookOf([
      ['id', 'broken', 'color'],
      ['1', 'x', ''],
    ]),
  );
  const parts = await unpackArchive(plain);
  const name = [...parts.keys()].find((part) => /sheet1\.xml$/.test(part)) ?? '';
  const xml = parts.get(name)?.toString() ?? '';
  const broken = xml.replace(/<c r="B1"[^>]*>.*?<\/c>/, '<c r="B1"><v>none</v></c>');
  expect(broken).not.toBe(xml);
  const damaged = fileOf('.xlsx', packArchive(new Map(parts).set(name, Buffer.from(broken))));
  const { columns } = await readSheet(damaged);

  const filling = await WorkbookFiller.of(damaged);
  filling.set(1, 2, 'red');
  const filled = fileOf('.xlsx', filling.bytes());
  expect((await readSheet(filled)).columns).toEqual(columns);
});
