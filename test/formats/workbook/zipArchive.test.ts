import { readFileSync, writeFileSync } from 'node:fs';
import { createDeflateRaw } from 'node:zlib';
import { read, utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/formats/source.js';
import { packArchive, unpackArchive } from '../../../src/formats/workbook/zipArchive.js';
import { fileOf, outPath } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';

const MB = 1024 * 1024;

function workbook(): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([
      ['id', 'title'],
      ['1', 'Shirt'],
    ]),
    'Products',
  );
  const written: unknown = write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
  if (!Buffer.isBuffer(written)) throw new Error('no bytes');
  return written;
}

/** The path of a workbook with changed parts. */
async function changed(change: (parts: Map<string, Buffer>) => void): Promise<string> {
  const parts = await unpackArchive(fileOf('.xlsx', workbook()));
  change(parts);
  return fileOf('.xlsx', packArchive(parts));
}

/** The path of a workbook with changed XML of its first sheet. */
function sheetChanged(change: (xml: string) => string): Promise<string> {
  return changed((parts) => {
    const name = 'xl/worksheets/sheet1.xml';
    parts.set(name, Buffer.from(change(parts.get(name)?.toString() ?? '')));
  });
}

async function deflatedZeros(length: number): Promise<Buffer> {
  const packer = createDeflateRaw({ level: 9 });
  const chunks: Buffer[] = [];
  packer.on('data', (chunk: Buffer) => chunks.push(chunk));
  const block = Buffer.alloc(MB);
  for (let left = length; left > 0; left -= MB) {
    await new Promise<void>((resolve) => packer.write(block, () => resolve()));
  }
  await new Promise<void>((resolve) => packer.once('end', resolve).end());
  return Buffer.concat(chunks);
}

/** An archive with one deflated part that declares the unpacked size `claimed`. */
function deflatedArchive(name: string, packed: Buffer, claimed: number): Buffer {
  const archive = packArchive(new Map([[name, packed]]));
  const central = archive.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
  archive.writeUInt16LE(8, 8);
  archive.writeUInt32LE(claimed, 22);
  archive.writeUInt16LE(8, central + 10);
  archive.writeUInt32LE(claimed, central + 24);
  return archive;
}

describe('a workbook’s archive', () => {
  it('is unpacked to its XML parts, which give the same workbook when packed again', async () => {
    const path = fileOf('.xlsx', workbook());
    const parts = await unpackArchive(path);
    expect([...parts.keys()]).toContain('xl/worksheets/sheet1.xml');
    const again = packArchive(parts);
    expect(read(again).Sheets.Products).toEqual(read(readFileSync(path)).Sheets.Products);
    expect((await collect(fileOf('.xlsx', again))).products).toEqual([{ id: '1', title: 'Shirt' }]);
  });

  it('is refused if a part unpacks to a gigabyte, whatever size it declares, and never kept in memory', async () => {
    const zeros = await deflatedZeros(1024 * MB);
    const before = process.memoryUsage().rss;
    for (const [claimed, expected] of [
      [1024 * MB, /unpacks to more than 256 MB/],
      [200 * MB, /unpacks to more than 200 times its size/],
      [MB, /cannot be read as a workbook/],
      [0, /cannot be read as a workbook/],
    ] as const) {
      const path = fileOf('.xlsx', deflatedArchive('xl/worksheets/sheet1.xml', zeros, claimed));
      await expect(openSource(path)).rejects.toThrow(expected);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * MB);
  });

  it('is refused if it has too many parts, or two of the same name', async () => {
    const packed = await deflatedZeros(15 * MB);
    const one = new Map([['a.xml', packed]]);
    expect(packed.length).toBeLessThan(MB);
    const many = new Map(Array.from({ length: 10_001 }, (_, at) => [`xl/${at}.xml`, Buffer.alloc(0)]));
    await expect(unpackArchive(fileOf('.xlsx', packArchive(many)))).rejects.toThrow(
      /10001 parts, more than 10000/,
    );
    const twice = new Map([...one, ['A.xml', packed]]);
    await expect(unpackArchive(fileOf('.xlsx', packArchive(twice)))).rejects.toThrow(/two parts named/);
  });

  it('is not unpacked for nested archives, macros, and names outside the archive', async () => {
    const inner = workbook();
    const path = fileOf(
      '.xlsx',
      packArchive(
        new Map([
          ['Index.zip', inner],
          ['xl/vbaProject.bin', inner],
          ['a.xml', inner],
        ]),
      ),
    );
    expect([...(await unpackArchive(path)).keys()]).toEqual(['a.xml']);
    await expect(openSource(path)).rejects.toThrow(/is a zip archive but not an \.xlsx workbook/);
    const outside = fileOf('.xlsx', packArchive(new Map([['../../etc/x.xml', inner]])));
    await expect(openSource(outside)).rejects.toThrow(/cannot be read as a workbook \(invalid relative path/);
  });

  it('of another document type is refused', async () => {
    const document = fileOf(
      '.xlsx',
      packArchive(
        new Map([
          ['META-INF/manifest.xml', Buffer.from('<x/>')],
          ['content.xml', Buffer.from('<x/>')],
        ]),
      ),
    );
    await expect(openSource(document)).rejects.toThrow(/not an \.xlsx workbook/);
    const old = fileOf(
      '.xlsx',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]),
    );
    await expect(openSource(old)).rejects.toThrow(/old \.xls workbook or password-protected/);
  });

  it.each([
    ['columns', '<sheetData', '<cols><col min="1" max="4000000000"/></cols><sheetData'],
    ['repeated columns', '<sheetData', `<cols>${'<col min="1" max="16384"/>'.repeat(100)}</cols><sheetData`],
    [
      'links',
      '</worksheet>',
      '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks></worksheet>',
    ],
    ['rows', '</sheetData>', '<row r="99999999" ht="5"/></sheetData>'],
    ['cells', '</sheetData>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'],
  ])('that spans more %s than a sheet has is refused', async (_, before, after) => {
    const path = await sheetChanged((xml) => xml.replace(/<dimension[^>]*>/, '').replace(before, after));
    await expect(openSource(path)).rejects.toThrow(
      /is refused as a workbook because .*: save its first sheet as CSV/,
    );
  });

  it('that only declares a large range is read by its cells', async () => {
    const path = await sheetChanged((xml) =>
      xml.replace(/<dimension[^>]*>/, '<dimension ref="A1:XFD1048576"/>'),
    );
    expect((await collect(path)).products).toEqual([{ id: '1', title: 'Shirt' }]);
  });

  it('never reads another file through an external entity or a link to another workbook', async () => {
    const secret = outPath('.txt');
    writeFileSync(secret, 'SECRET');
    const path = await changed((parts) => {
      const sheet = parts.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
      const entity = `<!DOCTYPE x [<!ENTITY e SYSTEM "file://${secret}">]>`;
      const leaking = sheet
        .replace(/(<\?xml[^>]*\?>)?/, (head) => `${head}${entity}`)
        .replace(
          '</sheetData>',
          `<row r="3"><c r="A3" t="inlineStr"><is><t>2</t></is></c><c r="B3" t="inlineStr"><is><t>&e;</t></is></c></row><row r="4"><c r="A4"><f>[1]Sheet1!A1</f><v>3</v></c></row></sheetData>`,
        )
        .replace(/<dimension[^>]*>/, '');
      parts.set('xl/worksheets/sheet1.xml', Buffer.from(leaking));
      parts.set('xl/externalLinks/externalLink1.xml', Buffer.from('<externalLink/>'));
      parts.set(
        'xl/externalLinks/_rels/externalLink1.xml.rels',
        Buffer.from(
          `<Relationships><Relationship Id="rId1" Target="file://${secret}" TargetMode="External"/></Relationships>`,
        ),
      );
    });
    const { products } = await collect(path);
    expect(products.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(JSON.stringify(products)).not.toContain('SECRET');
  });

  it('with a cell over the limit has that row in quarantine and the other rows as products', async () => {
    const path = await sheetChanged((xml) =>
      xml
        .replace(/<dimension[^>]*>/, '')
        .replace(
          '</sheetData>',
          `<row r="3"><c r="A3" t="inlineStr"><is><t>${'x'.repeat(40_000)}</t></is></c></row></sheetData>`,
        ),
    );
    const { products, bad } = await collect(path);
    expect(products).toHaveLength(1);
    expect(bad).toMatchObject([
      { line: 3, reason: 'cell 1 is longer than the limit of 32767 characters per cell' },
    ]);
  });
});
