import { createHash } from 'node:crypto';
import { fold } from '../text/fold.js';
import type { Fact } from './fact.js';
import type { AttributeValue } from './product.js';

/** Why a value is suggested, as far as many products share the reason, so that one decision can settle all of them. */
export interface Reason {
  readonly method: Fact['method'];
  /** The field with the words that say it, and those words, folded. */
  readonly field?: string;
  readonly text?: string;
  /** The rule of the taxonomy that implies it. */
  readonly rule?: string;
}

/**
 * The reason of a suggestion. A classifier judges the whole text and quotes only the words with the most weight, so
 * its quote is not part
 * of the reason.
 */
export function reasonOf({ method, evidence }: Pick<Fact, 'method' | 'evidence'>): Reason {
  if ('rule' in evidence) return { method, rule: evidence.rule };
  if (!('quote' in evidence) || method === 'classifier') return { method };
  return { method, field: evidence.field, text: fold(evidence.quote) };
}

/** The reason as a clause: `title says “navy”`. */
export function sayReason({ method, field, text, rule }: Reason): string {
  if (rule !== undefined) return rule;
  if (field !== undefined && text !== undefined) return `${field} says “${text}”`;
  if (method === 'template') return 'composed from known values';
  return method === 'neighbours' ? 'similar products have it' : 'classified from the whole text';
}

/**
 * The group id: the same for all suggestions of one value of one field for one reason, on any machine and in any run.
 */
export function groupOf(fact: Pick<Fact, 'field' | 'value' | 'method' | 'evidence'>): string {
  const { method, field, text, rule } = reasonOf(fact);
  return shortHash('g', [fact.field, fact.value, method, field ?? null, text ?? null, rule ?? null]);
}

/** A hash of the products of a group. It is unchanged if the group still holds the products that were shown. */
export function stateOf(productIds: readonly string[]): string {
  return shortHash('s', productIds);
}

/** The leading letter keeps spreadsheets from reading 1234e5 as a number. */
function shortHash(letter: string, parts: readonly (AttributeValue | null)[]): string {
  return letter + createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
