import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeQuarantine } from '../../src/formats/quarantine.js';
import { fileOf, outPath } from '../support/temporaryFolder.js';
import { collect } from './collect.js';

describe('writeQuarantine', () => {
  it('writes line, field, reason and text of each bad row, and the cells left blank in the others', async () => {
    const { rows } = await collect(fileOf('.jsonl', '{"id":"1"}\nbroken\n{"id":"2","price":-1}\n'));
    const out = outPath('.jsonl');
    const read = rows.filter((row) => row.kind !== 'continuation');
    expect(await writeQuarantine(out, read)).toEqual({ rows: 1, unreadable: { price: 1 } });
    const lines = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { line: 2, field: '', reason: expect.stringContaining('not JSON'), text: 'broken' },
      {
        line: 3,
        field: 'price',
        reason: 'expected a number of at least 0, found -1',
        id: '2',
        kept: true,
      },
    ]);
  });

  it('creates no file without bad rows', async () => {
    const out = outPath('.jsonl');
    expect(await writeQuarantine(out, [])).toEqual({ rows: 0, unreadable: {} });
    expect(existsSync(out)).toBe(false);
  });
});
