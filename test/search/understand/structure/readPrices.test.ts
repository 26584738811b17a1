import { describe, expect, it } from 'vitest';
import { Query } from '../../../../src/search/understand/query.js';
import { readPrices } from '../../../../src/search/understand/structure/readPrices.js';

const NONE: ReadonlySet<string> = new Set();

describe('reading prices', () => {
  it.each([
    ['shoes under 80', 'under 80', 'price < 80'],
    ['shoes UNDER $80 red', 'UNDER $80', 'price < 80'],
    ['less than 1,299.00 laptop', 'less than 1,299.00', 'price < 1299'],
    ['laptop unter 1.299,00 €', 'unter 1.299,00 €', 'price < 1299'],
    ['sac moins de 50 euros', 'moins de 50 euros', 'price < 50'],
    ['zapatos menos de 40', 'menos de 40', 'price < 40'],
    ['tas onder 30', 'onder 30', 'price < 30'],
    ['kaffee bis 10 €', 'bis 10 €', 'price <= 10'],
    ['phone up to 300', 'up to 300', 'price <= 300'],
    ['desk over 100', 'over 100', 'price > 100'],
    ['desk at least 100', 'at least 100', 'price >= 100'],
    ['lamp between 40 and 20', 'between 40 and 20', 'price >= 20 AND price <= 40'],
    ['lamp 20-40 dollars', '20-40 dollars', 'price >= 20 AND price <= 40'],
    ['lamp $20 - $40', '$20 - $40', 'price >= 20 AND price <= 40'],
    ['zwischen 20 und 40 lampe', 'zwischen 20 und 40', 'price >= 20 AND price <= 40'],
    ['sofa 1 299 kr or less', '1 299 kr or less', 'price <= 1299'],
    ['shoes under 80 in red', 'under 80', 'price < 80'],
  ])('%s', (query, text, filter) => {
    const [sense, ...others] = readPrices(new Query(query), NONE);
    expect(others).toEqual([]);
    expect(sense).toMatchObject({ text, filter, strict: true });
    expect(query.slice(sense?.start, sense?.end)).toBe(text);
  });

  it.each(['headphones $50', 'headphones around 50 €'])('%s only prefers', (query) => {
    expect(readPrices(new Query(query), NONE)).toMatchObject([
      { filter: 'price >= 40 AND price <= 60', strict: false },
    ]);
  });

  it.each([
    'tv under 40 inch',
    'parcel under 20 kg',
    'under armour 50',
    'toys kids under 5',
    'over 80s music',
    'bis 10',
    'from 5',
    'No. 5',
    'dv7-1299',
    'iphone 8',
    '9310',
    'bag under 5-pack',
    'weights under 50 pounds',
  ])('%s names none', (query) => {
    expect(readPrices(new Query(query), NONE)).toEqual([]);
  });

  it('takes feet, and words that mean something else as often, for no money', () => {
    for (const query of [
      'patch cable 50ft',
      'cable 25 ft',
      '3 CAD mice',
      '2 rub towels',
      '10 pound dumbbell',
    ])
      expect(readPrices(new Query(query), new Set(['EUR']))).toEqual([]);
    expect(readPrices(new Query('lamp under 30 cad'), new Set(['CAD']))).toMatchObject([
      { filter: 'price < 30' },
    ]);
  });

  it('takes pounds for money only where goods are priced in them', () => {
    expect(readPrices(new Query('dress under 50 pounds'), new Set(['GBP']))).toMatchObject([
      { filter: 'price < 50' },
    ]);
  });

  it('does not filter by an amount of a currency that nothing is priced in', () => {
    expect(readPrices(new Query('dress under 50 €'), new Set(['USD']))).toMatchObject([{ strict: false }]);
    expect(readPrices(new Query('dress under 50 €'), new Set(['EUR']))).toMatchObject([{ strict: true }]);
  });
});
