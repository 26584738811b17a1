import { placeholder } from './drawings/picture.js';
import { element } from './element.js';
import { categoryLevels } from './format.js';

/** @import { FacetValue } from './api.js' */

const STILL_LIFE = [
  ['boot', 'Camel'],
  ['dress', 'Coral'],
  ['plant', 'Sage'],
  ['mug', 'Cobalt'],
  ['lamp', 'Mustard'],
];

/**
 * A few drawings beside the welcome text.
 * @param {HTMLElement} root
 */
export function drawShelf(root) {
  root.replaceChildren(
    ...STILL_LIFE.map(([category, color]) => placeholder({ id: '', category, attributes: { color } })),
  );
}

const MOST_EXAMPLES = 5;

/** Semantic example queries, each for catalogs with such a category. @type {[category: RegExp, query: string][]} */
const BY_MEANING = [
  [/\bdress(es)?\b/i, 'summer dress for outdoor wedding'],
  [/\bdogs?\b/i, 'dog destroys every bed'],
  [/\b(frying|cookware|pans?)\b/i, 'fry eggs without sticking'],
  [/\bearrings?\b/i, 'earrings for sensitive ears'],
  [/\bpens?\b/i, 'pen for left-handed people'],
];

/**
 * Example queries for this catalog: semantic ones for its categories, otherwise the names of its largest categories
 * and brands.
 * @param {Record<string, FacetValue[]>} facets
 * @returns {string[]}
 */
export function examplesFor({ category = [], brand = [] }) {
  const leaves = category.map(({ value }) => categoryLevels(String(value)).at(-1) ?? '');
  const semantic = BY_MEANING.filter(([pattern]) => leaves.some((leaf) => pattern.test(leaf)));
  const named = [
    ...leaves.slice(0, MOST_EXAMPLES - 2),
    ...brand.slice(0, 2).map(({ value }) => String(value)),
  ];
  return [...new Set([...semantic.map(([, query]) => query), ...named])]
    .filter((query) => query !== '')
    .slice(0, MOST_EXAMPLES);
}

/**
 * Links to the examples; none if the catalog has neither categories nor brands.
 * @param {HTMLElement} list
 * @param {Record<string, FacetValue[]>} facets
 */
export function showExamples(list, facets) {
  const examples = examplesFor(facets);
  list.hidden = examples.length === 0;
  list.replaceChildren(
    ...examples.map((query) => {
      const href = `/?${new URLSearchParams({ q: query })}`;
      return element('li', {}, element('a', { href, 'data-query': query }, query));
    }),
  );
}
