import { UserError } from '../../domain/errors.js';
import type { Comparison } from '../../search/filter/parseFilter.js';
import { writeCondition } from '../../search/understand/structure/writeFilter.js';
import { fieldNameOf } from './fieldNames.js';

/** A condition in the grammar of our filters, and the fields that it names. */
export interface Condition {
  readonly text: string;
  readonly fields: ReadonlySet<string>;
}

/** @throws UserError, naming `parameter`, for an attribute that no filter can name. */
export function conditionOn(
  attribute: string,
  operator: Comparison,
  value: string | number,
  parameter: string,
): Condition {
  const { field } = fieldNameOf(attribute);
  const text = writeCondition(field, operator, value);
  if (text === undefined || field === '') {
    throw new UserError(
      `${parameter}: found the attribute '${attribute}', expected one without a backtick; leave it out.`,
      { field: parameter },
    );
  }
  return { text, fields: new Set([field]) };
}

/** `attribute:from TO to`, both included. */
export function rangeOn(attribute: string, from: number, to: number, parameter: string): Condition {
  return joined('AND', [
    conditionOn(attribute, '>=', from, parameter),
    conditionOn(attribute, '<=', to, parameter),
  ]);
}

export function negated({ text, fields }: Condition): Condition {
  return { text: `NOT (${text})`, fields };
}

/** `conditions` must not be empty. */
export function joined(operator: 'AND' | 'OR', conditions: readonly Condition[]): Condition {
  const [first] = conditions;
  if (first !== undefined && conditions.length === 1) return first;
  return {
    text: conditions.map(({ text }) => `(${text})`).join(` ${operator} `),
    fields: new Set(conditions.flatMap(({ fields }) => [...fields])),
  };
}
