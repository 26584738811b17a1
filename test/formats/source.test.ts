import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputFormat, parseFileName } from '../../src/formats/format.js';
import { openSource } from '../../src/formats/source.js';
import { fileOf, temporaryFolder } from '../support/temporaryFolder.js';
import { collect } from './collect.js';

describe('openSource', () => {
  it('takes the format from the name unless the options state it', async () => {
    expect((await openSource(fileOf('.tsv', 'id\ttitle\n'))).format).toBe('tsv');
    const unnamed = fileOf('', 'id,title\n1,a\n');
    await expect(openSource(unnamed)).rejects.toThrow(
      /name of .* does not show its format: set it with --format/,
    );
    expect((await collect(unnamed, { format: 'csv' })).products).toEqual([{ id: '1', title: 'a' }]);
  });

  it('reads amounts with entities and tags', async () => {
    const file = fileOf(
      '.csv',
      'id,title,price,stock\na,Cup,"&euro;&nbsp;12,50",5&nbsp;pcs\nb,Pot,<b>8.75&#36;</b>,<i>in stock</i>\nc,Lid,&pound;3,7\n',
    );
    const { products } = await collect(file);
    expect(products).toMatchObject([
      { price: 12.5, currency: 'EUR', stock: 5 },
      { price: 8.75, availability: 'in stock' },
      { price: 3, currency: 'GBP', stock: 7 },
    ]);
  });

  it('refuses to map a field that products do not have', async () => {
    const file = fileOf('.csv', 'id,Name,Farbe\n1,a,red\n');
    await expect(openSource(file, { map: { titel: 'Name' } })).rejects.toThrow(
      /--map titel: products have no field 'titel'; the nearest are title.*attributes\.titel/,
    );
    const { products } = await collect(file, { map: { title: 'Name', 'attributes.shade': 'Farbe' } });
    expect(products).toEqual([{ id: '1', title: 'a', attributes: { shade: 'red' } }]);
  });

  it('names the file that cannot be read', async () => {
    await expect(openSource(`${temporaryFolder()}/nowhere.csv`)).rejects.toThrow(
      /nowhere\.csv cannot be read/,
    );
    await expect(openSource(temporaryFolder())).rejects.toThrow(/is a folder/);
  });

  it('rejects random bytes, whatever the file name', async () => {
    const bytes = fc.sample(fc.uint8Array({ minLength: 5000, maxLength: 5000 }), { seed: 5, numRuns: 20 });
    for (const sample of bytes) {
      const random = Buffer.from(sample);
      for (const ending of ['.csv', '.tsv', '.jsonl', '.jsonl.gz', '.csv.gz']) {
        await expect(openSource(fileOf(ending, random))).rejects.toThrow(/is not a text file/);
        await expect(openSource(fileOf(ending, gzipSync(random)))).rejects.toThrow(/is not a text file/);
        const packed = Buffer.concat([Buffer.from([0x1f, 0x8b]), random]);
        await expect(openSource(fileOf(ending, packed))).rejects.toThrow(/cannot be unpacked/);
      }
      await expect(openSource(fileOf('.xlsx', random))).rejects.toThrow(/is not an \.xlsx workbook/);
      await expect(openSource(fileOf('.xlsx', 'id,title\n1,Mug\n'))).rejects.toThrow(/--format csv/);
      const zip = Buffer.concat([Buffer.from('PK\x03\x04'), random]);
      await expect(openSource(fileOf('.xlsx', zip))).rejects.toThrow(/cannot be read as a workbook/);
    }
  });

  it('reads the rows before the break of a truncated gzip file', async () => {
    const words = ['oak', 'ash', 'elm', 'fir', 'yew', 'box', 'bay', 'fig'];
    const wood = fc.sample(fc.constantFrom(...words), { seed: 1, numRuns: 80_000 });
    const lines = Array.from(
      { length: 20_000 },
      (_, at) => `{"id":"${at}","title":"${wood.slice(at * 4, at * 4 + 4).join(' ')}"}`,
    );
    const whole = gzipSync(Buffer.from(lines.join('\n')));
    for (const share of [0.1, 0.5, 0.9, 0.9999]) {
      const source = await openSource(
        fileOf('.jsonl.gz', whole.subarray(0, Math.floor(whole.length * share))),
      );
      const ids: string[] = [];
      const reading = (async () => {
        for await (const row of source.rows()) if (row.kind === 'product') ids.push(row.product.id);
      })();
      await expect(reading).rejects.toThrow(/cannot be unpacked after \d+ bytes/);
      expect(ids).toEqual(lines.slice(0, ids.length).map((_, at) => String(at)));
      expect(ids.length).toBeGreaterThan(lines.length * (share - 0.05));
    }
  });

  it('stops reading when the caller stops', async () => {
    const source = await openSource(
      fileOf('.csv', `id,title\n${Array.from({ length: 200_000 }, (_, at) => `${at},chair`).join('\n')}\n`),
    );
    for await (const row of source.rows()) {
      expect(row.line).toBe(2);
      break;
    }
    expect(source.bytesRead()).toBeLessThan(source.bytes);
  });
});

describe('parseFileName and outputFormat', () => {
  it('return format, compression and stem', () => {
    expect(parseFileName('a/b.jsonl.gz')).toEqual({ format: 'jsonl', gzip: true, stem: 'a/b' });
    expect(parseFileName('a/b.c.CSV')).toEqual({ format: 'csv', gzip: false, stem: 'a/b.c' });
    expect(parseFileName('x.constructor').format).toBeUndefined();
    expect(() => outputFormat('a.pdf')).toThrow(/end its name in/);
    expect(() => outputFormat('a.xlsx.gz')).toThrow(/drop .gz/);
  });
});
