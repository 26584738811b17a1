import { expect, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { compoundsBeginningWith, compoundsEndingWith } from '../../../src/search/understand/compoundTails.js';
import { indexOf } from '../indexOf.js';

const titled = (titles: readonly string[]): Product[] =>
  titles.map((title, place) => ({ id: `p${place}`, title }));

const GERMAN = titled([
  'Hängelampe für die Küche',
  'Taschenlampen schwarz',
  'Tischlampe 40 W',
  'Damenuhr Leder',
  'Armbanduhr und Uhrenband',
  'Uhr mit Band für Damen',
  'Scharlampe the brand with English text',
  'Lampe blau',
]);

test('finds the compounds that end with a word, in any form of it', async () => {
  const index = await indexOf(GERMAN);
  const found = (tail: string) =>
    compoundsEndingWith(index, tail).map(({ terms, weight }) => [...terms, weight]);
  expect(found('lampe').sort()).toEqual([
    ['hangelamp', 0.6],
    ['taschenlampen', 0.5],
    ['tischlamp', 0.6],
  ]);
  expect(
    found('lampen')
      .map(([term]) => term)
      .sort(),
  ).toEqual(['hangelamp', 'taschenlampen', 'tischlamp']);
  // Three letters end many words by chance, so the rest must be a word of the catalog.
  expect(found('uhr').map(([term]) => term)).toEqual(['damenuhr']);
  expect(found('und')).toEqual([]);
  index.apply({ deletes: ['p2'], upserts: [{ product: { id: 'n', title: 'Leselampe aus Holz' } }] });
  expect(
    found('lampe')
      .map(([term]) => term)
      .sort(),
  ).toEqual(['hangelamp', 'leselamp', 'taschenlampen']);
  index.close();
});

test('leaves English words alone', async () => {
  const index = await indexOf(
    titled([
      'String lights for the garden',
      'Keyring with ring',
      'Desk lamp',
      'Headlamp set',
      'Earring of gold',
    ]),
  );
  for (const tail of ['ring', 'lamp', 'lights']) expect(compoundsEndingWith(index, tail)).toEqual([]);
  index.close();
});

test('finds the compounds that begin with a word, if what follows is a word of the catalog', async () => {
  const index = await indexOf(
    titled([
      'Lederjacke für Herren',
      'Jacke aus Baumwolle für Damen',
      'Lederberg und die Seinen',
      'Arbeitsjacke schwarz mit Kapuze',
      'Hundeleine für große Hunde',
    ]),
  );
  const found = (head: string) =>
    compoundsBeginningWith(index, head).map(({ terms, weight }) => [...terms, weight]);
  expect(found('leder')).toEqual([['lederjack', 0.4]]);
  expect(found('arbeit')).toEqual([['arbeitsjack', 0.4]]);
  expect(found('led')).toEqual([]);
  expect(found('hund')).toEqual([]);
  index.close();
});
