import { categoryLevels } from '../../shared/format.js';
import { CLOTHING } from './clothing.js';
import { GADGETS } from './gadgets.js';
import { HOUSEHOLD } from './household.js';
import type { Shape } from './outline.js';

const SHAPES: readonly Shape[] = [...CLOTHING, ...HOUSEHOLD, ...GADGETS];
const PARCEL: Shape = { words: '', paths: GADGETS.at(-1)?.paths ?? [] };

/** Words for whole departments: they count only if no level names a kind of thing. */
const BROAD = new Set(
  `fitness gym exercise workout sport toy kid child play building baby kitchen hair beauty skincare groom office
  stationery apparel garden gardening outdoor lawn storage furniture footwear topwear bottomwear outerwear headwear
  jewellery jewelry audio photography appliance hardware diy tool camping pet dog cat light lighting decor bedding
  cosmetic grocery food music cycling gaming peripheral casual running walking hiking wall art power wooden`.split(
    /\s+/,
  ),
);

const BY_WORD = new Map<string, Shape[]>();
for (const shape of SHAPES) {
  for (const word of shape.words.split(' ')) {
    if (word !== '') BY_WORD.set(word, [...(BY_WORD.get(word) ?? []), shape]);
  }
}

/**
 * The shape for a product of this category. Only the category counts: a title says what a thing goes with as well, and
 * a jacket with a sherpa collar is no pet.
 * @param category a path, its levels joined by ` > `
 */
export function shapeOf(category: string): Shape {
  const levels = categoryLevels(category).reverse();
  const all = new Set(levels.flatMap(wordsOf));
  for (const broadly of [false, true]) {
    for (const level of levels) {
      for (const word of wordsOf(level)) {
        if (BROAD.has(word) && !broadly) continue;
        const shape = likeliest(BY_WORD.get(word) ?? [], all);
        if (shape !== undefined) return shape;
      }
    }
  }
  return PARCEL;
}

/** A notebook beside stationery is another than one beside computers: the shape that more words of the path name. */
function likeliest(shapes: readonly Shape[], words: ReadonlySet<string>): Shape | undefined {
  const named = (shape: Shape) => shape.words.split(' ').filter((word) => words.has(word)).length;
  return shapes.reduce<Shape | undefined>(
    (best, shape) => (best !== undefined && named(best) >= named(shape) ? best : shape),
    undefined,
  );
}

/** The words of a level and their singulars, the last first: the head of `Office chairs` is `chairs`. */
function wordsOf(level: string): string[] {
  const words = level
    .toLowerCase()
    .replace(/t-(?=shirt)|sleeping (?=bag)|make-(?=up)/g, (part) => part.slice(0, -1))
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
    .reverse();
  return words.flatMap((word) => [word, word.replace(/s$/, ''), word.replace(/es$/, '')]);
}
