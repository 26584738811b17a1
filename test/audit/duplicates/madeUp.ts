import type { Product } from '../../../src/domain/product.js';

/** A small random generator, so that every run has the same rows. */
function randomly(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const MAKERS = ['Velora', 'Quintal', 'Ostrava', 'Nimbus', 'Parvane', 'Tellus'];
const KINDS = ['kettle', 'toaster', 'blender', 'radio', 'lamp', 'speaker', 'camera', 'monitor'];
const WORDS = [
  'compact',
  'digital',
  'steel',
  'portable',
  'cordless',
  'classic',
  'quiet',
  'folding',
  'studio',
  'travel',
  'smart',
  'slim',
];
const COLOURS = ['black', 'white', 'silver', 'red'];

/**
 * A shop's rows, some of them entered a second time: with the words in another order, hyphens in the model
 * number or none
 * at all, and another price. `truth` holds the pairs of ids, ascending.
 */
export function madeUpShop(
  seed: number,
  things: number,
  twice: number,
): { products: Product[]; truth: Set<string> } {
  const below = randomly(seed);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const products: Product[] = [];
  const truth = new Set<string>();
  for (let thing = 0; thing < things; thing++) {
    const maker = pick(MAKERS);
    const kind = pick(KINDS);
    const letters = maker.slice(0, 2).toUpperCase();
    const digits = 1000 + thing * 7;
    const [one, two, colour] = [pick(WORDS), pick(WORDS), pick(COLOURS)];
    const price = 10 + below(200);
    products.push({
      id: `p${thing}`,
      title: `${maker} ${one} ${two} ${kind} ${colour} ${letters}${digits}X`,
      description: `A ${one} ${kind} by ${maker}, ${two} and ready to use.`,
      brand: maker,
      price,
    });
    if (thing >= twice) continue;
    products.push({
      id: `q${thing}`,
      title:
        thing % 5 === 0
          ? `${maker} ${two} ${one} ${kind} in ${colour}`
          : `${maker} ${letters}-${digits}X ${one} ${kind} ${colour}`,
      price: Math.round(price * 0.97 * 100) / 100,
    });
    truth.add(`p${thing} q${thing}`);
  }
  return { products, truth };
}
