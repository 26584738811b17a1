import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readWeights } from '../../../src/catalog/evaluate/readWeights.js';
import { WEIGHTS } from '../../../src/search/rank/rankingWeights.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

function file(text: string): string {
  const made = path.join(temporaryFolder(), 'weights.json');
  writeFileSync(made, text);
  return made;
}

it('reads the weights in the file and keeps the defaults of the others', async () => {
  expect(await readWeights(file('{"version": 1, "weights": {"meaning": 0.9}}'))).toEqual({
    ...WEIGHTS,
    meaning: 0.9,
  });
});

it.each([
  ['{"version": 2, "weights": {}}', /version.*expected \{"version": 1/],
  ['{"version": 1, "weights": {"colour": 1}}', /colour.*any of words, meaning/],
  ['{"version": 1, "weights": {"words": -1}}', /weights\.words/],
  ['words: 1', /expected \{"version"/],
])('refuses %s with a sentence', async (text, message) => {
  await expect(readWeights(file(text))).rejects.toThrow(message);
});

it('refuses a missing file', async () => {
  await expect(readWeights('none.json')).rejects.toThrow(/none\.json cannot be read/);
});
