import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoryLevels } from '../../../src/domain/categoryPath.js';
import { type AttributeValue, type Product, readProduct } from '../../../src/domain/product.js';
import { inferTaxonomy } from '../../../src/taxonomy/infer/infer.js';
import { lintTaxonomy } from '../../../src/taxonomy/lint/lint.js';
import { loadTaxonomy } from '../../../src/taxonomy/load.js';
import { nameKey } from '../../../src/taxonomy/nameKey.js';
import { saveTaxonomy } from '../../../src/taxonomy/save.js';
import type { Taxonomy } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { Placeholders } from '../../../src/text/placeholders.js';

type Cells = Record<string, AttributeValue>;

let next = 0;
const row = (category: string | undefined, attributes?: Cells): Product => ({
  id: String(next++),
  ...(category === undefined ? {} : { category }),
  ...(attributes === undefined ? {} : { attributes }),
});
const rows = (count: number, category: string | undefined, attributes: (index: number) => Cells): Product[] =>
  [...Array(count).keys()].map((index) => row(category, attributes(index)));

async function infer(products: Iterable<Product>): Promise<Taxonomy> {
  const { taxonomy } = await inferTaxonomy(products, { date: '2026-11-21' });
  // A draft has no owner yet: that is left to a person.
  const findings = lintTaxonomy(taxonomy).filter(({ rule }) => rule !== 'placeholder');
  expect(findings).toMatchObject([{ rule: 'unassigned-owner', severity: 'warning' }]);
  return taxonomy;
}

/** The attribute drafted from these values, without a category. */
async function attribute(...values: AttributeValue[]) {
  const taxonomy = await infer(values.map((value) => row(undefined, { it: value })));
  return taxonomy.attributes[0];
}
const times = (count: number, ...values: AttributeValue[]): AttributeValue[] =>
  Array<AttributeValue[]>(count).fill(values).flat();

describe('categories', () => {
  test('drafts every level of every path, with ids from names and the most frequent spelling', async () => {
    const { categories } = await infer([
      row('Apparel > T-Shirts & Tops'),
      row('Apparel>t-shirts & tops'),
      row('Apparel > T-Shirts & Tops'),
      row('APPAREL'),
      row(' > '),
      row('Schuhe > Größe'),
    ]);
    expect(categories.map(({ id, name, parent }) => [id, name, parent])).toEqual([
      ['apparel', 'Apparel', null],
      ['apparel/t-shirts-tops', 'T-Shirts & Tops', 'apparel'],
      ['schuhe', 'Schuhe', null],
      ['schuhe/grosse', 'Größe', 'schuhe'],
    ]);
  });

  test('gives different ids to names that differ only in punctuation, in any row order', async () => {
    const products = [row('A & B'), row('A + B'), row('A B'), row('&'), row('ー')];
    const ids = (taxonomy: Taxonomy) => taxonomy.categories.map(({ id, name }) => `${name}: ${id}`);
    const drafted = ids(await infer(products));
    expect(new Set(drafted.map((line) => line.split(': ')[1])).size).toBe(5);
    expect(ids(await infer([...products].reverse()))).toEqual(drafted);
  });
});

describe('carried attributes', () => {
  const carriedBy = (taxonomy: Taxonomy, path: string) => {
    const view = viewTaxonomy(taxonomy);
    return view.carried(view.find(path)?.id).map(({ id }) => id);
  };
  const own = (taxonomy: Taxonomy, name: string) =>
    taxonomy.categories.find((category) => category.name === name)?.attributes;

  test('a category carries an attribute of enough of its filled rows', async () => {
    const taxonomy = await infer([
      ...rows(20, 'A > B', (i) => ({ always: 'x', sometimes: i < 3 ? 'x' : '', rarely: i < 2 ? 'x' : [] })),
      ...rows(20, 'A > C', () => ({ other: 'y' })),
      ...rows(50, 'A > C', () => ({})),
    ]);
    expect(carriedBy(taxonomy, 'A > B')).toEqual(['always', 'sometimes']);
    expect(carriedBy(taxonomy, 'A > C')).toEqual(['other']);
    expect(taxonomy.attributes.map(({ id }) => id)).not.toContain('rarely');
  });

  test('a category carries a sparsely filled attribute of three rows in a hundred', async () => {
    const taxonomy = await infer(
      rows(100, 'A > B', (i) => ({ always: 'x', rare: i < 3 ? 'x' : '', odd: i < 2 ? 'x' : '' })),
    );
    expect(carriedBy(taxonomy, 'A > B')).toEqual(['always', 'rare']);
  });

  test('only the highest level for which most rows below agree carries an attribute', async () => {
    const taxonomy = await infer([
      ...rows(20, 'Shoes > Boots', () => ({ color: 'Red', size: '38', shaft: 'long' })),
      ...rows(20, 'Shoes > Pumps', () => ({ color: 'Red', size: '39' })),
      ...rows(2, 'Shoes > Care', () => ({ color: 'Red' })),
      ...rows(20, 'Books', () => ({ color: 'Red', pages: 300 })),
    ]);
    expect(taxonomy.carried).toEqual(['color']);
    expect([
      own(taxonomy, 'Shoes'),
      own(taxonomy, 'Boots'),
      own(taxonomy, 'Pumps'),
      own(taxonomy, 'Books'),
    ]).toEqual([['size'], ['shaft'], [], ['pages']]);
  });

  test('a parent does not carry an attribute of most of its children but too few of its rows', async () => {
    const taxonomy = await infer([
      ...rows(20, 'Shoes > Boots', () => ({ shaft: 'long' })),
      ...rows(20, 'Shoes > Wellingtons', () => ({ shaft: 'long' })),
      ...rows(40, 'Shoes > Pumps', () => ({ heel: 'high' })),
    ]);
    expect([own(taxonomy, 'Shoes'), own(taxonomy, 'Boots'), own(taxonomy, 'Pumps')]).toEqual([
      [],
      ['shaft'],
      ['heel'],
    ]);
  });

  test('a category carries an attribute of its direct rows if they are a fifth of its rows', async () => {
    const below = rows(40, 'Shoes > Pumps', () => ({ heel: 'high' }));
    expect(own(await infer([...below, ...rows(10, 'Shoes', () => ({ lace: 'red' }))]), 'Shoes')).toEqual([
      'lace',
    ]);
    expect(own(await infer([...below, ...rows(9, 'Shoes', () => ({ lace: 'red' }))]), 'Shoes')).toEqual([]);
  });

  test('small categories are counted together', async () => {
    const taxonomy = await infer(
      [...Array(10).keys()].map((index) => row(`Shoes > Kind ${index}`, { color: 'Red' })),
    );
    expect(own(taxonomy, 'Shoes')).toEqual(['color']);
  });

  test('without categories, attributes of two in a hundred rows and at least five are carried', async () => {
    const taxonomy = await infer(
      rows(500, undefined, (i) => ({ all: 'x', ten: i < 10 ? 'x' : '', nine: i < 9 ? 'x' : '' })),
    );
    expect(taxonomy.carried).toEqual(['all', 'ten']);
    expect((await infer(rows(4, undefined, () => ({ all: 'x' })))).attributes).toEqual([]);
  });
});

describe('attributes', () => {
  test('uses the key as id, and merges keys with the same normalised name', async () => {
    const taxonomy = await infer([
      ...rows(6, undefined, () => ({ baseColour: 'Red', 'Band and Mode': 'GSM', 'base-colour ': 'x' })),
      ...rows(3, undefined, () => ({ basecolour: 'Red', 'Base-Colour ': 'Red', processor_cache_type: 'L2' })),
      ...rows(3, undefined, () => ({ BASECOLOUR: 'Red', processor_cache_type: 'L2' })),
    ]);
    expect(taxonomy.attributes.map(({ id, name, aliases }) => [id, name, aliases])).toEqual([
      ['baseColour', 'baseColour', ['BASECOLOUR', 'basecolour']],
      ['base-colour ', 'Base-colour', ['Base-Colour ']],
      ['Band and Mode', 'Band and Mode', []],
      ['processor_cache_type', 'Processor cache type', []],
    ]);
  });

  test('boolean: booleans or the words true and false', async () => {
    expect(await attribute(...times(5, true, false))).toMatchObject({ type: 'boolean' });
    expect(await attribute(...times(5, 'true', 'false'))).toMatchObject({ type: 'boolean' });
    expect(await attribute(...times(5, 'Yes', 'No'))).toMatchObject({ type: 'enum' });
  });

  test("number+unit: the shop's most frequent unit in its notation", async () => {
    expect(await attribute(1, 2, 3, 4, '5')).toMatchObject({ type: 'number+unit' });
    expect(await attribute(1, 2, 3, 4, '5')).not.toHaveProperty('unit');
    expect(await attribute('1 kg', '2 kg', '3kg', '800 g', '4')).toMatchObject({
      type: 'number+unit',
      unit: 'kg',
    });
    expect(await attribute('8GB', '16GB', '32 GB', '1TB', '4GB')).toMatchObject({ unit: 'GB', joined: true });
    expect(await attribute('8 Gigabytes', '16 Gigabytes', '1 GB', '2 MB', '3 TB')).toMatchObject({
      unit: 'Gigabytes',
    });
    expect(await attribute('13"', '14"', '15"', '15.6"', '17"')).toMatchObject({ unit: '"' });
    expect(await attribute('13"', '14"', '15"', '15.6"', '17"')).not.toHaveProperty('joined');
  });

  test('not number+unit: several dimensions, versions, codes', async () => {
    expect(await attribute('1 kg', '2 kg', '3 cm', '4 cm', '5 kg')).toMatchObject({ type: 'text' });
    expect(await attribute(...times(5, '5.0', '4.2', '4.0'))).toMatchObject({ type: 'enum' });
    expect(await attribute('0071', '0082', '0093', '0104', '0105')).toMatchObject({ type: 'text' });
    expect(await attribute('84433210', '84433211', '84433212', '84433213', '84433214')).toMatchObject({
      type: 'text',
    });
  });

  test('enum: repeated values, the most frequent first; merges spellings with the same normalised name', async () => {
    expect(
      await attribute(...times(4, 'Red', 'Navy Blue'), 'navy-blue', 'NAVY BLUE', 'navy-blue', 'Green'),
    ).toEqual({
      id: 'it',
      name: 'It',
      aliases: [],
      multiple: false,
      type: 'enum',
      values: [
        { name: 'Navy Blue', aliases: ['navy-blue', 'NAVY BLUE'] },
        { name: 'Red', aliases: [] },
        { name: 'Green', aliases: [] },
      ],
    });
    expect(await attribute(...times(4, '-20 - 60', '20 - 60'))).toMatchObject({
      values: [{ name: '-20 - 60' }, { name: '20 - 60' }],
    });
  });

  test('enum: a long list omits values that occur once', async () => {
    const often = [...Array(150).keys()].flatMap((index) => times(6, `often ${index}`));
    const once = [...Array(20).keys()].map((index) => `once ${index}`);
    const drafted = await attribute(...once, ...often);
    expect(drafted?.type === 'enum' && drafted.values.length).toBe(150);
  });

  test('enum: open if new values are frequent', async () => {
    const often = times(20, 'Red', 'Blue', 'Green');
    expect(await attribute(...often)).not.toHaveProperty('open');
    expect(await attribute(...often, 'Teal', 'Ochre', 'Puce')).toMatchObject({ type: 'enum', open: true });
  });

  test('text: numbers half of which have a unit, and lists in mixed notation', async () => {
    expect(await attribute('5', '8', '10"', '12 1/2"', '7 3/4"')).toMatchObject({ type: 'text' });
    expect(
      await attribute(['2 kg', '2kg'], ['3 kg', '3000 g'], ['4kg', '4 kg'], ['5 kg', '5kg'], '5kg'),
    ).toMatchObject({
      type: 'text',
      multiple: true,
    });
  });

  test('text: values that are not repeated, too many or too long', async () => {
    expect(await attribute('a', 'b', 'c', 'd', 'e')).toMatchObject({ type: 'text' });
    expect(
      await attribute(...[...Array(500).keys()].flatMap((index) => times(4, `v ${index}`))),
    ).toMatchObject({ type: 'text' });
    expect(
      await attribute(...times(5, 'a long story '.repeat(10), 'another long story '.repeat(10))),
    ).toMatchObject({ type: 'text' });
    expect(await attribute(...[...Array(9000).keys()].map((index) => `v ${index % 4500}`))).toMatchObject({
      type: 'text',
    });
  });

  test('multiple if rows have lists of distinct values', async () => {
    expect(await attribute(...times(5, ['Red', 'Blue'], 'Red'))).toMatchObject({
      type: 'enum',
      multiple: true,
    });
    expect(await attribute(...times(200, 'Red', 'Blue'), ['Red', 'Blue'])).toMatchObject({ multiple: false });
    expect(await attribute(...times(5, ['Red'], ['Blue', 'Blue']))).toMatchObject({ multiple: false });
  });
});

test('the changelog states the number of rows and that nobody has reviewed the draft', async () => {
  const { taxonomy, notes } = await inferTaxonomy(
    rows(7, 'A', (i) => ({ color: 'Red', rare: i === 0 ? 'x' : '' })),
  );
  expect(taxonomy.owner).toMatch(/unassigned/);
  expect(taxonomy.changelog).toEqual([
    {
      version: taxonomy.version,
      date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      changes: ['inferred from 7 rows; not reviewed by a person yet'],
    },
  ]);
  expect(notes).toEqual([
    'read 7 rows; drafted categories: 1, attributes: 1',
    expect.stringMatching(/^1 attributes occur in too few rows/),
  ]);
});

test('accepts a stream of rows, and does not modify them', async () => {
  const products = Object.freeze(
    rows(6, 'A', () => Object.freeze({ color: 'Red' })).map((it) => Object.freeze(it)),
  );
  async function* stream() {
    yield* products;
  }
  const streamed = await inferTaxonomy(stream(), { date: '2026-11-21' });
  expect(streamed.taxonomy).toEqual(await infer(products));
});

const odd = fc.string({ unit: 'binary', maxLength: 6 });
const level = fc.oneof(
  fc.constantFrom('A', 'a', 'Á', 'A-', 'A & B', 'A B', 'a/b', '&', '-', '＞', 'A＞B', 'ß', 'ss', '1'),
  odd,
);
const path = fc.array(level, { maxLength: 4 }).map((levels) => levels.join(' > '));
const key = fc.oneof(
  fc.constantFrom(
    'color',
    'Color',
    'base colour',
    'baseColour',
    'base_colour',
    '_',
    ' size ',
    '__proto__',
    'a.b',
  ),
  odd,
);
const scalar = fc.oneof(
  fc.constantFrom(
    'Red',
    'red',
    'RED ',
    'Navy-Blue',
    'navy blue',
    '-',
    '–',
    ' ',
    '',
    '8 GB',
    '8GB',
    '1 TB',
    '-5',
    '5',
    '5.0',
    '3/4',
    'true',
    'Yes',
  ),
  fc.constantFrom('Red', '8 GB'),
  odd,
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
);
const messy: fc.Arbitrary<Product> = fc
  .record(
    {
      category: path,
      attributes: fc.dictionary(key, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { maxKeys: 5 }),
    },
    { requiredKeys: [] },
  )
  .map((fields) => ({ id: '1', ...fields }));

const placeholders = new Placeholders();

test('placeholders are no values and no categories', async () => {
  const filled = rows(20, 'Mugs', (at) => ({ color: at % 2 === 0 ? 'Red' : 'N/A', size: '-' }));
  const taxonomy = await infer([...filled, ...rows(20, '#N/A', () => ({ color: 'null' }))]);
  expect(taxonomy.categories.map(({ name }) => name)).toEqual(['Mugs']);
  expect(taxonomy.attributes.map(({ name }) => name)).toEqual(['Color']);
  expect(taxonomy.attributes).toMatchObject([{ type: 'enum', values: [{ name: 'Red' }] }]);
});

test('any rows give a draft without lint findings that resolves categories and values and round-trips', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'taxonomy-'));
  await fc.assert(
    fc.asyncProperty(fc.array(messy, { maxLength: 60 }), async (products) => {
      const taxonomy = await infer(products);
      const view = viewTaxonomy(taxonomy);
      for (const product of products) {
        const levels = categoryLevels(product.category ?? '');
        if (levels.length === 0 || placeholders.has(product.category ?? '')) continue;
        const category = view.find(product.category ?? '');
        expect(category && categoryLevels(view.path(category.id)).map(nameKey)).toEqual(levels.map(nameKey));
      }
      const names = new Map(taxonomy.attributes.map((it) => [it, new Set<string | undefined>()]));
      for (const { attributes = {} } of products) {
        for (const [own, value] of Object.entries(attributes)) {
          const drafted = view.attribute(own);
          if (drafted?.type !== 'enum') continue;
          for (const cell of [value].flat()) {
            const canonical = view.canonical(drafted, String(cell));
            if (canonical !== undefined) expect(nameKey(canonical)).toBe(nameKey(String(cell)));
            names.get(drafted)?.add(canonical);
          }
        }
      }
      for (const [drafted, seen] of names) {
        if (drafted.type === 'enum') for (const { name } of drafted.values) expect(seen).toContain(name);
      }
      await saveTaxonomy(taxonomy, dir);
      expect(await loadTaxonomy(dir)).toEqual(taxonomy);
    }),
    { numRuns: 150 },
  );
  await rm(dir, { recursive: true });
});

test('the order of the rows has no effect', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(messy, { maxLength: 40 }), async (products) => {
      expect(await infer([...products].reverse())).toEqual(await infer(products));
    }),
    { numRuns: 60 },
  );
});

const shared = (name: string) => `../shared/data/${name}/products.jsonl.gz`;
const read = (name: string): Product[] =>
  gunzipSync(readFileSync(shared(name)))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const parsed = readProduct(JSON.parse(line));
      return 'product' in parsed ? [parsed.product] : [];
    });

describe('on real catalogs', () => {
  test.skipIf(!existsSync(shared('fashion')))(
    'fashion: all columns are carried everywhere, as closed lists',
    async () => {
      const products = read('fashion');
      const taxonomy = await infer(products);
      expect(taxonomy.carried).toEqual(['gender', 'baseColour', 'season', 'usage']);
      expect(taxonomy.attributes.map(({ type }) => type)).toEqual(['enum', 'enum', 'enum', 'enum']);
      const view = viewTaxonomy(taxonomy);
      expect(
        products.filter(({ category }) => category !== undefined && view.find(category) === undefined),
      ).toEqual([]);
    },
  );

  test.skipIf(!existsSync(shared('icecat')))(
    'icecat: numbers, booleans, lists and text, all carried',
    async () => {
      const taxonomy = await infer(read('icecat'));
      const types = new Map(taxonomy.attributes.map(({ id, type }) => [id, type]));
      expect(taxonomy.carried).toHaveLength(taxonomy.attributes.length);
      expect(
        ['package_weight', 'rohs_compliance', 'connector_gender', 'compatibility', 'bluetooth_version'].map(
          (id) => types.get(id),
        ),
      ).toEqual(['number+unit', 'boolean', 'enum', 'text', 'enum']);
    },
  );

  test.skipIf(!existsSync(shared('esci')))('esci: finds every category by its path', async () => {
    const products = read('esci');
    const view = viewTaxonomy(await infer(products));
    expect(
      products.filter(({ category }) => category !== undefined && view.find(category) === undefined),
    ).toEqual([]);
  });
});
