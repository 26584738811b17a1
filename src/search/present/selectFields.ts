import { UserError } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import { FACTS_KEY, type Product, productSchema } from '../../domain/product.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { nearestNames } from '../../text/nearestName.js';

/** Everything the merchant and the taxonomy say, without what the enricher notes about it. */
export const ALL_FIELDS = '*';
const ATTRIBUTES = 'attributes';
const MAX_SUGGESTED = 3;
const MAX_COMPARED_LENGTH = 100;

/** Which fields of a product a hit shows. */
export interface FieldSelection {
  /** A new object with the selected fields; `id` is always one of them. */
  pick(product: Product): Product;
  shows(field: string): boolean;
}

const EVERYTHING: FieldSelection = { pick: (product) => product, shows: () => true };

/**
 * The selection of a request: `title`, `attributes.color`, `attributes` for all of them, `*` for all but
 * `_shelfwright`. Undefined or empty: everything.
 * @throws UserError for a field that no product of the catalog has, with the nearest names.
 */
export function selectFields(index: LiveIndex, fields: readonly string[] | undefined): FieldSelection {
  if (fields === undefined || fields.length === 0) return EVERYTHING;
  for (const field of fields) requireField(index, field);
  return selectionOf(fields);
}

/** As `selectFields`, for one product: a field that it does not have is left out. */
export function selectionOf(fields: readonly string[]): FieldSelection {
  const top = new Set(fields.filter((field) => attributeName(field) === undefined));
  const attributes = new Set(fields.map(attributeName).filter((name) => name !== undefined));
  const showsAll = top.has(ALL_FIELDS);
  const showsTop = (field: string): boolean =>
    field === 'id' || top.has(field) || (showsAll && field !== FACTS_KEY);
  const showsAttribute = (name: string): boolean => showsTop(ATTRIBUTES) || attributes.has(name);
  return {
    shows: (field) => {
      const name = attributeName(field);
      return name === undefined ? showsTop(field) : showsAttribute(name);
    },
    pick: (product) => {
      const { attributes: all, ...rest } = product;
      const shownAttributes = Object.entries(all ?? {}).filter(([name]) => showsAttribute(name));
      const shown: Product = { id: product.id };
      for (const [field, value] of Object.entries(rest)) if (showsTop(field)) define(shown, field, value);
      if (all === undefined || (shownAttributes.length === 0 && !showsTop(ATTRIBUTES))) return shown;
      return { ...shown, attributes: Object.fromEntries(shownAttributes) };
    },
  };
}

/** A field may be named as a property that every object has. */
function define(product: Product, field: string, value: unknown): void {
  Object.defineProperty(product, field, { value, enumerable: true, writable: true, configurable: true });
}

function requireField(index: LiveIndex, field: string): void {
  if (field === ALL_FIELDS || field === FACTS_KEY || Object.hasOwn(productSchema.shape, field)) return;
  if (index.columns.field(field) !== undefined || isKept(index, field)) return;
  const short = field.slice(0, MAX_COMPARED_LENGTH);
  const names = [...Object.keys(productSchema.shape), ...index.columns.names()];
  const ownName = (name: string): string => attributeName(name) ?? name;
  const near = nearestNames(ownName(short), names.map(ownName), MAX_SUGGESTED).flatMap((name) =>
    names.filter((one) => ownName(one) === name),
  );
  throw new UserError(
    `fields: no product has the field '${short}'; there is ${[...new Set(near)].slice(0, MAX_SUGGESTED).join(', ') || 'none yet'}.`,
    { field: 'fields' },
  );
}

/** Products that are looked at for fields without a column, which hold long texts or objects. */
const MAX_SAMPLED = 200;

function isKept(index: LiveIndex, field: string): boolean {
  const step = Math.max(1, Math.floor(index.size / MAX_SAMPLED));
  const name = attributeName(field);
  for (let ordinal = 0; ordinal < index.size; ordinal += step) {
    if (!index.alive(ordinal)) continue;
    const product = index.document(ordinal);
    if (name === undefined ? Object.hasOwn(product, field) : Object.hasOwn(product.attributes ?? {}, name))
      return true;
  }
  return false;
}
