import type { Product } from '../../src/domain/product.js';

const GARMENTS = ['dress', 'shirt', 'jacket', 'skirt', 'jumper', 'coat'] as const;
const COLOURS = ['red', 'blue', 'green', 'black'] as const;

/** Forty-eight products in two departments; two thirds of them have a category and a colour. */
export function smallCatalog(): Product[] {
  const products: Product[] = [];
  for (const garment of GARMENTS) {
    for (const [place, colour] of COLOURS.entries()) {
      products.push(
        row(
          `w-${garment}-${place}`,
          `${colour} ${garment} for women`,
          `Clothing > ${capital(garment)}`,
          colour,
          products.length,
        ),
      );
      products.push(
        row(
          `k-${garment}-${place}`,
          `Children's ${garment} in ${colour}`,
          `Children > ${capital(garment)}`,
          colour,
          products.length,
        ),
      );
    }
  }
  return products;
}

function row(id: string, title: string, category: string, colour: string, place: number): Product {
  const bare = { id, title, brand: 'Fernhill', price: 10 + place };
  return place % 3 === 2 ? bare : { ...bare, category, attributes: { color: capital(colour) } };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
