import { governingTaxonomy, starterTaxonomy } from '../../catalog/taxonomy/governingTaxonomy.js';
import { governStore } from '../../catalog/taxonomy/governTaxonomy.js';
import type { Store } from '../../store/open.js';
import { type DecisionContext, type DecisionResult, decideSuggestions } from './decideSuggestions.js';
import { groupSuggestions, listMembers, type MembersPage, type SuggestionsPage } from './groupSuggestions.js';
import { type DecisionDetail, type DecisionsPage, listDecisions, showDecision } from './listDecisions.js';
import { type FieldValues, listValues, type ValuesRequest } from './listValues.js';
import type { DecideRequest, Decision, Narrowing, Paging, SuggestionsRequest } from './reviewRequests.js';
import { undoDecision } from './undoDecision.js';

/** Undecided suggestions, decisions about them, and the log of decisions. */
export interface Review {
  /** Undecided suggestions in groups, those first that settle most. */
  suggestions(request: SuggestionsRequest): SuggestionsPage;
  /** The suggestions of one group; undefined for an unknown group. */
  members(group: string, request: Narrowing & Paging): MembersPage | undefined;
  /**
   * Makes all decisions of the request or, on a throw, none. When it resolves they are on disk and in the next search.
   * @throws ConflictError if the suggestions have changed since they were shown.
   */
  decide(request: DecideRequest): Promise<DecisionResult[]>;
  /** The values that a person may choose for a field. */
  values(field: string, request: ValuesRequest): Promise<FieldValues>;
  /** The log, newest first. */
  decisions(paging: Paging): DecisionsPage;
  decision(id: number, paging: Paging): DecisionDetail | undefined;
}

/** Calls `onDecided`, and waits for it, after each request that made decisions. */
export function openReview(store: Store, onDecided: () => Promise<void> = async () => {}): Review {
  return {
    suggestions: (request) => groupSuggestions(store, request),
    members: (group, request) => listMembers(store, group, request),
    decide: async ({ decisions, by }) => {
      const view = await governStore(store, undefined);
      const context = { store, view, by, at: new Date() };
      const settled = store.transaction(() => decisions.map((one) => decideOne(context, one)));
      await onDecided();
      return settled;
    },
    values: async (field, request) =>
      listValues(governingTaxonomy(store) ?? (await starterTaxonomy()), field, request),
    decisions: (paging) => listDecisions(store, paging),
    decision: (id, paging) => showDecision(store, id, paging),
  };
}

/** One decision or undo. Call inside a transaction. */
function decideOne(context: DecisionContext, decision: Decision): DecisionResult {
  return decision.action === 'undo'
    ? undoDecision(context, decision.decision)
    : decideSuggestions(context, decision);
}
