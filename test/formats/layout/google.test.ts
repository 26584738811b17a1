import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/formats/source.js';
import { fileOf } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';

const HEADER =
  'id\ttitle\tdescription\tlink\timage link\tavailability\tprice\tsale price\tgoogle_product_category\tproduct_type\tbrand\tgtin\tmpn\titem_group_id\tcolor\tsize\tage_group\tcondition\tNeckline';
const ROW =
  'A1\tTee\tSoft\thttps://s.example/1\thttps://i.example/1\tin_stock\t15.00 USD\t12.00 USD\t212\tHome > Shirts\tAcme\t0123\tM-1\tG1\tBlue\tM\tadult\tnew\tcrew';

describe('a Google Merchant feed', () => {
  it('is read as products', async () => {
    const { products, bad } = await collect(fileOf('.tsv', `${HEADER}\n${ROW}\n`));
    expect(bad).toEqual([]);
    expect(products).toEqual([
      {
        id: 'A1',
        title: 'Tee',
        description: 'Soft',
        url: 'https://s.example/1',
        image: 'https://i.example/1',
        availability: 'in_stock',
        price: 15,
        currency: 'USD',
        'sale price': '12.00 USD',
        google_product_category: '212',
        category: 'Home > Shirts',
        brand: 'Acme',
        gtin: '0123',
        mpn: 'M-1',
        group_id: 'G1',
        condition: 'new',
        attributes: { color: 'Blue', size: 'M', age_group: 'adult', Neckline: 'crew' },
      },
    ]);
  });

  it("uses Google's category if the shop's own column is empty", async () => {
    const google = ROW.replace('212\tHome > Shirts', 'Apparel > Shirts\t');
    const source = await openSource(fileOf('.tsv', `${HEADER}\n${google}\n`));
    expect(source.columnOf('category')).toBe('google_product_category');
    expect(source.fieldOf('product_type')).toBe('product_type');
  });

  it('is read as CSV, and with the prefix g:', async () => {
    const header = HEADER.split('\t')
      .map((name) => `g:${name}`)
      .join(',');
    const { products } = await collect(fileOf('.csv', `${header}\n${ROW.split('\t').join(',')}\n`));
    expect(products[0]).toMatchObject({
      id: 'A1',
      group_id: 'G1',
      url: 'https://s.example/1',
      currency: 'USD',
    });
  });
});
