import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserError } from '../../../src/domain/errors.js';
import { checkGeneration } from '../../../src/index/generation/checkGeneration.js';
import { GENERATION_FORMAT } from '../../../src/index/generation/manifest.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { makeGeneration } from '../makeGeneration.js';
import { clusteredVectors } from '../products.js';

async function generation(): Promise<{ dir: string; id: string }> {
  const dir = temporaryFolder();
  const vectors = new Map(clusteredVectors(60, 8, 5, 2).map((vector, i) => [`p${i}`, vector]));
  const products = [...vectors.keys(), 'without'].map((id, i) => ({
    id,
    title: `Shoe ${i}`,
    price: i,
    attributes: { size: i % 5 },
  }));
  const { manifest } = await makeGeneration(dir, products, { vectors });
  return { dir, id: manifest.id };
}

test('an intact generation passes', async () => {
  const { dir, id } = await generation();
  expect(await checkGeneration(dir, id)).toMatchObject({ products: 61, vectors: 60, probes: 20 });
});

test('refuses one flipped byte anywhere in any file, and a missing or longer file', async () => {
  const { dir, id } = await generation();
  const names = await readdir(join(dir, id));
  expect(names).toHaveLength(10);
  for (const name of names) {
    const path = join(dir, id, name);
    const bytes = await readFile(path);
    for (const at of [0, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2), bytes.length - 1]) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await writeFile(path, flipped);
      await expect(checkGeneration(dir, id), `${name} at ${at}`).rejects.toThrow(UserError);
    }
    await writeFile(path, Buffer.concat([bytes, Buffer.from(' ')]));
    await expect(checkGeneration(dir, id), `${name} longer`).rejects.toThrow(UserError);
    await writeFile(path, bytes);
  }
  await checkGeneration(dir, id);
});

test('refuses another format and says what to do', async () => {
  const { dir, id } = await generation();
  const path = join(dir, id, 'manifest.json');
  await writeFile(
    path,
    (await readFile(path, 'utf8')).replace(`"format": ${GENERATION_FORMAT}`, '"format": 9'),
  );
  await expect(checkGeneration(dir, id)).rejects.toThrow(
    `has format 9, this version reads format ${GENERATION_FORMAT}: run \`shelfwright reindex\``,
  );
});
