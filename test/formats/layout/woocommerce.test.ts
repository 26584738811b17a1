import { readFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/formats/source.js';
import { writeFilled } from '../../../src/formats/writeFilled.js';
import { fileOf, outPath } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';
import { fact } from '../fact.js';

const HEADER = [
  ...['ID', 'Type', 'SKU', 'Name', 'Published', 'Is featured?', 'Short description', 'Description'],
  ...['In stock?', 'Stock', 'Weight (kg)', 'Sale price', 'Regular price', 'Categories', 'Tags', 'Images'],
  ...['Parent', 'Position', 'Brands', 'Attribute 1 name', 'Attribute 1 value(s)', 'Attribute 1 visible'],
  ...['Attribute 1 global', 'Attribute 2 name', 'Attribute 2 value(s)', 'Attribute 2 global'],
];

function row(cells: Record<string, string>): string[] {
  for (const name of Object.keys(cells)) expect(HEADER).toContain(name);
  return HEADER.map((column) => cells[column] ?? '');
}

const JACKET = row({
  ID: '7',
  Type: 'variable',
  SKU: 'JKT',
  Name: 'Rain jacket',
  Published: '1',
  Description: 'Light.\\nPacks small &amp; dry.',
  'Weight (kg)': '0.45',
  Categories: 'Wear > Jackets, Outdoor > Rain\\, snow',
  Tags: 'wet, light\\, airy',
  Images: 'https://i.example/1.jpg, https://i.example/2.jpg',
  Brands: 'Nordtau',
  'Attribute 1 name': 'Colour',
  'Attribute 1 value(s)': 'Moss, Slate\\, dark',
  'Attribute 2 name': 'Fabric',
  'Attribute 2 value(s)': 'Nylon',
});
const MOSS = row({
  ID: '8',
  Type: 'variation',
  SKU: 'JKT-M',
  Name: 'Rain jacket - Moss',
  Published: '1',
  'In stock?': '0',
  Stock: '0',
  'Sale price': '39',
  'Regular price': '49,90',
  Parent: 'JKT',
  'Attribute 1 name': 'Colour',
  'Attribute 1 value(s)': 'Moss',
});
const SLATE = row({
  ID: '9',
  Type: 'variation',
  Name: 'Rain jacket - Slate',
  Published: '1',
  'Regular price': '49,90',
  Parent: 'id:7',
  'Attribute 1 name': 'Colour',
  'Attribute 1 value(s)': 'Slate\\, dark',
});
const HIDDEN = row({
  Type: 'simple',
  SKU: 'LACE',
  Name: 'Laces',
  Published: '-1',
  'Short description': 'Cut.',
});
const PRIVATE = row({ ID: '11', Type: 'variable', Name: 'Boots', Published: '0' });
const ORPHAN = row({ ID: '12', Type: 'variation', Name: 'Boots - 40', Published: '1' });

const content = (...rows: string[][]): string => stringify([HEADER, ...rows]);

describe('a WooCommerce export', () => {
  it('has products with named attributes, several categories, and variations in groups', async () => {
    const { products, bad } = await collect(
      fileOf('.csv', content(JACKET, MOSS, SLATE, HIDDEN, PRIVATE, ORPHAN)),
    );
    expect(bad).toEqual([]);
    const shared = {
      description: 'Light.\nPacks small & dry.',
      brand: 'Nordtau',
      category: 'Wear > Jackets',
      categories: ['Wear > Jackets', 'Outdoor > Rain, snow'],
      tags: ['wet', 'light, airy'],
      image: 'https://i.example/1.jpg',
      group_id: '7',
      status: 'active',
    };
    const attributes = { weight: '0.45 kg', Fabric: 'Nylon' };
    expect(products).toEqual([
      {
        ...shared,
        id: '7',
        type: 'variable',
        sku: 'JKT',
        title: 'Rain jacket',
        attributes: { ...attributes, color: ['Moss', 'Slate, dark'] },
      },
      {
        ...shared,
        id: '8',
        type: 'variation',
        sku: 'JKT-M',
        title: 'Rain jacket - Moss',
        price: 49.9,
        sale_price: 39,
        stock: 0,
        availability: 'out_of_stock',
        attributes: { ...attributes, color: 'Moss' },
      },
      {
        ...shared,
        id: '9',
        type: 'variation',
        title: 'Rain jacket - Slate',
        price: 49.9,
        attributes: { ...attributes, color: 'Slate, dark' },
      },
      {
        id: 'LACE',
        type: 'simple',
        sku: 'LACE',
        title: 'Laces',
        description: 'Cut.',
        'Short description': 'Cut.',
        status: 'draft',
      },
      { id: '11', type: 'variable', title: 'Boots', status: 'draft', group_id: '11' },
      { id: '12', type: 'variation', title: 'Boots - 40', status: 'draft', group_id: '11' },
    ]);
  });

  it('hides what the shop hides', async () => {
    const head = 'Type,Name,Published,Regular price,SKU,Visibility in catalog\n';
    const rows = ['visible', 'hidden', 'HIDDEN ', 'search', 'catalog', ''].map(
      (visibility, n) => `simple,Cup,1,3,s${n},${visibility}\n`,
    );
    const { products } = await collect(fileOf('.csv', head + rows.join('')));
    expect(products.map(({ status }) => status)).toEqual([
      'active',
      'draft',
      'draft',
      'active',
      'active',
      'active',
    ]);
  });

  it('is recognised with SKUs alone, and keeps its ids under --map', async () => {
    const bare = 'Type,SKU,Name,Published,Regular price\nsimple,a,Cup,1,3\n';
    const { products } = await collect(fileOf('.csv', bare));
    expect(products).toEqual([{ id: 'a', type: 'simple', title: 'Cup', status: 'active', price: 3 }]);
    const mapped = await collect(fileOf('.csv', content(JACKET)), {
      map: { id: 'SKU', brand: 'Is featured?' },
    });
    expect(mapped.products).toMatchObject([{ id: 'JKT', group_id: 'JKT' }]);
  });

  it('is filled without damage', async () => {
    const out = outPath('.csv');
    const source = await openSource(fileOf('.csv', content(JACKET, MOSS, HIDDEN)));
    await writeFilled(source, out, {
      added: ['attributes.fit'],
      factsOf: () => [
        fact('category', 'Wear > Shoes'),
        fact('attributes.weight', '0.4 kg'),
        fact('attributes.fit', 'Slim'),
      ],
    });
    const filled = HIDDEN.map((cell, at) =>
      HEADER[at] === 'Categories' ? 'Wear > Shoes' : HEADER[at] === 'Weight (kg)' ? '0.4' : cell,
    );
    // A variation has its parent's categories, but can have a weight of its own.
    const moss = MOSS.map((cell, at) => (HEADER[at] === 'Weight (kg)' ? '0.4' : cell));
    const expected = [[...HEADER, 'fit'], ...[JACKET, moss, filled].map((cells) => [...cells, 'Slim'])];
    expect(readFileSync(out, 'utf8')).toBe(stringify(expected));
    const { products } = await collect(out);
    expect(products.map(({ attributes }) => attributes)).toMatchObject([
      { fit: 'Slim', weight: '0.45 kg' },
      { fit: 'Slim', weight: '0.4 kg' },
      { fit: 'Slim', weight: '0.4 kg' },
    ]);
  });

  it('writes no value of another unit, and escapes the comma of a category', async () => {
    const out = outPath('.csv');
    const source = await openSource(fileOf('.csv', content(HIDDEN)));
    await writeFilled(source, out, {
      added: [],
      factsOf: () => [fact('category', 'Wear > Shoes, boots'), fact('attributes.weight', '400 g')],
    });
    const { products } = await collect(out);
    expect(products).toMatchObject([{ category: 'Wear > Shoes, boots' }]);
    expect(products[0]?.attributes).toBeUndefined();
  });
});
