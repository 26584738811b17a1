import { createWriteStream, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCompressedFile } from '../../../src/formats/bytes/readCompressedFile.js';
import { openSource } from '../../../src/formats/source.js';
import { fileOf, outPath } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';

async function textOf(path: string): Promise<{ text: string; error: string | undefined }> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of readCompressedFile(path, true)) chunks.push(chunk);
  } catch (error) {
    return { text: Buffer.concat(chunks).toString(), error: error instanceof Error ? error.message : '' };
  }
  return { text: Buffer.concat(chunks).toString(), error: undefined };
}

const first = gzipSync('id,title\n');
const second = gzipSync('1,a\n');

describe('a gzipped file', () => {
  it('with several members is read as one', async () => {
    expect(await textOf(fileOf('.gz', Buffer.concat([first, second])))).toEqual({
      text: 'id,title\n1,a\n',
      error: undefined,
    });
  });

  it.each([1, 512, 300_000])('ends before %i zeros that fill its last block', async (zeros) => {
    const path = fileOf('.csv.gz', Buffer.concat([first, second, Buffer.alloc(zeros)]));
    expect(await textOf(path)).toEqual({ text: 'id,title\n1,a\n', error: undefined });
    expect((await collect(path)).products).toEqual([{ id: '1', title: 'a' }]);
  });

  it('with trailing bytes or truncated data fails after its valid content', async () => {
    const far = Buffer.concat([first, Buffer.alloc(100_000), Buffer.from('tail')]);
    expect(await textOf(fileOf('.gz', far))).toMatchObject({
      text: 'id,title\n',
      error: expect.stringContaining('cannot be unpacked'),
    });
    expect((await textOf(fileOf('.gz', Buffer.concat([first, Buffer.from('tail')])))).error).toContain(
      'cannot be unpacked',
    );
    const cut = Buffer.concat([first, second.subarray(0, 10)]);
    expect(await textOf(fileOf('.gz', cut))).toMatchObject({
      text: 'id,title\n',
      error: expect.stringContaining('unexpected end'),
    });
  });

  it('is refused if it unpacks to a gigabyte of zeros, and never kept in memory', async () => {
    const path = outPath('.csv.gz');
    const block = Buffer.alloc(1024 * 1024);
    const zeros = function* () {
      yield Buffer.from('id,title\n1,a\n');
      for (let left = 1024; left > 0; left--) yield block;
    };
    await pipeline(Readable.from(zeros()), createGzip({ level: 1 }), createWriteStream(path));
    const before = process.memoryUsage().rss;
    let read = 0;
    const bomb = async (): Promise<void> => {
      for await (const chunk of readCompressedFile(path, true)) read += chunk.length;
    };
    await expect(bomb()).rejects.toThrow(/unpacks to more than 200 times its size/);
    expect(read).toBeLessThan(200 * 1024 * 1024);
    const source = await openSource(path);
    const rows = async (): Promise<void> => {
      for await (const _ of source.rows());
    };
    await expect(rows()).rejects.toThrow(/unpacks to more than 200 times its size/);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  it('with the high compression of a real table is read', async () => {
    const path = outPath('.csv.gz');
    writeFileSync(
      path,
      gzipSync(`id,title,color\n${Array.from({ length: 50_000 }, (_, at) => `${at},Shirt,red\n`).join('')}`),
    );
    let read = 0;
    for await (const chunk of readCompressedFile(path, true)) read += chunk.length;
    expect(read).toBeGreaterThan(700_000);
  });
});
