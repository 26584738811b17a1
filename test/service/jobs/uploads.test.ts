import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sweepUploads, Uploads, uploadPath } from '../../../src/service/jobs/uploads.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const limits = { max_upload_mb: 1, max_concurrent_uploads: 1 };

async function* chunks(...texts: (string | Error)[]): AsyncGenerator<Buffer> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

it('are written as they arrive, with the hash of their bytes', async () => {
  const folder = temporaryFolder();
  const uploads = new Uploads(folder, limits);
  const first = await uploads.receive(chunks('id,ti', 'tle\n1,Mug\n'));
  const again = await uploads.receive(chunks('id,title\n1,Mug\n'));
  expect(readFileSync(uploadPath(folder, first.id), 'utf8')).toBe('id,title\n1,Mug\n');
  expect(again.sha256).toBe(first.sha256);
  expect(again.id).not.toBe(first.id);
});

it('leave nothing when empty, too large or cut off, and are limited in concurrency', async () => {
  const folder = temporaryFolder();
  const uploads = new Uploads(folder, limits);
  await expect(uploads.receive(chunks())).rejects.toThrow(/empty/);
  await expect(uploads.receive(chunks('id\n', new Error('reset')))).rejects.toThrow(/cut off/);
  const large = chunks('x'.repeat(900_000), 'x'.repeat(100_001));
  await expect(uploads.receive(large)).rejects.toMatchObject({ name: 'TooLargeError' });
  let release = (): void => {};
  const slow = uploads.receive(
    (async function* () {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      yield Buffer.from('id\n1\n');
    })(),
  );
  await expect(uploads.receive(chunks('id\n1\n'))).rejects.toMatchObject({ name: 'BusyError' });
  await expect.poll(() => readdirSync(path.join(folder, 'uploads'))).toHaveLength(1);
  release();
  const { id } = await slow;
  expect(readdirSync(path.join(folder, 'uploads'))).toEqual([id]);
});

it('are removed once they are old and have no job', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'uploads'));
  const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
  for (const name of ['wanted', 'left', 'left.part', 'new']) {
    writeFileSync(uploadPath(folder, name), 'id\n');
    if (name !== 'new') utimesSync(uploadPath(folder, name), old, old);
  }
  await sweepUploads(folder, new Set(['wanted']));
  expect(readdirSync(path.join(folder, 'uploads')).sort()).toEqual(['new', 'wanted']);
  await sweepUploads(path.join(folder, 'nowhere'), new Set());
});
