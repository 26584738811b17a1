import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readEmbeddingSettings } from '../../src/embed/embeddingSettings.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const GIVEN = { version: 1, pooling: 'cls', query_prefix: 'query: ', dimension: 384 };

function read(content: unknown) {
  const folder = temporaryFolder();
  if (content !== undefined)
    writeFileSync(
      path.join(folder, 'embedding.json'),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  return readEmbeddingSettings(folder, 'models/mine', 384);
}

it('reads how vectors are made; without the file it is the mean without a prefix', async () => {
  expect(await read(GIVEN)).toEqual({ pooling: 'cls', queryPrefix: 'query: ' });
  expect(await read(undefined)).toEqual({ pooling: 'mean', queryPrefix: '' });
});

it.each([
  ['no JSON', /models\/mine\/embedding\.json: expected \{"version": 1/],
  [{ ...GIVEN, pooling: 'max' }, /embedding\.json, pooling: expected/],
  [{ ...GIVEN, version: 2 }, /embedding\.json, version: expected/],
  [{ ...GIVEN, more: 1 }, /embedding\.json: expected/],
  [{ ...GIVEN, dimension: 7 }, /dimension: found 7, but config\.json says 384/],
])('refuses %j with what is expected', async (content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});
