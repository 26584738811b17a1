import { element } from './element.js';

/**
 * Links to the pages around the current one.
 * @param {HTMLElement} root
 * @param {{ page: number, total: number, perPage: number }} answer
 * @param {(page: number) => string} hrefOf
 */
export function showPaging(root, { page, total, perPage }, hrefOf) {
  const last = Math.ceil(total / perPage);
  if (last <= 1) return root.replaceChildren();
  /** @param {number} to @param {string} words @param {string} label */
  const link = (to, words, label) =>
    element('a', { href: hrefOf(to), 'data-page': to, 'aria-label': label }, words);
  /** @type {Node[]} */
  const parts = [];
  if (page > 1) parts.push(link(page - 1, '← Back', 'Previous page'));
  let before = 0;
  for (const number of pagesAround(page, last)) {
    if (number > before + 1) parts.push(element('span', { class: 'gap', 'aria-hidden': 'true' }, '…'));
    before = number;
    parts.push(
      number === page
        ? element('span', { class: 'here', 'aria-current': 'page' }, number.toLocaleString())
        : link(number, number.toLocaleString(), `Page ${number}`),
    );
  }
  if (page < last) parts.push(link(page + 1, 'More →', 'Next page'));
  root.replaceChildren(...parts);
}

/**
 * The first page, the last one, and the neighbours of the current one.
 * @param {number} page
 * @param {number} last
 */
function pagesAround(page, last) {
  return [...new Set([1, page - 1, page, page + 1, last])]
    .filter((number) => number >= 1 && number <= last)
    .sort((a, b) => a - b);
}
