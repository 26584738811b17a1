import { type Candidate, compareCandidates, editsOf, GENERATED } from './suggestionCandidates.js';
import { SUGGESTION_KINDS, type SuggestionKind } from './suggestSchemas.js';

/** Kinds take turns in this order until the list is full: three of eight places are queries', two products'. */
const TURNS: readonly SuggestionKind[] = [
  'query',
  'category',
  'query',
  'brand',
  'product',
  'query',
  'value',
  'product',
];
const NAMED: ReadonlySet<SuggestionKind> = new Set(['category', 'brand', 'value']);

/**
 * Draws a list of at most `limit` from the candidates of each kind. What was typed rightly goes before what is
 * nearly typed: a kind that has only the latter yields its turns. Listed by edits, then kind by kind (see
 * SUGGESTION_KINDS), each kind in its own order; of two that fold alike one is listed.
 */
export function mixSuggestions(candidates: readonly Candidate[], limit: number): Candidate[] {
  const ordered = dropDuplicates(candidates);
  const drawn: Candidate[] = [];
  const max = ordered.reduce((edits, { penalty }) => Math.max(edits, editsOf(penalty)), 0);
  for (let edits = 0; edits <= max && drawn.length < limit; edits++) {
    const alike = ordered.filter(({ penalty }) => editsOf(penalty) === edits);
    drawn.push(...takeTurns(alike, limit - drawn.length));
  }
  return drawn;
}

function takeTurns(candidates: readonly Candidate[], limit: number): Candidate[] {
  const queues = new Map(
    SUGGESTION_KINDS.map((kind) => [kind, candidates.filter((each) => each.kind === kind)]),
  );
  const taken = new Set<Candidate>();
  const room = Math.min(limit, candidates.length);
  for (let turn = 0; taken.size < room; turn++) {
    const next = queues.get(TURNS[turn % TURNS.length] ?? 'query')?.shift();
    if (next !== undefined) taken.add(next);
  }
  return SUGGESTION_KINDS.flatMap((kind) =>
    candidates.filter((each) => each.kind === kind && taken.has(each)),
  );
}

/**
 * In order, each key once. Of twins the one stays that says most: what people ask, then what can be filtered by,
 * then what was made up of words, then a product; but one typed rightly before all that is not.
 */
function dropDuplicates(candidates: readonly Candidate[]): Candidate[] {
  const kept = new Map<string, Candidate>();
  for (const candidate of [...candidates].sort(compareCandidates)) {
    const twin = kept.get(candidate.key);
    if (twin !== undefined && precedence(twin) <= precedence(candidate)) continue;
    kept.set(candidate.key, candidate);
  }
  const stay = new Set(kept.values());
  return [...candidates].sort(compareCandidates).filter((candidate) => stay.has(candidate));
}

function precedence({ kind, penalty }: Candidate): number {
  const edits = editsOf(penalty) * 10;
  if (kind === 'query') return edits + ((penalty & GENERATED) === 0 ? 0 : 2);
  return edits + (NAMED.has(kind) ? 1 : 3);
}
