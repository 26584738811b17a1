import { describe, expect, it } from 'vitest';
import { nameOf, outputFormat } from '../../src/formats/format.js';
import { openSource } from '../../src/formats/source.js';
import { fileOf, temporaryFolder } from '../support/temporaryFolder.js';
import { collect } from './collect.js';

describe('openSource', () => {
  it('takes the format from the name, unless stated', async () => {
    expect((await openSource(fileOf('.tsv', 'id\ttitle\n'))).format).toBe('tsv');
    const unnamed = fileOf('', 'id,title\n1,a\n');
    await expect(openSource(unnamed)).rejects.toThrow(
      /format of .* cannot be told from its name: say it with --format/,
    );
    expect((await collect(unnamed, { format: 'csv' })).products).toEqual([{ id: '1', title: 'a' }]);
  });

  it('says which file cannot be read', async () => {
    await expect(openSource(`${temporaryFolder()}/nowhere.csv`)).rejects.toThrow(
      /nowhere\.csv cannot be read/,
    );
    await expect(openSource(temporaryFolder())).rejects.toThrow(/is a folder/);
  });

  it('stops reading where the caller stops', async () => {
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

describe('names', () => {
  it('tell format, packing and stem', () => {
    expect(nameOf('a/b.jsonl.gz')).toEqual({ format: 'jsonl', gzip: true, stem: 'a/b' });
    expect(nameOf('a/b.c.CSV')).toEqual({ format: 'csv', gzip: false, stem: 'a/b.c' });
    expect(nameOf('x.constructor').format).toBeUndefined();
    expect(() => outputFormat('a.pdf')).toThrow(/end its name in/);
    expect(() => outputFormat('a.xlsx.gz')).toThrow(/drop .gz/);
  });
});
