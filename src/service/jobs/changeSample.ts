import { attributeField } from '../../domain/field.js';
import { isBlank } from '../../domain/isBlank.js';
import type { Product } from '../../domain/product.js';
import { FACTS_KEY } from '../../domain/product.js';

/** What an import made of a product, as text for a person. */
export interface ChangedProduct {
  readonly id: string;
  readonly title: string;
  readonly isNew: boolean;
  /** Blank texts are absent values. */
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

const MAX_PRODUCTS = 20;
const MAX_CHANGES = 12;
const MAX_LENGTH = 200;

/** The first products that an import changes, with their values before and after. */
export class ChangeSample {
  readonly kept: ChangedProduct[] = [];

  constructor(private readonly max = MAX_PRODUCTS) {}

  offer(before: Product | undefined, after: Product): void {
    if (this.kept.length >= this.max) return;
    const old = before === undefined ? new Map<string, string>() : textsOf(before);
    const now = textsOf(after);
    const changes = [...new Set([...now.keys(), ...old.keys()])]
      .map((field) => ({ field, before: old.get(field) ?? '', after: now.get(field) ?? '' }))
      .filter((change) => change.before !== change.after && change.field !== 'id');
    this.kept.push({
      id: after.id,
      title: shown(after.title ?? ''),
      isNew: before === undefined,
      changes: changes.slice(0, MAX_CHANGES),
    });
  }

  /** Keeps only the values that the product loses. */
  offerLost(before: Product, fields: readonly string[]): void {
    if (this.kept.length >= this.max) return;
    const texts = textsOf(before);
    const changes = fields.map((field) => ({ field, before: texts.get(field) ?? '', after: '' }));
    const { id, title = '' } = before;
    this.kept.push({ id, title: shown(title), isNew: false, changes: changes.slice(0, MAX_CHANGES) });
  }
}

function textsOf({ attributes, ...fields }: Product): Map<string, string> {
  const named = Object.entries(attributes ?? {}).map(
    ([name, value]) => [attributeField(name), value] as const,
  );
  const entries = [...Object.entries(fields), ...named].filter(
    ([field, value]) => field !== FACTS_KEY && !isBlank(value),
  );
  return new Map(entries.map(([field, value]) => [field, shown(value)]));
}

/** A value as text, cut to a length that a table can show. */
export function shown(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(String).join(', ')
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
