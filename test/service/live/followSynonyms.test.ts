import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSynonymsFile, SynonymsFollower } from '../../../src/service/live/followSynonyms.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

test('reads the file again when it changes, and keeps the last valid one', async () => {
  const dir = temporaryFolder();
  const file = path.join(dir, 'synonyms.yaml');
  const follow = new SynonymsFollower(dir);
  const firsts = () => [...follow.synonyms.keys()];
  await follow.reloadIfChanged(undefined);
  expect(firsts()).toEqual([]);
  writeFileSync(file, 'format: 1\nsynonyms:\n  - sofa => couch\n');
  await follow.reloadIfChanged(undefined);
  expect(firsts()).toEqual(['sofa']);
  writeFileSync(file, 'format: 1\nsynonyms:\n  - sofa => couch\n  - lonely\n');
  await follow.reloadIfChanged(undefined);
  expect(firsts()).toEqual(['sofa']);
  expect(follow.problem).toMatch(
    /^The synonyms read last still apply: .*synonyms\.yaml, line 4: found "lonely", expected/,
  );
  writeFileSync(file, 'format: 1\nsynonyms: [lamp => light]\n');
  await follow.reloadIfChanged(undefined);
  expect(firsts()).toEqual(['lamp']);
  expect(follow.problem).toBeUndefined();
});

test.each([
  ['format: 2\nsynonyms: []', 'line 1: format '],
  ['format: 1\nsynonyms:\n  - 3\n', 'line 3: synonyms.0 '],
  ['format: 1\nsynonyms: []\nmore: 1', 'line 1'],
  ['a: [', 's.yaml, line 1: not readable YAML: '],
])('%j is refused with its place', (text, said) => {
  expect(() => readSynonymsFile('s.yaml', text)).toThrow(said);
});
