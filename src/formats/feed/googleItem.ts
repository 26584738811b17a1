import type { FieldProblem } from '../../domain/fieldProblem.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import { currencyCode } from '../../text/currencies.js';
import { attributeOf } from '../layout/layout.js';
import { type ClosedAttribute, supportedValue, supportedValues } from './googleValues.js';
import { gtinProblem } from './gtinProblem.js';

/** The attributes that are written, in the order of the columns. Names, rules and limits: Google's product data
 * specification, https://support.google.com/merchants/answer/7052112. */
export const GOOGLE_ATTRIBUTES = [
  ...['id', 'title', 'description', 'link', 'image_link', 'additional_image_link'],
  ...['availability', 'availability_date', 'price', 'google_product_category', 'product_type'],
  ...['brand', 'gtin', 'mpn', 'condition', 'item_group_id'],
  ...['color', 'size', 'material', 'pattern', 'gender', 'age_group'],
] as const;

/** Most characters of an attribute. */
const MAX_LENGTH: Readonly<Record<string, number>> = {
  ...{ id: 50, title: 150, description: 5000, link: 2000, image_link: 2000, additional_image_link: 2000 },
  ...{ product_type: 750, brand: 70, mpn: 70, item_group_id: 50 },
  ...{ color: 100, size: 100, material: 200, pattern: 100 },
};
/** Attributes of which a part still says what the whole says. */
const SHORTENED: ReadonlySet<string> = new Set(['title', 'description', 'product_type']);
/** Attributes whose several values are joined by slashes; most values of each. */
const JOINED: Readonly<Record<string, number>> = { color: 3, material: 3 };

export interface GoogleFeedOptions {
  /** What relative addresses are relative to. */
  readonly shop: string;
  /** The page and the image of a product without one: an address with `{id}`. */
  readonly link?: string | undefined;
  readonly image?: string | undefined;
  /** ISO 4217 code for prices without a currency. */
  readonly currency?: string | undefined;
}

/** What is wrong with a product, and what was done about it. */
export interface FeedProblem extends FieldProblem {
  /** `left out`: the whole product; `dropped`: the attribute; `shortened`: its text. */
  readonly effect: 'left out' | 'dropped' | 'shortened';
}

export interface GoogleItem {
  /** Values by attribute; undefined if the product breaks a rule without which Google refuses it. */
  readonly values: ReadonlyMap<string, string> | undefined;
  readonly problems: readonly FeedProblem[];
}

/** A product, its blanks filled, as an item of a Google Merchant feed. */
export function googleItem(product: Product, options: GoogleFeedOptions): GoogleItem {
  const draft = new Draft();
  draft.require('id', product.id, 'an id');
  draft.require('title', product.title, 'a title');
  draft.require('description', product.description, 'a description');
  draft.require(
    'link',
    address(product.url, options.link, product.id, options.shop),
    'the address of its page',
  );
  draft.require(
    'image_link',
    address(product.image, options.image, product.id, options.shop),
    'the address of an image',
  );
  draft.optional(
    'additional_image_link',
    address(product.additional_image_link, undefined, '', options.shop),
  );
  addAvailability(draft, product);
  addPrice(draft, product, options.currency);
  draft.optional('google_product_category', textOf(product.google_product_category));
  draft.optional('product_type', product.category);
  draft.optional('brand', product.brand);
  addGtin(draft, product.gtin);
  draft.optional('mpn', textOf(product.mpn));
  draft.closed('condition', textOf(product.condition ?? attribute(product, 'condition')));
  draft.optional('item_group_id', product.group_id);
  for (const name of ['color', 'size', 'material', 'pattern']) {
    const value = attribute(product, name);
    const listed = Array.isArray(value) ? value.slice(0, JOINED[name] ?? 1) : [value];
    draft.optional(name, textOf(listed.filter((one) => one !== undefined).join('/')));
  }
  draft.closed('gender', textOf(attribute(product, 'gender')));
  draft.closed('age_group', textOf(attribute(product, 'age_group')));
  return draft.item();
}

class Draft {
  readonly #values = new Map<string, string>();
  readonly #problems: FeedProblem[] = [];

  require(field: string, value: string | undefined, what: string): void {
    const text = this.#fitted(field, value);
    if (text === undefined && !this.#problems.some((problem) => problem.field === field))
      this.refuse(field, `expected ${what}, found nothing`);
  }

  optional(field: string, value: string | undefined): void {
    this.#fitted(field, value);
  }

  closed(field: ClosedAttribute, value: string | undefined): void {
    if (value === undefined) return;
    const found = supportedValue(field, value);
    if (found === undefined) this.drop(field, `expected ${either(field)}, found ${JSON.stringify(value)}`);
    else this.#values.set(field, found);
  }

  set(field: string, value: string): void {
    this.#values.set(field, value);
  }

  refuse(field: string, reason: string): void {
    this.#problems.push({ field, reason, effect: 'left out' });
  }

  drop(field: string, reason: string): void {
    this.#problems.push({ field, reason, effect: 'dropped' });
  }

  item(): GoogleItem {
    const isLeftOut = this.#problems.some(({ effect }) => effect === 'left out');
    return { values: isLeftOut ? undefined : this.#values, problems: this.#problems };
  }

  /** Sets a value within its limit; undefined if there is none. */
  #fitted(field: string, value: string | undefined): string | undefined {
    const text = value?.replace(/[\s\p{Cc}]+/gu, ' ').trim() ?? '';
    if (text === '') return undefined;
    const max = MAX_LENGTH[field] ?? Number.POSITIVE_INFINITY;
    const found = [...text].length;
    const reason = `expected at most ${max} characters, found ${found}`;
    if (found <= max) this.#values.set(field, text);
    else if (SHORTENED.has(field)) {
      this.#problems.push({ field, reason, effect: 'shortened' });
      this.#values.set(field, shortened(text, max));
    } else if (REQUIRED.has(field)) this.refuse(field, reason);
    else this.drop(field, reason);
    return text;
  }
}

const REQUIRED: ReadonlySet<string> = new Set(['id', 'link', 'image_link']);

function addAvailability(draft: Draft, product: Product): void {
  const { availability, stock } = product;
  const said = availability === undefined ? undefined : supportedValue('availability', availability);
  const counted = stock === undefined ? undefined : stock > 0 ? 'in_stock' : 'out_of_stock';
  const value = said === 'in_stock' || said === undefined ? (counted ?? said) : said;
  const date = textOf(product.availability_date);
  if (value === undefined) {
    const found = availability === undefined ? 'nothing, and no stock' : JSON.stringify(availability);
    draft.refuse('availability', `expected ${either('availability')}, found ${found}`);
  } else if ((value === 'preorder' || value === 'backorder') && date === undefined) {
    draft.refuse('availability_date', `expected a date, which ${value} requires, found nothing`);
  } else {
    draft.set('availability', value);
    draft.optional('availability_date', date);
  }
}

function addPrice(draft: Draft, { price, currency }: Product, fallback: string | undefined): void {
  const named = currency ?? fallback;
  const code = named === undefined ? undefined : currencyCode(named);
  if (price === undefined || price <= 0) {
    draft.refuse('price', `expected a price above 0, found ${price ?? 'nothing'}`);
  } else if (code === undefined) {
    const found = named === undefined ? 'nothing; --currency names one for all' : JSON.stringify(named);
    draft.refuse('currency', `expected a code such as EUR, found ${found}`);
  } else {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
    draft.set('price', `${price.toFixed(format.resolvedOptions().maximumFractionDigits ?? 2)} ${code}`);
  }
}

function addGtin(draft: Draft, gtin: string | undefined): void {
  if (gtin === undefined) return;
  const digits = gtin.replace(/[\s-]/g, '');
  const problem = gtinProblem(digits);
  if (problem === undefined) draft.set('gtin', digits);
  else draft.drop('gtin', `${problem}, found ${JSON.stringify(gtin)}`);
}

/** An absolute address on http or https; undefined if there is none. */
function address(given: unknown, template: string | undefined, id: string, shop: string): string | undefined {
  const text = textOf(given) ?? template?.replaceAll('{id}', encodeURIComponent(id));
  if (text === undefined || !URL.canParse(text, shop)) return undefined;
  const url = new URL(text, shop);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

function attribute({ attributes = {} }: Product, name: string): AttributeValue | undefined {
  return attributes[name] ?? Object.entries(attributes).find(([key]) => attributeOf(key) === name)?.[1];
}

/** The first of several values. */
function textOf(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return (typeof one === 'string' && one.trim() !== '') || typeof one === 'number' ? String(one) : undefined;
}

/** Cut where a word ends. */
function shortened(text: string, max: number): string {
  const cut = [...text].slice(0, max + 1).join('');
  const end = cut.lastIndexOf(' ');
  return end > max / 2 ? cut.slice(0, end) : [...text].slice(0, max).join('');
}

function either(field: ClosedAttribute): string {
  return supportedValues(field)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
}
