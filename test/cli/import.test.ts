import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

interface Quarantined {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

describe('shelfwright import', () => {
  it('imports the rows of a file but 25 invalid ones, leaves 15 cells blank, and gives a reason for each', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'broken.csv');
    const lines = ['id,title,price,stock'];
    for (let row = 0; row < 300; row++) {
      const good = `p${row},"Thing, number ${row}",${row}.50,${row}`;
      if (row >= 200 || row % 5 !== 0) lines.push(good);
      else lines.push(broken(row));
    }
    writeFileSync(file, `${lines.join('\n')}\n`);
    const { code, stdout } = await runShelfwright(['import', file, '--json', ...whereIn(folder)]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 300,
      imported: 275,
      updated: 0,
      unchanged: 0,
      deleted: 0,
      quarantined: 25,
      unreadable: { price: 10, stock: 5 },
    });
    const quarantined: Quarantined[] = readFileSync(
      path.join(folder, 'data', 'broken.csv.quarantine.jsonl'),
      'utf8',
    )
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(quarantined).toHaveLength(40);
    for (const { line, reason } of quarantined) {
      expect((line - 2) % 5).toBe(0);
      expect(reason.length).toBeGreaterThan(10);
    }
    expect(new Set(quarantined.map(({ field }) => field))).toEqual(new Set(['', 'id', 'price', 'stock']));
    const again = await runInProcess(['import', file, '--json', ...whereIn(folder)]);
    expect(JSON.parse(again.stdout)).toMatchObject({ imported: 0, unchanged: 275, quarantined: 25 });
  });

  it('with --full deletes missing products, unless they are too large a share of the catalog', async () => {
    const folder = temporaryFolder();
    const all = path.join(folder, 'all.jsonl');
    const few = path.join(folder, 'few.jsonl');
    const max = path.join(folder, 'most.jsonl');
    const rows = Array.from({ length: 20 }, (_, row) =>
      JSON.stringify({ id: `p${row}`, title: `thing ${row}` }),
    );
    writeFileSync(all, rows.join('\n'));
    writeFileSync(few, rows.slice(0, 5).join('\n'));
    writeFileSync(max, [...rows.slice(0, 16), '{"id":"p16","title":"cut'].join('\n'));
    await runInProcess(['import', all, ...whereIn(folder)]);
    const preview = await runInProcess(['import', few, '--full', '--preview', ...whereIn(folder)]);
    expect(preview.stdout).toMatch(
      /Products that would be deleted: \d+ of 20\..*needs? --allow-shrink\.\nNothing was written\./s,
    );
    const refused = await runInProcess(['import', few, '--full', ...whereIn(folder)]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/would delete 15 of 20 products.*--allow-shrink/);
    const some = await runInProcess(['import', max, '--full', '--json', ...whereIn(folder)]);
    expect(some.code).toBe(3);
    expect(JSON.parse(some.stdout)).toMatchObject({ deleted: 3, unchanged: 16, quarantined: 1 });
    const allowed = await runInProcess([
      'import',
      few,
      '--full',
      '--allow-shrink',
      '--json',
      ...whereIn(folder),
    ]);
    expect(JSON.parse(allowed.stdout)).toMatchObject({ deleted: 12, unchanged: 5 });
  });
});

function broken(row: number): string {
  switch ((row / 5) % 8) {
    case 0:
      return `,"No id at all",${row}.50,1`;
    case 1:
      return `p${row},"Price in words",a lot,1`;
    case 2:
      return `p${row},"Too few"`;
    case 3:
      return `p${row},"Too many",1,2,3,4`;
    case 4:
      return `p${row},"Never closed,5,1`;
    case 5:
      return `p1,"An id twice",1,1`;
    case 6:
      return `p${row},"Stock in words",1,plenty`;
    default:
      return `p${row},"Price below nothing",-3,1`;
  }
}
