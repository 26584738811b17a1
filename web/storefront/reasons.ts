import type { Fact, Product } from '../shared/api.js';
import { shownField } from '../shared/format.js';

type Evidence = Fact['evidence'];
/** A part of a product's text, in UTF-16 units. */
export type Span = Extract<Evidence, { quote: string }>;

/** The facts of a product that have evidence and are applied or suggested. */
export function factsOf(product: Product): Fact[] {
  const given = product._shelfwright;
  if (typeof given !== 'object' || given === null || !('facts' in given) || !Array.isArray(given.facts))
    return [];
  return given.facts.filter(
    (fact: Fact) => (fact.status === 'applied' || fact.status === 'suggested') && Boolean(fact.evidence),
  );
}

/** The evidence of a value in words: `said by the title: “Navy”`. */
export function reasonOf(fact: Fact): string {
  const { evidence } = fact;
  if (fact.source === 'reviewer' || 'decision' in evidence) return 'decided by a person';
  if (isSpan(evidence))
    return `${verbOf(fact)} the ${shownField(evidence.field).toLowerCase()}: “${evidence.quote}”`;
  if ('neighbours' in evidence) {
    const count = evidence.neighbours.length;
    return count === 1 ? 'like this product' : `like these ${count} products`;
  }
  if ('clauses' in evidence) {
    const fields = new Set(evidence.clauses.map(({ field }) => shownField(field).toLowerCase()));
    return `composed from ${[...fields].join(', ')}`;
  }
  return `by a rule of the taxonomy: ${evidence.rule}`;
}

/** `97% sure`, at most 99%. */
export function sureness(confidence: number): string {
  return `${Math.min(99, Math.round(confidence * 100))}% sure`;
}

function verbOf(fact: Fact): string {
  if (fact.method === 'classifier') return 'judged from';
  if (fact.method === 'lookup') return 'said by';
  return fact.method === 'measure' ? 'measured in' : 'read from';
}

export function isSpan(evidence: Evidence): evidence is Span {
  return 'quote' in evidence;
}
