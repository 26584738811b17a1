import type { Product } from '../../src/domain/product.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import type { Example } from '../../src/enrich/enrich.js';
import { type Attribute, taxonomySchema } from '../../src/taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../../src/taxonomy/view.js';

/** A small shop of this project's own: four kinds of thing whose titles say some attributes and imply others. */
const KINDS = [
  { category: 'Outdoor > Tents', nouns: ['Tent', 'Shelter', 'Canopy'], season: 'Summer' },
  { category: 'Outdoor > Lanterns', nouns: ['Lantern', 'Headlamp', 'Torch'], season: 'Winter' },
  { category: 'Kitchen > Kettles', nouns: ['Kettle', 'Teapot', 'Samovar'], season: 'Winter' },
  { category: 'Kitchen > Knives', nouns: ['Knife', 'Cleaver', 'Peeler'], season: 'Summer' },
] as const;
const COLOURS = ['Red', 'Blue', 'Navy Blue', 'Olive', 'Black'] as const;
const MAKERS = ['Brunnwerk', 'Osterly', 'Kapok', 'Tamsin'] as const;

const frame = {
  format: 1,
  version: 'toy-1',
  language: 'en',
  owner: 'tests',
  changelog: [{ version: 'toy-1', date: '2026-11-21', changes: ['first'] }],
};

/** Attributes as a taxonomy file would give them. */
export function attributesOf(attributes: readonly object[]): Attribute[] {
  return taxonomySchema.parse({ ...frame, attributes }).attributes;
}

export const toyView: TaxonomyView = viewTaxonomy(
  taxonomySchema.parse({
    ...frame,
    attributes: [
      {
        id: 'color',
        name: 'Colour',
        type: 'enum',
        values: COLOURS.map((name) => ({ name, aliases: name === 'Navy Blue' ? ['navy'] : [] })),
      },
      { id: 'season', name: 'Season', type: 'enum', values: [{ name: 'Summer' }, { name: 'Winter' }] },
      { id: 'weight', name: 'Weight', type: 'number+unit', unit: 'kg' },
      {
        id: 'waterproof',
        name: 'Waterproof',
        type: 'boolean',
        true: ['waterproof'],
        false: ['not waterproof'],
      },
    ],
    carried: ['color', 'season', 'weight'],
    categories: [
      { id: 'outdoor', name: 'Outdoor', attributes: ['waterproof'] },
      { id: 'tents', name: 'Tents', parent: 'outdoor' },
      { id: 'lanterns', name: 'Lanterns', parent: 'outdoor', aliases: ['lamps'] },
      { id: 'kitchen', name: 'Kitchen' },
      { id: 'kettles', name: 'Kettles', parent: 'kitchen' },
      { id: 'knives', name: 'Knives', parent: 'kitchen' },
    ],
  }),
);

/** `count` filled products, the same for the same seed. */
export function toyProducts(count: number, seed: number): Product[] {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('picked from nothing');
    return item;
  };
  return Array.from({ length: count }, (_, i) => {
    const kind = pick(KINDS);
    const color = pick(COLOURS);
    const grams = 100 * (1 + Math.floor(random() * 40));
    return {
      id: `p${i}`,
      title: `${pick(MAKERS)} ${color} ${pick(kind.nouns)} ${grams} g, model ${Math.floor(random() * 1000)}`,
      category: kind.category,
      attributes: { color, season: kind.season, weight: `${grams / 1000} kg` },
    };
  });
}

const DIMENSION = 24;

/** A unit vector from a text's words alone: words hashed to directions. Not a model, only something to be near by. */
export function toyVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSION);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    let seed = 7;
    for (let i = 0; i < word.replace(/s$/, '').length; i++)
      seed = (Math.imul(seed, 31) + word.charCodeAt(i)) | 0;
    const random = seededRandom(seed);
    for (let k = 0; k < DIMENSION; k++) vector[k] = (vector[k] ?? 0) + random() - 0.5;
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

export async function toyEmbed(texts: readonly string[]): Promise<Float32Array[]> {
  return texts.map(toyVector);
}

export function toyExamples(products: readonly Product[]): Example[] {
  return products.map((product) => ({ product, vector: toyVector(product.title ?? '') }));
}

/** The product as a shop would have it unfilled. */
export function blanked(product: Product): Product {
  const { category: _, attributes: __, ...rest } = product;
  return rest;
}
