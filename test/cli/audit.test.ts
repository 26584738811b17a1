import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

interface Report {
  rows: number;
  findings: { kind: string; id: string; field?: string; message: string }[];
  duplicates: { ids: [string, string]; score: number; reason: string }[];
  completeness: { before: number; after: number; categories: unknown[] };
  notes: string[];
}

describe('shelfwright audit', () => {
  it('reports the planted errors of the demo catalog, and writes an HTML page', async () => {
    const folder = temporaryFolder();
    const page = path.join(folder, 'audit.html');
    const { code, stdout } = await runInProcess([
      'audit',
      'catalogs/demo.jsonl',
      '--taxonomy',
      'taxonomy/2026-11',
      '--html',
      page,
      '--json',
      ...whereIn(folder),
    ]);
    expect(code).toBe(0);
    const report: Report = JSON.parse(stdout);
    expect(report.rows).toBe(909);
    const truth = readFileSync('test/data/demo-gold.jsonl', 'utf8').trim().split('\n');
    const twice = new Set<string>();
    for (const line of truth) {
      const { id, duplicate_of: other }: { id: string; duplicate_of?: string } = JSON.parse(line);
      if (other !== undefined) twice.add([id, other].sort().join(' '));
    }
    const found = report.duplicates.map(({ ids }) => ids.join(' '));
    const right = found.filter((pair) => twice.has(pair)).length;
    expect(right / found.length).toBeGreaterThanOrEqual(0.85);
    expect(right / twice.size).toBeGreaterThanOrEqual(0.8);
    const kinds = new Set(report.findings.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['missing', 'spelling', 'vocabulary']));
    expect(readFileSync(page, 'utf8')).toContain('<svg');
  });

  it('works without the transformer, reports that, and puts bad rows into quarantine', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'in.jsonl');
    const mug = { title: 'Velora stoneware mug VS-4410', category: 'Mugs', gtin: '4006381333931' };
    const rows = [
      { ...mug, id: '1', price: 9 },
      { ...mug, id: '2', title: 'Mug stoneware, Velora VS4410', price: 8.9 },
      { id: '3', title: 'Tellus lamp', price: 0, _shelfwright: { facts: 'none' } },
      { title: 'No id' },
    ];
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const quarantine = path.join(folder, 'bad.jsonl');
    const flags = ['--no-model', '--json', '--quarantine', quarantine, ...whereIn(folder)];
    const { code, stdout } = await runShelfwright(['audit', file, ...flags]);
    expect(code).toBe(3);
    expect(existsSync(quarantine)).toBe(true);
    const report: Report = JSON.parse(stdout);
    expect(report.rows).toBe(3);
    expect(report.notes.join(' ')).toContain('--no-model');
    expect(report.duplicates.map(({ ids }) => ids)).toEqual([['1', '2']]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ kind: 'impossible', id: '3', field: 'price' }),
    );
  });

  it('counts the values that an enriched file marks as filled by enrichment', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'filled.jsonl');
    const fact = {
      field: 'category',
      value: 'Mugs',
      status: 'applied',
      confidence: 0.99,
      source: 'model',
      method: 'classifier',
      evidence: { rule: 'a mug is a mug' },
    };
    const rows = [
      { id: '1', title: 'Mug one', category: 'Mugs' },
      { id: '2', title: 'Mug two', category: 'Mugs', _shelfwright: { facts: [fact] } },
    ];
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const { stdout } = await runInProcess(['audit', file, '--no-model', '--json', ...whereIn(folder)]);
    const report: Report = JSON.parse(stdout);
    expect(report.completeness).toMatchObject({ before: 0.5, after: 1 });
  });
});
