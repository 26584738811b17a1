import type { Answer } from '../../shared/call.js';
import { shownFact, shownField } from '../../shared/format.js';

export type Group = Answer<'/v1/suggestions', 'get'>['groups'][number];
export type Members = Answer<'/v1/suggestions/{group}', 'get'>;
export type SuggestedProduct = Members['products'][number];
export type CounterExample = Members['counter_examples'][number];
export type Value = Group['value'];

/** A confidence in words. */
export function sureWords(exactly: number): string {
  // As the number beside it.
  const confidence = Math.round(exactly * 100) / 100;
  if (confidence >= 0.95) return 'almost certain';
  if (confidence >= 0.85) return 'very likely';
  if (confidence >= 0.7) return 'likely';
  return confidence >= 0.5 ? 'more likely than not' : 'unsure';
}

/** `97%`, at most 99%, as nothing is certain. */
export function shownShare(confidence: number): string {
  return `${Math.min(99, Math.round(confidence * 100))}%`;
}

/** `97%`, or `42% to 95%`. */
export function shownRange({ min, max }: Group['confidence']): string {
  return shownShare(min) === shownShare(max) ? shownShare(max) : `${shownShare(min)} to ${shownShare(max)}`;
}

/** `Color: Black` */
export function shownGroup({ field, value }: Pick<Group, 'field' | 'value'>): string {
  return `${shownField(field)}: ${shownFact(field, value)}`;
}

/** Why the values are suggested, in a merchandiser's words. */
export function reasonWords({ reason }: Pick<Group, 'reason'>): string {
  const { method, field, text, rule } = reason;
  if (rule !== undefined) return `follows from a rule of the taxonomy: ${rule}`;
  if (field !== undefined && text !== undefined)
    return `the ${shownField(field).toLowerCase()} says “${text}”`;
  if (method === 'template') return 'composed from known values';
  return method === 'neighbours' ? 'similar products have it' : 'judged from the whole text';
}
