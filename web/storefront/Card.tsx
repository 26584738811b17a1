import { picture } from './drawings/picture.js';
import { element } from './element.js';
import { shownAvailability, shownPrice, shownTitle, textOf } from './format.js';

/** @import { Hit, Product, Tier } from './api.js' */

/** @type {Record<Tier, string>} */
const TIERS = { exact: 'exact match', all: 'every word', partial: 'some words', semantic: 'by meaning' };

/**
 * A hit as a list item; its link opens the product.
 * @param {Hit} hit
 * @param {{ href: string, tier: boolean }} options `tier`: whether to show how it matched
 * @returns {HTMLLIElement}
 */
export function card(hit, { href, tier }) {
  const { product } = hit;
  const item = element('li', { class: 'card' }, picture(product));
  const words = element('div', { class: 'card-words' });
  const brand = textOf(product, 'brand');
  if (brand !== '') words.append(element('p', { class: 'brand' }, brand));
  words.append(
    element('h3', {}, element('a', { href, 'data-product': hit.id }, shownTitle(product))),
    offer(product),
  );
  if (tier) words.append(element('p', { class: `tier tier-${hit.tier}` }, TIERS[hit.tier]));
  item.append(words);
  return item;
}

/**
 * Price and availability, if known.
 * @param {Product} product
 */
export function offer(product) {
  const line = element('p', { class: 'offer' });
  const price = shownPrice(product);
  if (price !== undefined) line.append(element('span', { class: 'price' }, price));
  const availability = shownAvailability(product);
  if (availability !== undefined) {
    line.append(element('span', { class: availability.there ? 'there' : 'gone' }, availability.words));
  }
  return line;
}
