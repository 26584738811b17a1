import type { Product } from './api.js';

/** A value as text for people. */
export function shownValue(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) return value.map(shownValue).join(', ');
  if (typeof value === 'number') return value.toLocaleString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A value as people read it; a category as its levels. */
export function shownFact(field: string, value: unknown): string {
  return field === 'category' && typeof value === 'string'
    ? categoryLevels(value).join(' › ')
    : shownValue(value);
}

/** `attributes.sleeve_length`, `attributes.sleeveLength` → `Sleeve length` */
export function shownField(field: string): string {
  const words = field
    .replace(/^attributes\./, '')
    .replace(
      /(\p{Ll})(\p{Lu}\p{Ll})/gu,
      (_whole, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    )
    .replace(/[_-]+/g, ' ')
    .trim();
  if (/^(id|gtin|ean|upc|sku|mpn|isbn|asin|url)$/i.test(words)) return words.toUpperCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The text of a field, or '' if it has none. */
export function textOf(product: Product, field: string): string {
  const value = product[field];
  return typeof value === 'string' ? value : '';
}

export function shownTitle(product: Product): string {
  return textOf(product, 'title') || product.id;
}

export function shownPrice(product: Product): string | undefined {
  const { price, currency } = product;
  return typeof price === 'number' ? shownAmount(price, currency) : undefined;
}

/** `€79.90`; without a known currency the number and whatever is known. */
function shownAmount(price: number, currency: unknown): string {
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : '';
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (!/^[A-Z]{3}$/.test(code)) return `${price.toLocaleString(undefined, decimals)} ${code}`.trim();
  return price.toLocaleString(undefined, { style: 'currency', currency: code, ...decimals });
}

export function shownAvailability(
  product: Product,
): { readonly words: string; readonly there: boolean } | undefined {
  const given = textOf(product, 'availability').replace(/[_-]+/g, ' ').trim();
  const { stock } = product;
  if (given === '') {
    if (typeof stock !== 'number') return undefined;
    return stock > 0 ? { words: 'In stock', there: true } : { words: 'Out of stock', there: false };
  }
  const there = !/^(out|sold|unavailable|discontinued|no\b)/i.test(given);
  return { words: given.charAt(0).toUpperCase() + given.slice(1), there };
}

/** The attributes, or an empty object if the product has none. */
export function attributesOf(product: Product): Record<string, unknown> {
  const given = product.attributes;
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {};
}

export function categoryLevels(path: string): string[] {
  return path
    .split('>')
    .map((level) => level.trim())
    .filter((level) => level !== '');
}

/** `1,204 products` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}
