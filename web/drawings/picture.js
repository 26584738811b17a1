import { drawing, element } from '../element.js';
import { categoryLevels, textOf } from '../format.js';
import { CLOTHING } from './clothing.js';
import { colourOf, toneOf } from './colours.js';
import { GADGETS } from './gadgets.js';
import { HOUSEHOLD } from './household.js';

/** @import { Product } from '../api.js' */
/** @import { Shape } from './outline.js' */

const SHAPES = [...CLOTHING, ...HOUSEHOLD, ...GADGETS];
const PARCEL = GADGETS[GADGETS.length - 1];

/** Words for whole departments: words of the title take precedence. */
const BROAD = new Set(
  `fitness gym exercise workout sport toy kid child play building baby kitchen hair beauty skincare groom office desk
  stationery paper garden gardening outdoor lawn storage furniture footwear topwear bottomwear outerwear headwear
  jewellery jewelry audio photography appliance hardware diy tool camping pet dog cat light lighting decor bedding
  cosmetic grocery food music cycling gaming peripheral casual running walking hiking wall art power wooden`.split(
    /\s+/,
  ),
);

/** @type {Map<string, Shape>} */
const BY_WORD = new Map(
  SHAPES.flatMap((shape) =>
    shape.words.split(' ').map((word) => /** @type {[string, Shape]} */ ([word, shape])),
  ).reverse(),
);

/**
 * The product's image; if it has none or it fails to load, a drawing of its kind in its colour.
 * @param {Product} product
 * @returns {HTMLElement}
 */
export function picture(product) {
  const frame = element('div', { class: 'picture' });
  const address = pictureAddress(textOf(product, 'image'));
  if (address === undefined) {
    frame.append(placeholder(product));
    return frame;
  }
  const image = element('img', {
    alt: '',
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
  });
  image.addEventListener('error', () => frame.replaceChildren(placeholder(product)), { once: true });
  image.src = address;
  frame.append(image);
  return frame;
}

/**
 * The same product always gets the same drawing.
 * @param {Product} product
 * @returns {SVGSVGElement}
 */
export function placeholder(product) {
  const shape = shapeOf(product);
  const paths = (shape?.paths ?? []).map(([role, d]) => drawing('path', { class: role, d }));
  const svg = drawing(
    'svg',
    {
      class: 'placeholder',
      viewBox: '0 0 120 78.4',
      preserveAspectRatio: 'xMidYMax meet',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    ...paths,
  );
  const colour = colourOf(product);
  svg.style.setProperty('--main', colour);
  svg.classList.add(toneOf(colour));
  return svg;
}

/**
 * The kind of a product is in the last level of its category and at the end of its title.
 * @param {Product} product
 */
function shapeOf(product) {
  const levels = categoryLevels(textOf(product, 'category')).reverse();
  const [leaf = '', ...above] = levels;
  const title = textOf(product, 'title');
  const named = shapeNamed(leaf, false) ?? shapeNamed(title, false);
  if (named !== undefined) return named;
  for (const text of [leaf, title, ...above]) {
    const shape = shapeNamed(text, true);
    if (shape !== undefined) return shape;
  }
  return PARCEL;
}

/** @param {string} text @param {boolean} broadly */
function shapeNamed(text, broadly) {
  // "Tote for the office" is a tote, "Mug with lid" a mug.
  const [head = ''] = text.toLowerCase().split(/[,(|–—]| - | for | with | by /);
  const words = head
    .replace(/t-shirt/g, 'tshirt')
    .split(/[^\p{L}]+/u)
    .reverse();
  for (const word of words) {
    for (const form of [word, word.replace(/s$/, ''), word.replace(/es$/, '')]) {
      const shape = BY_WORD.get(form);
      if (form !== '' && shape !== undefined && (broadly || !BROAD.has(form))) return shape;
    }
  }
  return undefined;
}

/** @param {string} given */
function pictureAddress(given) {
  if (given === '' || !URL.canParse(given, location.href)) return undefined;
  const address = new URL(given, location.href);
  return address.protocol === 'http:' || address.protocol === 'https:' ? address.href : undefined;
}
