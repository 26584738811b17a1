import { describe, expect, it } from 'vitest';
import { fieldsOfColumns } from '../../../src/formats/layout/columns.js';
import { openSource } from '../../../src/formats/source.js';
import { fileOf } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';

function fields(
  columns: readonly string[],
  sample: readonly (readonly string[])[] = [],
): Record<string, string | undefined> {
  const found = fieldsOfColumns(columns, sample);
  return Object.fromEntries(columns.map((column, at) => [column, found.fields[at]]));
}

describe('fieldsOfColumns', () => {
  it('recognises fields by their names and synonyms', () => {
    expect(fields(['ID', 'Product_Name', 'Marke', 'Unit Price', 'EAN', 'Image URL', 'Qty', 'SKU'])).toEqual({
      ID: 'id',
      Product_Name: 'title',
      Marke: 'brand',
      'Unit Price': 'price',
      EAN: 'gtin',
      'Image URL': 'image',
      Qty: 'stock',
      SKU: 'sku',
    });
  });

  it.each([
    ['asin', 'title,asin,price'],
    ['"Reference key"', 'Name,Reference key'],
    ['"Id of the thing"', 'Name,Id of the thing'],
    ['Name', 'Name,Colour'],
  ])('suggests %s if no column is an id', async (proposed, header) => {
    await expect(openSource(fileOf('.csv', `${header}\na,b,c\n`))).rejects.toThrow(
      `say which one does, as in --map id=${proposed}.`,
    );
  });

  it('uses an article number as the id only if there is no id', () => {
    expect(fields(['Artikelnummer', 'Name'])).toEqual({ Artikelnummer: 'id', Name: 'title' });
    expect(fields(['Item number', 'id'])).toEqual({ 'Item number': 'sku', id: 'id' });
    expect(fields(['handle', 'name'])).toEqual({ handle: 'id', name: 'title' });
  });

  it('prefers the more likely of two names and keeps the other column unchanged', () => {
    expect(fields(['id', 'Cost', 'Price'])).toEqual({ id: 'id', Cost: 'Cost', Price: 'price' });
    expect(fields(['id', 'Cost'])).toEqual({ id: 'id', Cost: 'price' });
    expect(fields(['id', 'name', 'title'])).toEqual({ id: 'id', name: 'name', title: 'title' });
  });

  it('maps other columns to attributes, with standard names for common ones', () => {
    expect(fields(['id', 'Colour', 'Heel height', 'attributes.fit', 'attribute: Sole', 'Gender'])).toEqual({
      id: 'id',
      Colour: 'attributes.color',
      'Heel height': 'attributes.Heel height',
      'attributes.fit': 'attributes.fit',
      'attribute: Sole': 'attributes.Sole',
      Gender: 'attributes.gender',
    });
  });

  it('does not map metadata columns to attributes', () => {
    const sample = [['1', '2024-01-02', 'https://a.example/x', 'true', '<b>x</b>', 'Cotton', '12']];
    expect(fields(['id', 'When', 'Where', 'Flag', 'Markup', 'Fabric', 'Supplier ID'], sample)).toEqual({
      id: 'id',
      When: 'When',
      Where: 'Where',
      Flag: 'Flag',
      Markup: 'Markup',
      Fabric: 'attributes.Fabric',
      'Supplier ID': 'Supplier ID',
    });
  });

  it('gives columns that look alike names that do not', () => {
    const columns = [
      'Finish',
      'Finish',
      ' finish',
      'FINISH\u200b',
      'Gr\u00f6\u00dfe',
      'Gro\u0308\u00dfe',
      'fit (2)',
      'Fit',
      'fit',
    ];
    const { fields } = fieldsOfColumns(['id', ...columns], []);
    expect(fields.slice(1)).toEqual([
      'attributes.Finish',
      'attributes.Finish (2)',
      'attributes.finish (3)',
      'attributes.FINISH\u200b (4)',
      'attributes.Gr\u00f6\u00dfe',
      'attributes.Gro\u0308\u00dfe (2)',
      'attributes.fit (2)',
      'attributes.Fit',
      'attributes.fit (3)',
    ]);
  });

  it('keeps the values of all columns of one name, and maps each', async () => {
    const path = fileOf('.csv', 'id,Wood,wood ,attributes.Wood,tags,Tags\n1,Oak,Ash,Elm,a,b\n');
    expect((await collect(path)).products).toEqual([
      {
        id: '1',
        attributes: { Wood: 'Oak', 'wood (2)': 'Ash', 'attributes.Wood': 'Elm' },
        tags: 'a',
        'Tags (2)': 'b',
      },
    ]);
    const mapped = await collect(path, { map: { brand: 'wood (2)' } });
    expect(mapped.products).toMatchObject([{ brand: 'Ash', attributes: { Wood: 'Oak' } }]);
  });

  it('never changes a prototype', async () => {
    const { products, rows } = await collect(
      fileOf('.csv', 'id,__proto__,attributes.__proto__,constructor\n1,a,b,c\n'),
    );
    expect(products).toEqual([{ id: '1', attributes: expect.objectContaining({ constructor: 'c' }) }]);
    expect(Object.getPrototypeOf(products[0])).toBe(Object.prototype);
    expect(Object.getPrototypeOf(products[0]?.attributes)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(rows[0]?.record)).toBe(Object.prototype);
  });
});

describe('--map', () => {
  const content = 'Nr,Was,Preis netto,title\n7,Chair,5,internal\n';

  it('overrides the names of columns', async () => {
    const options = { map: { id: 'nr', title: 'Was', price: 'Preis netto' } };
    const path = fileOf('.csv', content);
    const source = await openSource(path, options);
    expect(source.columnOf('title')).toBe('Was');
    expect(source.fieldOf('Was')).toBe('title');
    expect(source.fieldOf('title')).toBeUndefined();
    expect((await collect(path, options)).products).toEqual([{ id: '7', title: 'Chair', price: 5 }]);
  });

  it('is not overruled where no column is the id', async () => {
    const path = fileOf('.csv', 'Key,SKU\n7,red\n');
    const source = await openSource(path, { requireId: false, map: { 'attributes.Tone': 'SKU' } });
    expect(source.fieldOf('SKU')).toBe('attributes.Tone');
    expect(source.columnOf('id')).toBeUndefined();
  });

  it('refuses a missing column', async () => {
    await expect(openSource(fileOf('.csv', content), { map: { id: 'Number' } })).rejects.toThrow(
      /--map id=Number names a column that .* does not have: found Nr, Was, Preis netto, title/,
    );
  });

  it('renames the keys of JSONL', async () => {
    const path = fileOf('.jsonl', '{"nr":7,"name":"Chair","Farbe":"rot"}\n');
    const { products } = await collect(path, {
      map: { id: 'nr', title: 'name', 'attributes.color': 'Farbe' },
    });
    expect(products).toEqual([
      { id: '7', title: 'Chair', nr: 7, name: 'Chair', Farbe: 'rot', attributes: { color: 'rot' } },
    ]);
  });
});

describe('columnOf', () => {
  it('finds the column of an attribute in any spelling', async () => {
    const source = await openSource(fileOf('.csv', 'id,Colour,Heel Height\n1,,\n'));
    expect(source.columns).toEqual(['id', 'Colour', 'Heel Height']);
    expect(source.columnOf('attributes.color')).toBe('Colour');
    expect(source.columnOf('attributes.heel_height')).toBe('Heel Height');
    expect(source.columnOf('attributes.fit')).toBeUndefined();
    expect(source.columnOf('category')).toBeUndefined();
  });
});
