import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  filledFilesOf,
  filledFolder,
  makeFilledFolder,
  makePrivate,
  pruneFilled,
} from '../../../src/service/jobs/filledFiles.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'shelfwright-filled-'));
afterAll(() => rmSync(dataDir, { recursive: true }));
const NOW = Date.UTC(2026, 10, 30);
const DAY = 24 * 60 * 60 * 1000;

async function fill(job: string, daysAgo: number): Promise<void> {
  const folder = await makeFilledFolder(dataDir, job);
  writeFileSync(path.join(folder, 'filled.csv'), 'id\n1\n');
  await makePrivate(dataDir, job);
  const time = (NOW - daysAgo * DAY) / 1000;
  utimesSync(folder, time, time);
}

test('filled files are private, kept for a week, and of the last twenty known jobs', async () => {
  await fill('new', 0);
  const [file] = await filledFilesOf(dataDir, 'new');
  expect(file).toMatchObject({ name: 'filled.csv', bytes: 5 });
  expect(statSync(file?.path ?? '').mode & 0o777).toBe(0o600);
  expect(statSync(filledFolder(dataDir, 'new')).mode & 0o777).toBe(0o700);
  await fill('old', 8);
  await fill('forgotten', 1);
  for (let job = 0; job < 25; job++) await fill(`j${job}`, 2 + job / 100);
  await pruneFilled(dataDir, (job) => job !== 'forgotten', NOW);
  const kept = readdirSync(path.join(dataDir, 'filled'));
  expect(kept).toHaveLength(19);
  expect(kept).toContain('new');
  expect(kept).toContain('j17');
  expect(kept).not.toContain('j18');
  expect(await filledFilesOf(dataDir, 'old')).toEqual([]);
});
