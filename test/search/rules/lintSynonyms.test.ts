import { expect, it } from 'vitest';
import { lintSynonyms } from '../../../src/search/rules/lintSynonyms.js';
import { indexOf } from '../indexOf.js';

it('finds lines that cannot be read, that say the same, and that no product has words for', async () => {
  const index = await indexOf([
    { id: 'a', title: 'Red television' },
    { id: 'b', title: 'Sofa' },
  ]);
  const synonyms = [
    'couch => sofa',
    'Couches => SOFA',
    'tv, television',
    'settee => divan',
    '=>',
    'telly => red television',
  ];
  const found = lintSynonyms({ format: 1, rules: [], synonyms }, index);
  expect(found.map(({ severity, kind, path }) => [path[1], severity, kind])).toEqual([
    [1, 'warning', 'repeated-synonym'],
    [3, 'warning', 'unknown-words'],
    [4, 'error', 'synonym'],
  ]);
  expect(found[0]?.message).toMatch(/^line 1 of the synonyms says this already/);
  expect(found[1]?.message).toContain('"divan"');
  // Without an index nothing is known of words.
  expect(lintSynonyms({ format: 1, rules: [], synonyms: ['settee => divan'] }, undefined)).toEqual([]);
  expect(lintSynonyms({ format: 1, rules: [] }, index)).toEqual([]);
});
