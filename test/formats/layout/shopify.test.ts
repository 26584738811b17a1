import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/formats/source.js';
import { writeFilled } from '../../../src/formats/writeFilled.js';
import { fileOf, outPath } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';
import { fact } from '../fact.js';

const COLUMNS = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Variant SKU',
  'Variant Inventory Qty',
  'Variant Price',
  'Variant Barcode',
  'Image Src',
  'Google Shopping / Gender',
  'Variant Image',
  'Fabric (product.metafields.shopify.fabric)',
] as const;

function line(cells: Partial<Record<(typeof COLUMNS)[number], string>>): string {
  return COLUMNS.map((column) => cells[column] ?? '').join(',');
}

const EXPORT = `${[
  COLUMNS.join(','),
  line({
    Handle: 'tee',
    Title: 'Plain Tee',
    'Body (HTML)': '<p>Soft &amp; light</p>',
    Vendor: 'Acme',
    'Option1 Name': 'Size',
    'Option1 Value': 'Small',
    'Option2 Name': 'Colour',
    'Option2 Value': 'Navy Blue',
    'Variant SKU': 'T-1',
    'Variant Inventory Qty': '4',
    'Variant Price': '9.50',
    'Variant Barcode': "'0123",
    'Image Src': 'https://i.example/1',
    'Google Shopping / Gender': 'Unisex',
    'Fabric (product.metafields.shopify.fabric)': 'Cotton',
  }),
  line({
    Handle: 'tee',
    'Option1 Value': 'Large',
    'Option2 Value': 'Navy Blue',
    'Variant Price': '10',
    'Variant Image': 'https://i.example/2',
  }),
  line({
    Handle: 'tee',
    'Option1 Value': 'Wide',
    'Option2 Value': 'Navy Blue',
    'Variant SKU': 'T-1',
    'Variant Price': '11',
  }),
  line({ Handle: 'tee', 'Image Src': 'https://i.example/3' }),
  line({
    Handle: 'mug',
    Title: 'Mug',
    'Option1 Name': 'Title',
    'Option1 Value': 'Default Title',
    'Variant Price': '5',
  }),
  line({ Title: 'No handle', 'Variant Price': '5' }),
].join('\n')}\n`;

describe('a Shopify export', () => {
  it('has one product per variant, with the shared values of the first row of its handle', async () => {
    const { rows, products, bad } = await collect(fileOf('.csv', EXPORT));
    expect(rows.map(({ kind }) => kind)).toEqual([
      'product',
      'product',
      'product',
      'continuation',
      'product',
      'bad',
    ]);
    const shared = {
      title: 'Plain Tee',
      description: 'Soft & light',
      brand: 'Acme',
      handle: 'tee',
      group_id: 'tee',
    };
    const attributes = { color: 'Navy Blue', gender: 'Unisex', Fabric: 'Cotton' };
    expect(products).toEqual([
      {
        ...shared,
        id: 'T-1',
        sku: 'T-1',
        gtin: '0123',
        price: 9.5,
        stock: 4,
        image: 'https://i.example/1',
        attributes: { ...attributes, size: 'Small' },
      },
      {
        ...shared,
        id: 'tee-large-navy-blue',
        price: 10,
        image: 'https://i.example/2',
        'Variant Image': 'https://i.example/2',
        attributes: { ...attributes, size: 'Large' },
      },
      {
        ...shared,
        id: 'tee-wide-navy-blue',
        sku: 'T-1',
        price: 11,
        image: 'https://i.example/1',
        attributes: { ...attributes, size: 'Wide' },
      },
      { id: 'mug', title: 'Mug', handle: 'mug', price: 5 },
    ]);
    expect(bad).toMatchObject([{ line: 7, field: 'Handle' }]);
  });

  it('gets shared fields filled only in the first row of a product', async () => {
    const path = fileOf('.csv', EXPORT);
    const source = await openSource(path);
    expect(source.columnOf('category')).toBe('Type');
    const out = outPath('.csv');
    const result = await writeFilled(source, out, {
      added: ['attributes.sleeve'],
      factsOf: () => [
        fact('category', 'Clothing > Shirts'),
        fact('attributes.sleeve', 'Short'),
        fact('title', 'Other'),
      ],
    });
    expect(result).toEqual({ rows: 5, filled: 6 });
    const lines = readFileSync(out, 'utf8').split('\n');
    const before = EXPORT.split('\n');
    expect(lines[0]).toBe(`${before[0]},sleeve`);
    expect(lines[1]).toBe(`${before[1]?.replace('Acme,,', 'Acme,Clothing > Shirts,')},Short`);
    expect(lines[2]).toBe(`${before[2]},Short`);
    expect(lines[4]).toBe(`${before[4]},`);
    expect(lines[6]).toBe(`${before[6]},`);
  });
});

const EXPORTS = '../shared/data/shopify-csv';

describe.skipIf(!existsSync(EXPORTS))('real Shopify exports (needs ../shared/data)', () => {
  for (const name of existsSync(EXPORTS)
    ? readdirSync(EXPORTS).filter((file) => file.endsWith('.csv'))
    : []) {
    it(`${name} has no bad rows and is written back byte for byte`, async () => {
      const path = join(EXPORTS, name);
      const { bad, products } = await collect(path);
      expect(bad).toEqual([]);
      expect(products.every(({ title, price }) => title !== undefined && price !== undefined)).toBe(true);
      expect(new Set(products.map(({ id }) => id)).size).toBe(products.length);
      const out = outPath('.csv');
      await writeFilled(await openSource(path), out, { added: [], factsOf: () => [] });
      expect(readFileSync(out).equals(readFileSync(path))).toBe(true);
    });
  }

  it('has numbers in the notation of its prices', async () => {
    const rows = [
      line({ Handle: 'a', Title: 'A', 'Variant Price': '"9,50"', 'Variant Inventory Qty': '1.200' }),
      line({ Handle: 'b', Title: 'B', 'Variant Price': '1.299', 'Variant Inventory Qty': '3' }),
    ];
    const { products } = await collect(fileOf('.csv', `${[COLUMNS.join(','), ...rows].join('\n')}\n`));
    expect(products.map(({ price, stock }) => [price, stock])).toEqual([
      [9.5, 1200],
      [1299, 3],
    ]);
  });
});
