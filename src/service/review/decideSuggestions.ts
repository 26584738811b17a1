import { isDeepStrictEqual } from 'node:util';
import { withdrawDescription } from '../../catalog/enrich/describeStore.js';
import { ConflictError, UserError } from '../../domain/errors.js';
import type { AttributeValue } from '../../domain/product.js';
import { stateOf } from '../../domain/suggestion.js';
import type { DecidedFact, LoggedDecision, NewDecision } from '../../store/decisions.js';
import type { StoredFact } from '../../store/facts.js';
import type { Store } from '../../store/open.js';
import type { Suggestion } from '../../store/suggestions.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { checkValue } from './checkValue.js';
import { describeGroup } from './groupSuggestions.js';
import type { Verdict } from './reviewRequests.js';
import { suggestedProduct } from './suggestedProduct.js';

/** What a decision needs beside its request: who decides, by which taxonomy, and when. */
export interface DecisionContext {
  readonly store: Store;
  readonly view: TaxonomyView;
  readonly by: string;
  readonly at: Date;
}

export interface DecisionResult {
  /** Its number in the log, by which it can be undone. */
  readonly decision: number;
  readonly action: NewDecision['action'];
  readonly field: string;
  readonly value: AttributeValue;
  readonly corrected?: AttributeValue;
  readonly undoes?: number;
  /** Products that it settled. */
  readonly settled: number;
}

/**
 * Decides about a group of suggestions, or one field of one product, and logs the decision. Call inside a transaction,
 * which must roll back on a throw.
 * @throws ConflictError if the suggestions have changed since they were shown.
 * @throws UserError if the taxonomy has no such value, or the product is unknown.
 */
export function decideSuggestions(context: DecisionContext, verdict: Verdict): DecisionResult {
  const { about } = verdict;
  return 'group' in about ? decideGroup(context, verdict, about) : decideProduct(context, verdict, about);
}

function decideGroup(
  context: DecisionContext,
  verdict: Verdict,
  { group, narrowing, except, shown }: Extract<Verdict['about'], { group: string }>,
): DecisionResult {
  const { store } = context;
  const filter = store.suggestions.resolve({ ...narrowing, group });
  const all = store.suggestions.list(filter);
  const described = describeGroup(store, filter);
  if (described === undefined) throw new ConflictError(goneSentence(store, group), { field: 'group' });
  const state = stateOf(all.map(({ productId }) => productId));
  const members = membersShown(all, state, shown).filter(({ productId }) => !except.includes(productId));
  if (members.length === 0)
    throw new UserError(`Nothing is left to decide in group ${group}: every product is excepted.`, {
      field: 'except',
    });
  return applyDecision(context, verdict, members, {
    group,
    state,
    shown: { ...described, narrowing, ...(except.length > 0 && { except }) },
  });
}

function decideProduct(
  context: DecisionContext,
  verdict: Verdict,
  { product, field, shown }: Extract<Verdict['about'], { product: string }>,
): DecisionResult {
  const { store } = context;
  if (store.products.get(product) === undefined)
    throw new UserError(`There is no product with the id ${JSON.stringify(product)}.`, { field: 'product' });
  const fact = store.facts.inFieldOf(product, field).find(isLive);
  if (fact === undefined)
    throw new ConflictError(
      `Nothing is suggested for ${field} of ${product}: it was settled, or never filled; read the product again.`,
      { field: 'field' },
    );
  if (fact.decision !== null)
    throw new ConflictError(decidedSentence(store, fact.decision), { field: 'field' });
  if (shown !== undefined && !isDeepStrictEqual(shown, fact.value))
    throw new ConflictError(
      `For ${field} of ${product} ${JSON.stringify(fact.value)} is suggested now, not ${JSON.stringify(shown)}: read it again.`,
      { field: 'shown' },
    );
  const suggestion = { productId: product, fact };
  return applyDecision(context, verdict, [suggestion], {
    group: undefined,
    state: undefined,
    shown: { field, value: fact.value, status: fact.status, examples: [suggestedProduct(store, suggestion)] },
  });
}

/** The suggestions to decide about: the whole group, unchanged since it was shown, or the ids shown. */
function membersShown(
  members: readonly Suggestion[],
  state: string,
  shown: string | number | readonly string[] | undefined,
): readonly Suggestion[] {
  const changed = (was: string): ConflictError =>
    new ConflictError(
      `The group has changed since it was shown (${was}, ${members.length} suggestions now): read it again, then decide.`,
      { field: 'shown' },
    );
  if (shown === undefined) return members;
  if (typeof shown === 'number') {
    if (shown !== members.length) throw changed(`${shown} suggestions then`);
    return members;
  }
  if (typeof shown === 'string') {
    if (shown !== state) throw changed('others then');
    return members;
  }
  const there = new Set(members.map(({ productId }) => productId));
  const gone = shown.filter((id) => !there.has(id));
  if (gone.length > 0) throw changed(`${gone[0]} is no longer in it`);
  const ids = new Set(shown);
  return members.filter(({ productId }) => ids.has(productId));
}

function applyDecision(
  { store, view, by, at }: DecisionContext,
  verdict: Verdict,
  members: readonly Suggestion[],
  shown: Pick<NewDecision, 'group' | 'state' | 'shown'>,
): DecisionResult {
  const [first] = members;
  if (first === undefined) throw new Error('no suggestion to decide about');
  const { field, value } = first.fact;
  const corrected = verdict.value === undefined ? undefined : checkValue(view, field, verdict.value);
  // A correction to the suggested value accepts it.
  const same = corrected !== undefined && isDeepStrictEqual(corrected, value);
  const action = same ? 'accept' : verdict.action;
  const decision = store.decisions.next();
  const person = { decision, confidence: 1, source: 'reviewer', status: 'applied' } as const;
  const decided = members.map(({ productId, fact }): DecidedFact => {
    const { facts } = store;
    facts.remove(productId, field, fact.value);
    const before = [fact];
    if (action === 'accept') facts.add(productId, { ...fact, ...person });
    else facts.add(productId, { ...fact, decision, status: action === 'reject' ? 'rejected' : 'superseded' });
    if (action === 'correct' && corrected !== undefined) {
      const same = facts.inFieldOf(productId, field).find((one) => isDeepStrictEqual(one.value, corrected));
      if (same !== undefined) {
        before.push(same);
        facts.remove(productId, field, corrected);
      }
      const evidence = { decision, by };
      const { taxonomy } = view;
      facts.add(productId, {
        ...{ ...fact, ...person, taxonomy: taxonomy.version },
        ...{ value: corrected, method: 'reviewer', evidence },
      });
    }
    if (action !== 'accept') withdrawDescription(store, productId, field);
    store.changes.touch(productId);
    return { productId, before };
  });
  const entry = {
    ...{ at: at.toISOString(), by, action, field, value, undoes: undefined, settled: members.length },
    corrected: action === 'correct' ? corrected : undefined,
  };
  const id = store.decisions.add({ ...entry, ...shown }, decided);
  if (id !== decision) throw new Error(`decision ${decision} was logged as ${id}`);
  return {
    ...{ decision, action, field, value, settled: members.length },
    ...(entry.corrected !== undefined && { corrected: entry.corrected }),
  };
}

function goneSentence(store: Store, group: string): string {
  const [last] = store.decisions.inForce(group);
  return last === undefined
    ? `There is no group ${group}: a reindex has settled or changed it; read the suggestions again.`
    : `There is no longer a group ${group}: ${describeDecision(last)}; read the suggestions again.`;
}

function decidedSentence(store: Store, id: number): string {
  const entry = store.decisions.get(id);
  return entry === undefined
    ? `It was decided already (decision ${id}): undo that first.`
    : `It was decided already: ${describeDecision(entry)}; undo that first.`;
}

/** Who decided what, and when. */
export function describeDecision({ id, action, by, at }: LoggedDecision): string {
  const did = { accept: 'accepted it', reject: 'rejected it', correct: 'corrected it', undo: 'took it back' };
  return `${by} ${did[action]} on ${at.slice(0, 10)} (decision ${id})`;
}

export function isLive({ status }: StoredFact): boolean {
  return status === 'applied' || status === 'suggested';
}
