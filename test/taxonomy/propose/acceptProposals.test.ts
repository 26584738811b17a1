import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeDiff } from '../../../src/taxonomy/diff/describeDiff.js';
import { diffTaxonomies } from '../../../src/taxonomy/diff/diff.js';
import { lintTaxonomy } from '../../../src/taxonomy/lint/lint.js';
import { loadTaxonomy, loadWithOrigins } from '../../../src/taxonomy/load.js';
import { lintMigration } from '../../../src/taxonomy/migrate/lintMigration.js';
import { loadMigration } from '../../../src/taxonomy/migrate/migration.js';
import { type Accepted, acceptProposals } from '../../../src/taxonomy/propose/acceptProposals.js';
import { saveNextVersion } from '../../../src/taxonomy/propose/saveNextVersion.js';
import { saveTaxonomy } from '../../../src/taxonomy/save.js';
import type { Taxonomy } from '../../../src/taxonomy/schema.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { draft } from '../draft.js';

const version = { version: '2027-01', date: '2027-01-02' };
const accepted: Accepted[] = [
  { attribute: 'color', value: 'Teal' },
  { attribute: 'color', value: 'scarlet', aliasOf: 'Red' },
  { attribute: 'color', value: 'Marine', renames: 'Navy Blue' },
];

describe('accepting proposals', () => {
  it('adds values, aliases, names and a changelog entry, and does not modify the given version', () => {
    const before = draft();
    const { taxonomy, renamed } = acceptProposals(before, accepted, version);
    expect(before).toEqual(draft());
    expect(describeDiff(diffTaxonomies(before, taxonomy))).toEqual([
      '~ version: 2026-11 → 2027-01',
      '+ value color: Teal',
      '~ value color: renamed Navy Blue → Marine',
      '~ value color: Marine: aliases +Navy Blue, -marine',
      '~ value color: Red: aliases +scarlet',
      '2026-11 → 2027-01: 1 added, 0 removed, 4 changed.',
    ]);
    expect(renamed).toEqual([{ attribute: 'color', rename: 'Navy Blue', to: 'Marine' }]);
    expect(lintTaxonomy(taxonomy)).toEqual([]);
  });

  it.each<[Accepted, RegExp]>([
    [{ attribute: 'fit', value: 'Slim' }, /fit is not an attribute with a list of values/],
    [{ attribute: 'color', value: 'navy-blue' }, /is already known as Navy Blue/],
    [{ attribute: 'color', value: 'Teal', aliasOf: 'Green' }, /lists no value Green/],
    [{ attribute: 'color', value: 'Red', renames: 'Navy Blue' }, /is already known as Red/],
    [{ attribute: 'color', value: 'Teal', aliasOf: 'Red', renames: 'Red' }, /cannot be both/],
  ])('rejects %j', (one, message) => {
    expect(() => acceptProposals(draft(), [one], version)).toThrow(message);
  });

  it('rejects an existing version, and an empty list', () => {
    expect(() => acceptProposals(draft(), accepted, { ...version, version: '2026-10' })).toThrow(
      /is already in the changelog/,
    );
    expect(() => acceptProposals(draft(), [], version)).toThrow(/no proposals are accepted/);
  });
});

describe('the folder of the next version', () => {
  async function written(
    before: Taxonomy,
    edit: (dir: string) => void = () => {},
  ): Promise<{ dir: string; out: string; next: Taxonomy }> {
    const dir = temporaryFolder();
    await saveTaxonomy(before, dir);
    edit(dir);
    const out = path.join(temporaryFolder(), 'next');
    const loaded = await loadWithOrigins(dir);
    const next = acceptProposals(loaded.taxonomy, accepted, version);
    await saveNextVersion(dir, loaded, next, out);
    expect(await loadTaxonomy(out)).toEqual(next.taxonomy);
    return { dir, out, next: next.taxonomy };
  }

  it('has the same files and comments, and a migration that lint finds complete', async () => {
    const note = '# decided in the autumn meeting\n';
    const { dir, out, next } = await written(draft(), (folder) => {
      const file = path.join(folder, 'attributes.yaml');
      writeFileSync(file, note + readFileSync(file, 'utf8').replace('- name: Red', '- name: Red # not pink'));
      writeFileSync(path.join(folder, 'LICENSE'), 'free');
    });
    const attributes = readFileSync(path.join(out, 'attributes.yaml'), 'utf8');
    expect(attributes).toContain(note);
    expect(attributes).toContain('# not pink');
    expect(readFileSync(path.join(out, 'LICENSE'), 'utf8')).toBe('free');
    expect(readFileSync(path.join(out, 'categories.yaml'), 'utf8')).toBe(
      readFileSync(path.join(dir, 'categories.yaml'), 'utf8'),
    );
    const migration = await loadMigration(out);
    if (migration === undefined) throw new Error('no migration was written');
    expect(lintMigration(migration.migration, next, draft())).toEqual([]);
    const loaded = await loadWithOrigins(dir);
    await expect(
      saveNextVersion(dir, loaded, acceptProposals(loaded.taxonomy, accepted, version), out),
    ).rejects.toThrow(/already contains .*write the next version to an empty folder/);
  });

  it('keeps one entry per line if the previous version has that', async () => {
    const many = Array.from({ length: 2100 }, (_, place) => ({
      id: `c${place}`,
      name: `C ${place}`,
      parent: 'apparel',
    }));
    const before = draft({ categories: [...draft().categories, ...many] });
    const { out } = await written(before);
    expect(readFileSync(path.join(out, 'attributes.yaml'), 'utf8')).toContain('\n  - {"id":"color",');
  });
});
