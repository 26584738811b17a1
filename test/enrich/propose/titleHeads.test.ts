import { expect, test } from 'vitest';
import { NO_NAMES } from '../../../src/enrich/context/names.js';
import { TextContexts } from '../../../src/enrich/context/textContexts.js';
import { readLabels } from '../../../src/enrich/features/labels.js';
import { learnHeads } from '../../../src/enrich/learn/learnHeads.js';
import { HeadReader } from '../../../src/enrich/propose/titleHead.js';
import { headSituation, maybeAccessory, NO_HEADS } from '../../../src/enrich/propose/titleHeads.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { ACCESSORY_TITLES, UNSEEN_ACCESSORY_TITLES } from './accessoryTitles.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'heads-1',
    language: 'en',
    owner: 'tests',
    changelog: [{ version: 'heads-1', date: '2026-11-30', changes: ['first'] }],
    attributes: [
      {
        id: 'color',
        name: 'Colour',
        type: 'enum',
        values: ['Grey', 'Black', 'Blue', 'Beige', 'Green', 'Red'].map((name) => ({ name })),
      },
      {
        id: 'material',
        name: 'Material',
        type: 'enum',
        values: ['Oak', 'Leather', 'Steel'].map((name) => ({ name })),
      },
      {
        id: 'flavor',
        name: 'Flavour',
        type: 'enum',
        values: ['Chicken', 'Salmon'].map((name) => ({ name })),
      },
    ],
    carried: ['color', 'material'],
    categories: [
      { id: 'sofas', name: 'Sofas', aliases: ['couches'] },
      { id: 'beds', name: 'Dog Beds' },
      { id: 'watches', name: 'Watches' },
      { id: 'belts', name: 'Belts' },
      { id: 'bikes', name: 'Bikes' },
      { id: 'lights', name: 'Bike Lights' },
      { id: 'cases', name: 'Phone Cases' },
      { id: 'phones', name: 'Smartphones', aliases: ['phones'] },
      { id: 'straps', name: 'Watch Straps' },
      { id: 'food', name: 'Dog Food', attributes: ['flavor'] },
      { id: 'kettles', name: 'Kettles' },
      { id: 'tents', name: 'Tents' },
    ],
  }),
);

/** Titles of a shop without accessories, but for phone cases and watch straps. */
const SHOP: Readonly<Record<string, readonly string[]>> = {
  sofas: [
    'Corner sofa, grey',
    'Nordby 3 seater sofa beige',
    'Loveseat 2 seater, blue',
    'Sofa bed with storage',
  ],
  beds: ['Plush dog bed, grey', 'Orthopaedic dog mattress 80 cm', 'Hundebett, grau'],
  watches: ['Automatic watch, steel', 'Kids learning watch blue', 'Quartz wristwatch 32 mm'],
  belts: ['Leather belt black 95 cm', 'Woven belt, blue'],
  bikes: ['City bike 28 inch, red', 'Kids bicycle 16 inch'],
  lights: ['Front bike light 80 lux', 'Rear bicycle lamp USB'],
  cases: ['Silicone case for Halo 5, black', 'Leather wallet case Halo 5'],
  phones: ['Halo 5 smartphone 128 GB black', 'Pebble phone 64 GB red'],
  straps: ['Leather watch strap 20 mm', 'Watch strap, silicone, blue'],
  food: ['Dry dog food chicken 3 kg', 'Puppy food salmon 2 kg'],
  kettles: ['Gooseneck kettle 0.8 l', 'Travel kettle foldable 0.6 l'],
  tents: ['Tunnel tent 4 persons green', 'Trekking tent 2 kg'],
};

const products = Object.entries(SHOP).flatMap(([category, titles]) =>
  titles.map((title, i) => ({ id: `${category}${i}`, title, category: view.path(category) })),
);
const labels = products.map((product) => readLabels(product, view));
const rows = Int32Array.from(products.keys());
const [learned = NO_HEADS] = await learnHeads({ products, labels }, [{ rows, names: NO_NAMES }], view);

function situation(title: string, category: string): string {
  const read = HeadReader.of(view).read({ title }, new TextContexts({ title }, NO_NAMES), learned.trailing);
  return headSituation(read, view.category(category), learned, view.carried(category));
}

test.each(ACCESSORY_TITLES)('%s, proposed as %s', (title, category, isAccessory) => {
  expect([title, maybeAccessory(situation(title, category))]).toEqual([title, isAccessory]);
});

test.each(UNSEEN_ACCESSORY_TITLES)('unseen: %s, proposed as %s', (title, category, isAccessory) => {
  expect([title, maybeAccessory(situation(title, category))]).toEqual([title, isAccessory]);
});

test('says where the noun of the category stands', () => {
  expect(situation('Corner sofa, grey', 'sofas')).toBe('own');
  expect(situation('Sofa gromble', 'sofas')).toBe('unseen beside');
  expect(situation('Gromble for sofas', 'sofas')).toBe('unseen for');
  expect(situation('Sofa kettle', 'sofas')).toBe('other beside');
  expect(situation('Sofa grey 3 seater cover', 'sofas')).toBe('accessory parted');
  expect(situation('Ovington Grande', 'sofas')).toBe('unseen apart');
  expect(situation('42', 'sofas')).toBe('none');
});
