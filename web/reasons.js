import { shownField } from './format.js';

/** @import { Evidence, Fact, Product, Span } from './api.js' */

/**
 * The facts of a product that have evidence and are applied or suggested.
 * @param {Product} product
 * @returns {Fact[]}
 */
export function factsOf(product) {
  const given = product._shelfwright;
  if (typeof given !== 'object' || given === null || !('facts' in given) || !Array.isArray(given.facts))
    return [];
  return given.facts.filter(
    (/** @type {Fact} */ fact) => (fact.status === 'applied' || fact.status === 'suggested') && fact.evidence,
  );
}

/**
 * The evidence of a value in words: `said by the title: “Navy”`.
 * @param {Fact} fact
 */
export function reasonOf(fact) {
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

/**
 * `97% sure`, at most 99%.
 * @param {number} confidence
 */
export function sureness(confidence) {
  return `${Math.min(99, Math.round(confidence * 100))}% sure`;
}

/** @param {Fact} fact */
function verbOf(fact) {
  if (fact.method === 'classifier') return 'judged from';
  if (fact.method === 'lookup') return 'said by';
  return fact.method === 'measure' ? 'measured in' : 'read from';
}

/**
 * @param {Evidence} evidence
 * @returns {evidence is Span}
 */
export function isSpan(evidence) {
  return 'quote' in evidence;
}

/**
 * Splits a text at the ends of its quotes; overlapping quotes share a piece. Quotes that do not match the text at their
 * position are ignored.
 * @param {string} text
 * @param {{ span: Span, key: string }[]} quotes
 * @returns {{ text: string, keys: string[] }[]} the pieces in order, each with the keys of the quotes it belongs to
 */
export function pieces(text, quotes) {
  const kept = quotes.filter(
    ({ span }) => span.end > span.start && text.slice(span.start, span.end) === span.quote,
  );
  const cuts = new Set([0, text.length]);
  for (const { span } of kept) cuts.add(span.start).add(span.end);
  const ends = [...cuts].sort((a, b) => a - b);
  return ends.slice(1).map((end, index) => {
    const start = ends[index] ?? 0;
    const keys = kept.filter(({ span }) => span.start <= start && end <= span.end).map(({ key }) => key);
    return { text: text.slice(start, end), keys };
  });
}
