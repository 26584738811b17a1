import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readPolicy } from '../../../src/catalog/enrich/readPolicy.js';
import { TARGET_PRECISION, targetOf } from '../../../src/enrich/calibration/targets.js';
import { CATEGORY } from '../../../src/enrich/propose/proposal.js';
import { openStore } from '../../../src/store/open.js';
import { toyView } from '../../enrich/toyShop.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

function read(text: string | undefined) {
  const folder = temporaryFolder();
  const store = openStore(folder);
  onTestFinished(() => store.close());
  if (text !== undefined) writeFileSync(path.join(folder, 'policy.yaml'), text);
  return readPolicy(store, toyView);
}

describe('a policy', () => {
  it('is empty where there is no file, or an empty one', async () => {
    expect(await read(undefined)).toEqual({});
    expect(targetOf(await read(''), 'color', [])).toBe(TARGET_PRECISION);
  });

  it('gives targets by field and category, the stricter where both have one, the nearest of several categories', async () => {
    const targets = await read(
      'default: 0.9\nfields: { category: 0.99, attributes.Colour: 0.92 }\ncategories: { Outdoor: 0.97, Outdoor > Tents: 0.8 }\n',
    );
    expect(targetOf(targets, 'season', ['kettles', 'kitchen'])).toBe(0.9);
    expect(targetOf(targets, 'season', ['lanterns', 'outdoor'])).toBe(0.97);
    expect(targetOf(targets, 'season', ['tents', 'outdoor'])).toBe(0.8);
    expect(targetOf(targets, 'color', ['tents', 'outdoor'])).toBe(0.92);
    expect(targetOf(targets, CATEGORY, ['lanterns', 'outdoor'])).toBe(0.99);
  });

  it.each([
    ['defualt: 0.9', /unknown key 'defualt'; did you mean default\?/],
    ['default: 95', /default should be a share from 0\.5 to 0\.999/],
    ['fields: { color: 1 }', /fields: color should be a share/],
    ['fields: 0.9', /fields should hold names with a share each/],
    ['- 0.9', /the file should hold default, fields, categories/],
    ['fields: { colr: 0.9 }', /no attribute 'colr'; the nearest are color/],
    ['categories: { Tens: 0.9 }', /'Tens' is none of the categories .* the nearest are 'Tents'/],
    ['default: [', /policy\.yaml, line \d: not readable YAML: .*; correct it\.$/],
  ])('is refused with a sentence: %s', async (text, sentence) => {
    await expect(read(text)).rejects.toThrow(sentence);
  });
});
