import { z } from 'zod';
import { NEUTRAL, type Notation, readNumber } from '../text/numbers.js';
import { describeValue } from './describeIssue.js';
import type { FieldProblem } from './fieldProblem.js';
import { isBlank } from './isBlank.js';
import { findIdProblem, findLostFields } from './productId.js';
import { findBeyondLimits } from './productLimits.js';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** An attribute's value: a string, a number, a boolean, or a list of them. */
export const attributeValueSchema = z.union([scalar, z.array(scalar)]);
export type AttributeValue = z.infer<typeof attributeValueSchema>;

const text = z.string().optional();

/**
 * One record of the merchant. Other fields are kept unchanged. `category` is a path joined by ` > `; `price` is in
 * units of `currency`.
 */
export const productSchema = z.looseObject({
  id: z.string().min(1),
  title: text,
  description: text,
  brand: text,
  category: text,
  price: z.number().min(0).optional(),
  currency: text,
  availability: text,
  stock: z.number().optional(),
  url: text,
  image: text,
  gtin: text,
  group_id: text,
  attributes: z.record(z.string(), attributeValueSchema).optional(),
});
export type Product = z.infer<typeof productSchema>;

/**
 * Fields that change hourly and are no part of the embedded text: PATCH /v1/products/:id sets them, and they never
 * cause re-embedding.
 */
export const LIVE_FIELDS = ['price', 'stock', 'availability'] as const;

/** New values of live fields. Fields that are absent stay unchanged. */
export const livePatchSchema = z
  .strictObject({
    price: z.number().min(0).optional(),
    stock: z.number().optional(),
    availability: z
      .string()
      .refine((text) => !isBlank(text), { error: 'blank; expected a word such as in_stock, or leave it out' })
      .optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, {
    error: 'expected at least one of price, stock, availability',
  });
export type LivePatch = Partial<Pick<Product, (typeof LIVE_FIELDS)[number]>>;

/**
 * The key that holds the facts of a product in files, HTTP answers and the index, see `filledProduct.ts`.
 * `readProduct` drops it: it is not the merchant's data.
 */
export const FACTS_KEY = '_shelfwright';

/** Programs write large and small numbers with an exponent. */
const WRITTEN: Notation = { ...NEUTRAL, exponents: true };
const NUMBERS = ['price', 'stock'] as const;
const STRINGS = [
  'title',
  'description',
  'brand',
  'category',
  'currency',
  'availability',
  'url',
  'image',
  'gtin',
  'group_id',
] as const;

/**
 * Validates one record from outside and normalises it: nulls and blanks become absent (an empty list as an attribute
 * stays), numeric ids and GTINs become strings, numeric strings become prices, and a category given as a list becomes
 * a path. `notation` is that of the numeric strings. Does not change `input`.
 * @returns the product, or every problem with its field. Never throws.
 */
export function readProduct(
  input: unknown,
  notation: Notation = WRITTEN,
): { product: Product } | { problems: FieldProblem[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return {
      problems: [{ field: '', reason: `expected an object with an id, found ${describeValue(input)}` }],
    };
  }
  const draft: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(input)) {
    if (value !== null && value !== undefined && name !== FACTS_KEY) draft[name] = value;
  }
  if (typeof draft.id === 'number' && !Number.isSafeInteger(draft.id)) {
    return {
      problems: [{ field: 'id', reason: `${draft.id} is not exact as a number; write the id in quotes` }],
    };
  }
  const beyond = findBeyondLimits(draft);
  if (beyond !== undefined) return { problems: [beyond] };
  if (typeof draft.id === 'number') draft.id = String(draft.id);
  if (typeof draft.id === 'string') draft.id = draft.id.trim();
  const idProblem = findIdProblem(typeof draft.id === 'string' ? draft.id : '');
  if (idProblem !== undefined && (typeof draft.id === 'string' || draft.id === undefined))
    return { problems: [{ field: 'id', reason: idProblem }] };
  if (Array.isArray(draft.category) && draft.category.every((level) => typeof level === 'string')) {
    draft.category = draft.category.join(' > ');
  }
  for (const name of STRINGS) {
    const value = draft[name];
    if (typeof value === 'number') draft[name] = String(value);
    else if (typeof value === 'string' && value.trim() === '') delete draft[name];
  }
  for (const name of NUMBERS) {
    const value = draft[name];
    if (typeof value !== 'string') continue;
    if (value.trim() === '') delete draft[name];
    else draft[name] = readNumber(value, notation) ?? value;
  }
  if (typeof draft.attributes === 'object' && draft.attributes !== null && !Array.isArray(draft.attributes)) {
    const entries = Object.entries(draft.attributes);
    // The rows of most files have texts only.
    if (entries.length === 0 || !entries.every(([, value]) => typeof value === 'string' && !isBlank(value))) {
      const filled = entries
        // An empty list stays: it says that the attribute has no value.
        .filter(([, value]) => !isBlank(value) || isEmptyList(value))
        .map(([name, value]) => [name, withoutBlanks(value)]);
      if (filled.length > 0) draft.attributes = Object.fromEntries(filled);
      else delete draft.attributes;
    }
  }
  const lost = findLostFields(draft);
  if (lost.length > 0) return { problems: lost };
  const parsed = productSchema.safeParse(draft);
  if (parsed.success) return { product: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) => ({
      field: issue.path.join('.'),
      reason: reasonOf(issue.path, draft),
    })),
  };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function withoutBlanks(value: unknown): unknown {
  return Array.isArray(value) && value.some(isBlank) ? value.filter((item) => !isBlank(item)) : value;
}

function reasonOf(path: readonly PropertyKey[], draft: Record<string, unknown>): string {
  const [name, inner] = path;
  const value = draft[String(name)];
  if (name === 'attributes' && inner !== undefined && typeof value === 'object' && value !== null) {
    const found = Object.entries(value).find(([key]) => key === inner)?.[1];
    return `expected a string, number, boolean or a list of them, found ${describeValue(found)}`;
  }
  if (name === 'attributes') return `expected an object of names to values, found ${describeValue(value)}`;
  if (name === 'price') return `expected a number of at least 0, found ${describeValue(value)}`;
  if (name === 'stock') return `expected a number, found ${describeValue(value)}`;
  return `expected a string, found ${describeValue(value)}`;
}
