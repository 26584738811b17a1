import { isSupported, withdrawDescription } from '../../catalog/enrich/describeStore.js';
import { quotesExactly } from '../../catalog/quotesExactly.js';
import { ConflictError, UserError } from '../../domain/errors.js';
import { fieldValue } from '../../domain/field.js';
import type { DecidedFact } from '../../store/decisions.js';
import type { StoredFact } from '../../store/facts.js';
import type { Store } from '../../store/open.js';
import { type DecisionContext, type DecisionResult, describeDecision, isLive } from './decideSuggestions.js';

/**
 * Undoes a decision: restores the facts from before it, except where something has changed since (the product was
 * deleted, its text no longer contains the quote, the field was decided again). The undo is an entry of the log. Call
 * inside a transaction.
 * @throws UserError if the decision is unknown, or is an undo.
 * @throws ConflictError if it was undone already.
 */
export function undoDecision({ store, by, at }: Omit<DecisionContext, 'view'>, id: number): DecisionResult {
  const entry = store.decisions.get(id);
  if (entry === undefined)
    throw new UserError(`There is no decision ${id}; the log of decisions lists them all.`, {
      field: 'decision',
    });
  if (entry.action === 'undo')
    throw new UserError(
      `Decision ${id} undid decision ${entry.undoes}, and an undo cannot be undone: decide again instead.`,
      { field: 'decision' },
    );
  if (entry.undoneBy !== undefined) {
    const undo = store.decisions.get(entry.undoneBy);
    const who = undo === undefined ? `decision ${entry.undoneBy}` : describeDecision(undo);
    throw new ConflictError(`Decision ${id} was undone already: ${who}.`, { field: 'decision' });
  }
  const { field, value } = entry;
  const undone: DecidedFact[] = [];
  for (const { productId, before } of store.decisions.facts(id)) {
    const made = store.facts.inFieldOf(productId, field).filter(({ decision }) => decision === id);
    if (made.length === 0) continue;
    for (const fact of made) store.facts.remove(productId, field, fact.value);
    for (const fact of before) if (canBeRestored(store, productId, fact)) store.facts.add(productId, fact);
    withdrawDescription(store, productId, field);
    store.changes.touch(productId);
    undone.push({ productId, before: made });
  }
  const settled = undone.length;
  const decision = store.decisions.add(
    {
      ...{ at: at.toISOString(), by, action: 'undo', field, value, settled, undoes: id },
      ...{ corrected: entry.corrected, group: entry.group, state: entry.state, shown: entry.shown },
    },
    undone,
  );
  return { decision, action: 'undo', field, value, undoes: id, settled };
}

/** Whether a fact from before a decision can be restored. */
function canBeRestored(store: Store, productId: string, fact: StoredFact): boolean {
  if (fact.decision !== null) return store.decisions.get(fact.decision)?.undoneBy === undefined;
  const product = store.products.get(productId);
  if (product === undefined) return false;
  if (!isLive(fact)) return true;
  return (
    fieldValue(product, fact.field) === undefined &&
    quotesExactly(product, fact.evidence) &&
    isSupported(store, product, fact)
  );
}
