import { type Candidate, compareCandidates, editsOf, GENERATED } from './suggestionCandidates.js';
import { SUGGESTION_KINDS, type SuggestionKind } from './suggestSchemas.js';

/**
 * The kinds take turns in this order until the list is full: of eight places, three are for queries and two
 * for products.
 */
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
const FILTER_KINDS: ReadonlySet<SuggestionKind> = new Set(['category', 'brand', 'value']);

/**
 * Selects at most `limit` of the candidates of all kinds. Exact matches come before matches with edits: a
 * kind that has only the latter gives up its turns. The result is sorted by edits, then by kind (see
 * SUGGESTION_KINDS), then in the order of the kind; candidates that fold to the same key are listed once.
 */
export function mixSuggestions(candidates: readonly Candidate[], limit: number): Candidate[] {
  const ordered = dropDuplicates(candidates);
  const selected: Candidate[] = [];
  const max = ordered.reduce((edits, { penalty }) => Math.max(edits, editsOf(penalty)), 0);
  for (let edits = 0; edits <= max && selected.length < limit; edits++) {
    const sameEdits = ordered.filter(({ penalty }) => editsOf(penalty) === edits);
    selected.push(...takeTurns(sameEdits, limit - selected.length));
  }
  return selected;
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
 * Sorted, each key once. Of duplicates the most useful one stays: a popular query, then a filter value, then
 * a generated query, then a product. Fewer edits come before all that.
 */
function dropDuplicates(candidates: readonly Candidate[]): Candidate[] {
  const byKey = new Map<string, Candidate>();
  for (const candidate of [...candidates].sort(compareCandidates)) {
    const duplicate = byKey.get(candidate.key);
    if (duplicate !== undefined && rankOfDuplicate(duplicate) <= rankOfDuplicate(candidate)) continue;
    byKey.set(candidate.key, candidate);
  }
  const kept = new Set(byKey.values());
  return [...candidates].sort(compareCandidates).filter((candidate) => kept.has(candidate));
}

function rankOfDuplicate({ kind, penalty }: Candidate): number {
  const edits = editsOf(penalty) * 10;
  if (kind === 'query') return edits + ((penalty & GENERATED) === 0 ? 0 : 2);
  return edits + (FILTER_KINDS.has(kind) ? 1 : 3);
}
