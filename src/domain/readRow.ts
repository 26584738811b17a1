import type { Notation } from '../text/numbers.js';
import { attributeField, attributeName } from './field.js';
import type { FieldProblem } from './fieldProblem.js';
import { isRecord } from './isRecord.js';
import { FACTS_KEY, type Product, readProduct } from './product.js';

/** A row of a file as values to store and fields to clear. */
export interface RowValues {
  readonly product: Product;
  /** Fields that the row has but leaves blank: `price`, `attributes.color`; `attributes` for all of them. */
  readonly cleared: readonly string[];
  /** Fields with a value that cannot be read, with the reason. They are blank, so they are in `cleared` too. */
  readonly unreadable: readonly FieldProblem[];
}

/**
 * Reads a row of a file as `readProduct` does, but a value that cannot be read only leaves its own field blank.
 * @returns the row, or the problems that rule out all of it: a bad id, or a field beyond its limits.
 */
export function readRow(
  input: unknown,
  notation?: Notation,
): RowValues | { readonly problems: readonly FieldProblem[] } {
  const read = readProduct(input, notation);
  if ('product' in read)
    return { product: read.product, cleared: clearedFields(input, read.product), unreadable: [] };
  const unreadable = read.problems.filter(({ field, limit }) => field !== '' && field !== 'id' && !limit);
  if (!isRecord(input) || unreadable.length < read.problems.length) {
    return { problems: read.problems.filter((problem) => !unreadable.includes(problem)) };
  }
  const rest = readRow(without(input, unreadable), notation);
  if ('problems' in rest) return rest;
  return {
    product: rest.product,
    // An unreadable list of attributes says nothing about each of them.
    cleared: clearedFields(input, rest.product).filter(
      (field) => field !== 'attributes' || input.attributes === null,
    ),
    unreadable: [...unreadable, ...rest.unreadable],
  };
}

/** The fields that the input has, but that are blank in the product read from it. */
export function clearedFields(input: unknown, product: Product): string[] {
  if (!isRecord(input)) return [];
  const cleared: string[] = [];
  const { attributes = {} } = product;
  for (const field of Object.keys(input)) {
    const value = input[field];
    if (value === undefined || field === FACTS_KEY) continue;
    if (field === 'attributes' && isRecord(value)) {
      // One attribute each, because attributes that the input does not mention stay.
      for (const name of Object.keys(value)) {
        if (value[name] !== undefined && !Object.hasOwn(attributes, name)) cleared.push(attributeField(name));
      }
    } else if (!Object.hasOwn(product, field)) cleared.push(field);
  }
  return cleared;
}

/** A copy of the record without the given fields. */
function without(
  input: Readonly<Record<string, unknown>>,
  problems: readonly FieldProblem[],
): Record<string, unknown> {
  const fields = new Set(problems.map(({ field }) => topField(field)));
  const names = new Set(problems.map(({ field }) => attributeName(field)));
  const { attributes } = input;
  const rest = Object.entries(input).filter(([field]) => !fields.has(field));
  if (!isRecord(attributes) || fields.has('attributes')) return Object.fromEntries(rest);
  const kept = Object.entries(attributes).filter(([name]) => !names.has(name));
  return Object.fromEntries([...rest, ['attributes', Object.fromEntries(kept)]]);
}

/** The key of the record that holds the field; undefined for an attribute. */
function topField(field: string): string | undefined {
  return attributeName(field) === undefined ? field : undefined;
}
