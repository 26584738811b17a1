import type { LoggedDecision } from '../../store/decisions.js';
import type { Store } from '../../store/open.js';
import type { Paging } from './reviewRequests.js';

/** An entry of the log as a person sees it. */
export interface DecisionEntry extends Omit<LoggedDecision, 'id' | 'undoneBy'> {
  readonly decision: number;
  /** The decision that undid it. */
  readonly undone_by: number | undefined;
}

export interface DecisionsPage extends Paging {
  readonly total: number;
  readonly decisions: DecisionEntry[];
}

/** One decision with its products, and their facts before it. */
export interface DecisionDetail extends DecisionEntry, Paging {
  readonly products: { readonly id: string; readonly before: unknown[] }[];
}

/** A page of the log, newest first. */
export function listDecisions(store: Store, { page, per_page }: Paging): DecisionsPage {
  const decisions = store.decisions.page(per_page, (page - 1) * per_page).map(entryOf);
  return { total: store.decisions.count(), page, per_page, decisions };
}

/** One entry with a page of its products; undefined for an unknown number. */
export function showDecision(store: Store, id: number, paging: Paging): DecisionDetail | undefined {
  const entry = store.decisions.get(id);
  if (entry === undefined) return undefined;
  const { page, per_page } = paging;
  const products = store.decisions
    .facts(id, per_page, (page - 1) * per_page)
    .map(({ productId, before }) => ({ id: productId, before: [...before] }));
  return { ...entryOf(entry), page, per_page, products };
}

function entryOf({ id, undoneBy, ...entry }: LoggedDecision): DecisionEntry {
  return { decision: id, ...entry, undone_by: undoneBy };
}
