import { governStore } from '../../catalog/taxonomy/governTaxonomy.js';
import type { Store } from '../../store/open.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import { type DecisionContext, decideSuggestions, type DecisionResult } from './decideSuggestions.js';
import { groupSuggestions, listMembers, type MembersPage, type SuggestionsPage } from './groupSuggestions.js';
import { type DecisionDetail, type DecisionsPage, listDecisions, showDecision } from './listDecisions.js';
import type { DecideRequest, Decision, Narrowing, Paging, SuggestionsRequest } from './reviewRequests.js';
import { undoDecision } from './undoDecision.js';

/** What waits for a person, what persons decided, and deciding. */
export interface Review {
  /** Suggestions in groups, what settles most first. */
  suggestions(request: SuggestionsRequest): SuggestionsPage;
  /** The suggestions of one group; undefined where there is none of that id now. */
  members(group: string, request: Narrowing & Paging): MembersPage | undefined;
  /**
   * All decisions of the request or, on a throw, none; on return they are on disk and in the next search.
   * @throws ConflictError if what was shown is no longer what is there.
   */
  decide(request: DecideRequest): Promise<DecisionResult[]>;
  /** The log, newest first. */
  decisions(paging: Paging): DecisionsPage;
  decision(id: number, paging: Paging): DecisionDetail | undefined;
}

/** The review of a store; `decided` is told after each request that changed something. */
export function openReview(store: Store, decided: () => void = () => {}): Review {
  return {
    suggestions: (request) => groupSuggestions(store, request),
    members: (group, request) => listMembers(store, group, request),
    decide: async ({ decisions, by }) => {
      const view = viewTaxonomy(await governStore(store, undefined));
      const deciding = { store, view, by, at: new Date() };
      const settled = store.transaction(() => decisions.map((one) => decideOne(deciding, one)));
      decided();
      return settled;
    },
    decisions: (paging) => listDecisions(store, paging),
    decision: (id, paging) => showDecision(store, id, paging),
  };
}

/** One decision or undo. Call inside a transaction. */
function decideOne(deciding: DecisionContext, decision: Decision): DecisionResult {
  return decision.action === 'undo'
    ? undoDecision(deciding, decision.decision)
    : decideSuggestions(deciding, decision);
}
