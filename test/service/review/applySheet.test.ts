import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { expect, it } from 'vitest';
import { silent } from '../../../src/domain/progress.js';
import { applySheet } from '../../../src/service/review/applySheet.js';
import { exportSheet } from '../../../src/service/review/exportSheet.js';
import { ORIGIN, type Shelf, shelf, suggestedColor } from './reviewStore.js';

/** Exports a shelf's suggestions, and writes decisions beside the given values. */
async function decided(
  on: Shelf,
  decisions: Record<string, readonly [string, string]>,
  filter = {},
): Promise<string> {
  const file = path.join(on.folder, 'sheet.csv');
  await exportSheet(on.store, file, filter, silent);
  const rows: Record<string, string>[] = parse(readFileSync(file), { bom: true, columns: true });
  for (const row of rows) {
    const [decision = '', value = ''] = decisions[row.value ?? ''] ?? [];
    row.decision = decision;
    row['correct value'] = value;
  }
  writeFileSync(file, stringify(rows, { header: true }));
  return file;
}

const apply = (on: Shelf, file: string, dryRun = false) => applySheet(on.store, file, { by: 'Dana', dryRun });

it('applies the good rows and reports the bad ones with line and reason', async () => {
  const on = shelf();
  const file = await decided(on, {
    Navy: ['Accept', ''],
    Red: ['correct', 'rdd'],
    Teal: ['', 'Red'],
    'Kitchen > Mugs': ['perhaps', ''],
  });
  const applied = await apply(on, file);
  expect(applied).toMatchObject({ rows: 4, undecided: 0, already: 0, settled: 3, dry_run: false });
  expect(applied.decisions).toMatchObject([{ action: 'accept', value: 'Navy', settled: 3 }]);
  const lines: string[][] = parse(readFileSync(file), { bom: true });
  const lineOf = (value: string) => {
    let line = 1;
    for (const cells of lines) {
      if (cells.includes(value)) return line;
      line += stringify([cells]).trimEnd().split('\n').length;
    }
    return -1;
  };
  expect([...applied.bad].sort((a, b) => a.reason.localeCompare(b.reason))).toEqual([
    { line: lineOf('Red'), reason: expect.stringMatching(/nearest is "Red"/) },
    {
      line: lineOf('perhaps'),
      reason: expect.stringMatching(/'perhaps' is unknown; expected accept, reject/),
    },
    { line: lineOf('Teal'), reason: expect.stringMatching(/correct value 'Red' and no decision/) },
  ]);
});

it('is idempotent, and does not override another decision', async () => {
  const on = shelf();
  const file = await decided(on, {
    Navy: ['reject', ''],
    Red: ['correct', 'dark blue'],
    Teal: ['correct', 'teal'],
  });
  expect(await apply(on, file)).toMatchObject({ settled: 6, bad: [], undecided: 1 });
  const after = on.facts();
  expect(await apply(on, file)).toMatchObject({ settled: 0, already: 3, bad: [] });
  expect(on.facts()).toEqual(after);
  writeFileSync(file, readFileSync(file, 'utf8').replace('reject', 'accept'));
  const { bad } = await apply(on, file);
  expect(bad).toMatchObject([{ reason: expect.stringMatching(/another decision .*: Dana rejected it/) }]);
  await on.review.decide({ decisions: [{ action: 'undo', decision: 1 }], by: 'Dana' });
  expect(await apply(on, file)).toMatchObject({ settled: 3, already: 2, bad: [] });
});

it('changes nothing in a dry run', async () => {
  const on = shelf();
  const file = await decided(on, { Navy: ['accept', ''], Red: ['reject', ''] });
  const before = on.facts();
  expect(await apply(on, file, true)).toMatchObject({ settled: 5, dry_run: true });
  expect(on.facts()).toEqual(before);
  expect([on.store.decisions.count(), on.store.changes.last()]).toEqual([0, 6]);
});

it('decides about what the sheet shows, with its filter, or reports that it has changed', async () => {
  const on = shelf();
  const file = await decided(on, { Navy: ['accept', ''], Red: ['accept', ''] }, { min_confidence: 0.615 });
  on.store.facts.replace('m4', [suggestedColor('Red', 'scarlet', 0.9)], ORIGIN);
  const { settled, bad } = await apply(on, file);
  expect(settled).toBe(1);
  expect(on.store.facts.reviewed('m2')).toHaveLength(1);
  expect(bad).toMatchObject([{ reason: expect.stringMatching(/has changed since it was shown/) }]);
});

it('reports a row whose state was changed', async () => {
  const on = shelf();
  const file = await decided(on, { Navy: ['accept', ''] });
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(on.groupOf('navy').state, '1.5E+12'));
  expect((await apply(on, file)).bad).toMatchObject([
    { reason: expect.stringMatching(/'1.5E\+12'.*new export/) },
  ]);
});
