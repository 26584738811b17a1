import type { Product } from '../../src/domain/product.js';

const DRESSES = [
  'Meadow',
  'Harbour',
  'Orchard',
  'Lantern',
  'Pebble',
  'Willow',
  'Ember',
  'Frost',
  'Cove',
  'Dune',
];
const COLORS = ['Red', 'Blue', 'Green'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].slice(0, 20);

/** Ten dresses in three colours each, priced 20, 35, 50...: one product a group. */
const dresses = DRESSES.flatMap((name, number) =>
  COLORS.map(
    (color): Product => ({
      id: `${name.toLowerCase()}-${color.toLowerCase()}`,
      title: `${name} dress ${color.toLowerCase()}`,
      description: 'A dress with <b>pockets</b> & a belt.',
      brand: 'Solvane',
      category: `Apparel > Dresses > ${number % 2 === 0 ? 'Midi dresses' : 'Maxi dresses'}`,
      price: 20 + 15 * number,
      currency: 'EUR',
      group_id: name,
      attributes: { color, size: 'M' },
    }),
  ),
);

/** Twenty mugs of twenty brands, priced 4, 5, 6... */
const mugs = LETTERS.map(
  (letter, number): Product => ({
    id: `mug-${letter.toLowerCase()}`,
    title: `Stoneware mug no. ${number + 1}`,
    brand: `${letter}lby`,
    category: 'Home > Mugs',
    price: 4 + number,
    currency: 'EUR',
    attributes: { color: number % 2 === 0 ? 'White' : 'Red' },
  }),
);

/** The titles name animals, which the pictures must not show. */
const jackets = ['Denim jacket with a sherpa collar for dogs', 'Denim jacket, cat print'].map(
  (title, number): Product => ({
    id: `jacket-${number}`,
    title,
    brand: 'Fennick',
    category: 'Apparel > Jackets',
    price: 60 + number,
    currency: 'EUR',
    attributes: { color: 'Blue' },
  }),
);

/** 52 products; 32 of them, if the variants of a group are one. */
export const PRODUCTS: readonly Product[] = [...dresses, ...mugs, ...jackets];
