import { placeholder } from './placeholder.js';

const STILL_LIFE = [
  ['boot', 'Camel'],
  ['dress', 'Coral'],
  ['plant', 'Sage'],
  ['mug', 'Cobalt'],
  ['lamp', 'Mustard'],
];

/**
 * A few things on a shelf, beside the welcome.
 * @param {HTMLElement} root
 */
export function drawShelf(root) {
  root.replaceChildren(
    ...STILL_LIFE.map(([category, color]) => placeholder({ id: '', category, attributes: { color } })),
  );
}
