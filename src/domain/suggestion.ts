import { createHash } from 'node:crypto';
import { fold } from '../text/fold.js';
import type { Fact } from './fact.js';
import type { AttributeValue } from './product.js';

/** Why a value is suggested, as far as many products share it: what one decision about all of them rests on. */
export interface Reason {
  readonly method: Fact['method'];
  /** The field whose words say it, and the words, folded. */
  readonly field?: string;
  readonly text?: string;
  /** The rule of the taxonomy that says it. */
  readonly rule?: string;
}

/**
 * The reason of a suggestion. A classifier judges a text as a whole and quotes only what weighed most in it, so
 * its quotes part nothing.
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
  return method === 'neighbours' ? 'products like it have it' : 'judged from the text as a whole';
}

/** The same for all suggestions of one value of one field for one reason, on any machine and in any run. */
export function groupOf(fact: Pick<Fact, 'field' | 'value' | 'method' | 'evidence'>): string {
  const { method, field, text, rule } = reasonOf(fact);
  return shortHash('g', [fact.field, fact.value, method, field ?? null, text ?? null, rule ?? null]);
}

/** Changes with the products that make a group up: what was shown is what is there if this is the same. */
export function stateOf(productIds: readonly string[]): string {
  return shortHash('s', productIds);
}

/** Led by a letter: a spreadsheet would take 1234e5 for a number. */
function shortHash(letter: string, parts: readonly (AttributeValue | null)[]): string {
  return letter + createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
