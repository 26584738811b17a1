import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { importTaxonomy } from '../../../src/taxonomy/import/importTaxonomy.js';
import { lintTaxonomy } from '../../../src/taxonomy/lint/lint.js';
import { loadTaxonomy } from '../../../src/taxonomy/load.js';
import { saveTaxonomy } from '../../../src/taxonomy/save.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const SHOPIFY = '../shared/taxonomies/shopify-2025-08';
const GOOGLE = '../shared/taxonomies/google';
const date = '2026-11-21';

async function shopifyFolder(
  files: { attributes?: string; values?: string; categories?: string } = {},
): Promise<string> {
  const folder = temporaryFolder();
  await mkdir(path.join(folder, 'data', 'categories'), { recursive: true });
  const write = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);
  await write('VERSION', '2031-01\n');
  await write(
    'LICENSE',
    'Copyright (c) Them\n\nPermission is hereby granted, free of charge, to any person\n',
  );
  await write(
    'data/attributes.yml',
    files.attributes ??
      `base_attributes:
- { id: 1, name: Gloss, friendly_id: gloss, values: [gloss__matt, gloss__satin, gloss__satin2] }
- { id: 2, name: Gate/Fence use, friendly_id: gate/fence_use, values: [use__yard] }
extended_attributes:
- { name: Gate fence use, friendly_id: gate_fence_use, values_from: gate/fence_use }
- { name: Sheen, friendly_id: sheen, values_from: gloss }
`,
  );
  await write(
    'data/values.yml',
    files.values ??
      `- { id: 1, name: Matt, friendly_id: gloss__matt }
- { id: 2, name: Semi-satin, friendly_id: gloss__satin }
- { id: 3, name: semi satin, friendly_id: gloss__satin2 }
- { id: 4, name: Yard, friendly_id: use__yard }
`,
  );
  await write(
    'data/categories/pp_paint.yml',
    files.categories ??
      `- { id: pp, name: Paint, children: [pp-1, pp-2, pp-3], attributes: [gloss] }
- { id: pp-1, name: Wall Paint, children: [], attributes: [gloss, gate_fence_use] }
- { id: pp-2, name: Wall-paint, children: [], attributes: [sheen] }
- { id: pp-3, name: Oil > Lacquer, children: [], attributes: [gate/fence_use, gate_fence_use] }
`,
  );
  return folder;
}

describe('import of Shopify’s taxonomy', () => {
  it('merges entries with the same normalised name, and reports it', async () => {
    const { taxonomy, joined, source, notes } = await importTaxonomy('shopify', await shopifyFolder(), {
      date,
    });
    expect(lintTaxonomy(taxonomy).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(source).toEqual({ categories: 4, attributes: 4, values: 4 });
    expect(taxonomy.attributes.map(({ id, aliases }) => [id, aliases])).toEqual([
      ['gloss', []],
      ['gate/fence_use', ['gate_fence_use', 'Gate fence use']],
      ['sheen', []],
    ]);
    expect(taxonomy.attributes[0]).toMatchObject({
      values: [{ name: 'Matt' }, { name: 'Semi-satin', aliases: ['semi satin'] }],
    });
    expect(taxonomy.categories).toMatchObject([
      { id: 'pp', parent: null, attributes: ['gloss'] },
      { id: 'pp-1', parent: 'pp', attributes: ['gate/fence_use'] },
      { id: 'pp-2', name: 'Wall-paint (pp-2)', attributes: ['sheen'] },
      { id: 'pp-3', name: 'Oil / Lacquer', attributes: ['gate/fence_use'] },
    ]);
    // Gloss and sheen share a list, which is merged for each.
    expect(joined).toHaveLength(5);
    expect(notes.join()).toMatch(/: 2 times a category inherits/);
    expect(taxonomy.owner).toMatch(/Shopify .*MIT licence/);
    expect(taxonomy.changelog).toMatchObject([{ version: 'shopify-2031-01', date }]);
  });

  it.each([
    [
      'an undefined category',
      { categories: '- { id: a, name: A, children: [b], attributes: [] }' },
      /refers to b but/,
    ],
    [
      'an undefined attribute',
      { categories: '- { id: a, name: A, children: [], attributes: [x] }' },
      /refers to x but/,
    ],
    ['an invalid schema', { values: 'values: 3' }, /values\.yml: .*use an unchanged copy/],
    ['invalid YAML', { values: '- { a: "' }, /cannot read .*values\.yml/],
  ])('rejects %s with a sentence', async (_, files, message) => {
    await expect(importTaxonomy('shopify', await shopifyFolder(files))).rejects.toThrow(message);
  });

  it('rejects a folder that is not a copy of it', async () => {
    await expect(importTaxonomy('shopify', temporaryFolder())).rejects.toThrow(/cannot read .*VERSION/);
  });
});

describe('import of Google’s taxonomy', () => {
  it.each([
    ['1 - A\n', /does not name a Google_Product_Taxonomy_Version/],
    ['# Google_Product_Taxonomy_Version: 1\nA > B\n', /:2: expected a line such as/],
    ['# Google_Product_Taxonomy_Version: 1\n7 - A > B\n', /:2: no line defines A/],
  ])('reports the line that it cannot read', async (text, message) => {
    const file = path.join(temporaryFolder(), 'with-ids.txt');
    await writeFile(file, text);
    await expect(importTaxonomy('google', file)).rejects.toThrow(message);
  });
});

describe.skipIf(!existsSync(SHOPIFY))('Shopify 2025-08 in full (needs ../shared)', () => {
  it('imports every category, attribute and value in its place', async () => {
    const { taxonomy, source, joined } = await importTaxonomy('shopify', SHOPIFY, { date });
    expect(source).toEqual({ categories: 10_595, attributes: 2_299, values: 20_635 });
    expect(lintTaxonomy(taxonomy).filter(({ severity }) => severity === 'error')).toEqual([]);
    const folder = temporaryFolder();
    await saveTaxonomy(taxonomy, folder);
    const loaded = await loadTaxonomy(folder);
    expect(loaded).toEqual(taxonomy);
    const view = viewTaxonomy(loaded);
    const paths = readFileSync(`${SHOPIFY}/dist/en/categories.txt`, 'utf8').match(/^gid.*$/gm) ?? [];
    expect(paths).toHaveLength(10_595);
    for (const line of paths) {
      const [, id = '', name] = /TaxonomyCategory\/(\S+)\s*: (.*)$/.exec(line) ?? [];
      expect(view.path(id)).toBe(name);
    }
    expect(loaded.categories).toHaveLength(paths.length);
    expect(loaded.attributes.length + joined.length).toBe(source.attributes);
    const listed: {
      attributes: { name: string; values: { name: string }[]; extended_attributes: { name: string }[] }[];
    } = JSON.parse(readFileSync(`${SHOPIFY}/dist/en/attributes.json`, 'utf8'));
    for (const { name, values, extended_attributes } of listed.attributes) {
      for (const one of [name, ...extended_attributes.map((extended) => extended.name)]) {
        const attribute = view.attribute(one);
        if (attribute?.type !== 'enum') throw new Error(`${one} is missing`);
        for (const value of values) expect(view.canonical(attribute, value.name)).toBe(value.name);
      }
    }
    const apparel: { id: string; attributes: string[] }[] = parse(
      readFileSync(`${SHOPIFY}/data/categories/aa_apparel_accessories.yml`, 'utf8'),
    );
    for (const { id, attributes } of apparel) {
      const carried = view.carried(id).map((attribute) => attribute.id);
      expect(carried).toEqual(expect.arrayContaining(attributes));
    }
  });
});

describe.skipIf(!existsSync(GOOGLE))('Google 2019-07 in full (needs ../shared)', () => {
  it('imports every line with its id and path', async () => {
    const { taxonomy } = await importTaxonomy('google', GOOGLE, { date });
    expect(lintTaxonomy(taxonomy)).toEqual([]);
    const view = viewTaxonomy(taxonomy);
    const lines = readFileSync(`${GOOGLE}/taxonomy-with-ids.en-US.txt`, 'utf8').match(/^\d.*$/gm) ?? [];
    expect(taxonomy.categories).toHaveLength(lines.length);
    expect(lines).toHaveLength(5_582);
    for (const line of lines) {
      const [id = '', name] = line.split(' - ');
      expect(`${id} - ${view.path(id)}`).toBe(line);
      expect(name).not.toBe('');
    }
  });
});
