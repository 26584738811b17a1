import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeQuarantine } from '../../src/formats/quarantine.js';
import { fileOf, outPath } from '../support/temporaryFolder.js';
import { collect } from './collect.js';

describe('writeQuarantine', () => {
  it('writes line, field, reason and text of each bad row', async () => {
    const { bad } = await collect(fileOf('.jsonl', '{"id":"1"}\nbroken\n{"id":"2","price":-1}\n'));
    const out = outPath('.jsonl');
    expect(await writeQuarantine(out, bad)).toBe(2);
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
        text: '{"id":"2","price":-1}',
      },
    ]);
  });

  it('creates no file without bad rows', async () => {
    const out = outPath('.jsonl');
    expect(await writeQuarantine(out, [])).toBe(0);
    expect(existsSync(out)).toBe(false);
  });
});
