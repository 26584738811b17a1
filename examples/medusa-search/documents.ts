import { createHash } from 'node:crypto';
import type { SearchDocument, SearchField, SearchIndex } from './medusaTypes.js';

/** What a document says in the words of a catalog; everything else is derived. */
export interface ProductFields {
  title?: string;
  description?: string;
  brand?: string;
  category?: string;
  price?: number;
  currency?: string;
  url?: string;
  image?: string;
  group_id?: string;
}

/** Titles, texts and pictures as Medusa's products name them. */
export function defaultProduct(document: SearchDocument): ProductFields {
  const fields: ProductFields = {};
  const pairs = [
    ['title', document.title ?? document.name],
    ['description', document.description],
    ['brand', document.brand],
    ['category', document.category],
    ['image', document.thumbnail],
  ] as const;
  for (const [field, value] of pairs) if (typeof value === 'string' && value !== '') fields[field] = value;
  if (typeof document.price === 'number') fields.price = document.price;
  if (typeof document.currency_code === 'string') fields.currency = document.currency_code.toUpperCase();
  return fields;
}

/** A word for an index that no shopper types, because values of products are searched too. */
export function indexCode(name: string): string {
  return `ix${createHash('sha256').update(name).digest('hex').slice(0, 14)}`;
}

/** What markers have in place of the code of an index. */
export const MARKERS = 'ixmarkers';

/** Documents of several indexes may have the same id. */
export function productId(index: string, id: string): string {
  return `${indexCode(index)}:${id}`;
}

/** The product that stands for a document: the document itself as it came, and what is searched and filtered by. */
export function toProduct(
  index: string,
  definition: Pick<SearchIndex, 'fields' | 'primary_key'>,
  document: SearchDocument,
  fields: ProductFields,
): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const path of filterPaths(definition.fields)) {
    const value = valuesAt(document, path.split('.'));
    if (path !== 'id' && value.length > 0) attributes[path] = value.length === 1 ? value[0] : value;
  }
  return {
    ...fields,
    id: productId(index, document.id),
    medusa_index: indexCode(index),
    medusa_id: document.id,
    medusa_document: document,
    attributes,
  };
}

/**
 * A draft, which shoppers do not find, that stands for the index itself: so an empty index is listed too, and its fields
 * are known before the first document has them.
 */
export function indexMarker({ physical_name, fields }: SearchIndex): Record<string, unknown> {
  const sample = (type: string): unknown =>
    type === 'integer' || type === 'float'
      ? 0
      : type === 'boolean'
        ? false
        : type === 'date'
          ? '1970-01-01'
          : '-';
  return {
    id: productId(physical_name, ''),
    status: 'draft',
    medusa_index: MARKERS,
    medusa_id: '-',
    medusa_document: { name: physical_name },
    attributes: Object.fromEntries(
      filterPaths(fields).map((path) => [path, sample(fieldAt(fields, path.split('.'))?.type ?? 'keyword')]),
    ),
  };
}

/** The parts of a document at these paths. */
export function project(document: unknown, paths: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  if (typeof document !== 'object' || document === null) return found;
  for (const [name, value] of Object.entries(document)) {
    if (paths.includes(name) || paths.includes('*')) found[name] = value;
    else {
      const inner = paths
        .filter((path) => path.startsWith(`${name}.`))
        .map((path) => path.slice(name.length + 1));
      if (inner.length > 0)
        found[name] = Array.isArray(value) ? value.map((one) => project(one, inner)) : project(value, inner);
    }
  }
  return found;
}

/** Paths such as `status` and `categories.name` that are filtered, sorted or counted by. */
function filterPaths(fields: Readonly<Record<string, SearchField>>, before = ''): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.fields !== undefined) return filterPaths(field.fields, `${before}${name}.`);
    const isUsed = field.filterable === true || field.sortable === true || Boolean(field.facetable);
    return isUsed && before + name !== 'id' ? [before + name] : [];
  });
}

function fieldAt(
  fields: Readonly<Record<string, SearchField>>,
  path: readonly string[],
): SearchField | undefined {
  const [name = '', ...rest] = path;
  const field = fields[name];
  return rest.length === 0 || field?.fields === undefined ? field : fieldAt(field.fields, rest);
}

function valuesAt(value: unknown, path: readonly string[]): (string | number | boolean)[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path));
  const [name, ...rest] = path;
  if (name !== undefined) {
    if (typeof value !== 'object' || value === null) return [];
    const member = Object.entries(value).find(([key]) => key === name)?.[1];
    return valuesAt(member, rest);
  }
  if (value instanceof Date) return [value.toISOString()];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [value] : [];
}
