/** @import { Product } from './api.js' */

/**
 * A value as text for people.
 * @param {unknown} value
 * @returns {string}
 */
export function shownValue(value) {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) return value.map(shownValue).join(', ');
  if (typeof value === 'number') return value.toLocaleString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/**
 * `attributes.sleeve_length`, `attributes.sleeveLength` → `Sleeve length`
 * @param {string} field
 */
export function shownField(field) {
  const words = field
    .replace(/^attributes\./, '')
    .replace(/(\p{Ll})(\p{Lu}\p{Ll})/gu, (_whole, before, after) => `${before} ${after.toLowerCase()}`)
    .replace(/[_-]+/g, ' ')
    .trim();
  if (/^(id|gtin|ean|upc|sku|mpn|isbn|asin|url)$/i.test(words)) return words.toUpperCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The text of a field, or '' if it has none.
 * @param {Product} product
 * @param {string} field
 */
export function textOf(product, field) {
  const value = product[field];
  return typeof value === 'string' ? value : '';
}

/** @param {Product} product */
export function shownTitle(product) {
  return textOf(product, 'title') || product.id;
}

/**
 * @param {Product} product
 * @returns {string | undefined}
 */
export function shownPrice(product) {
  const { price, currency } = product;
  if (typeof price !== 'number') return undefined;
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : '';
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (!/^[A-Z]{3}$/.test(code)) return `${price.toLocaleString(undefined, decimals)} ${code}`.trim();
  return price.toLocaleString(undefined, { style: 'currency', currency: code });
}

/**
 * @param {Product} product
 * @returns {{ words: string, there: boolean } | undefined}
 */
export function shownAvailability(product) {
  const given = textOf(product, 'availability').replace(/[_-]+/g, ' ').trim();
  const { stock } = product;
  if (given === '') {
    if (typeof stock !== 'number') return undefined;
    return stock > 0 ? { words: 'In stock', there: true } : { words: 'Out of stock', there: false };
  }
  const there = !/^(out|sold|unavailable|discontinued|no\b)/i.test(given);
  return { words: given.charAt(0).toUpperCase() + given.slice(1), there };
}

/**
 * The attributes, or an empty object if the product has none.
 * @param {Product} product
 * @returns {Record<string, unknown>}
 */
export function attributesOf(product) {
  const given = product.attributes;
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {};
}

/** @param {string} path */
export function categoryLevels(path) {
  return path
    .split('>')
    .map((level) => level.trim())
    .filter((level) => level !== '');
}
