import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../domain/errors.js';
import { type Fact, isShown } from '../../domain/fact.js';
import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import type { ModelCard } from '../../embed/model.js';
import { describe, grammarOf } from '../../enrich/describe/describe.js';
import type { Grammar } from '../../enrich/describe/grammar.js';
import type { StoredFact } from '../../store/facts.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';

/** Whether the store's products without a description have a composed one. */
const SETTING = 'describes';
const FIELD = 'description';
const BATCH = 1000;

/** Whether products of the store without a description have a composed one. */
export function isDescribed({ settings }: Pick<Store, 'settings'>): boolean {
  return settings.get(SETTING) === true;
}

export interface DescribeStoreOptions {
  readonly store: Store;
  readonly view: TaxonomyView;
  readonly model: Pick<ModelCard, 'revision'>;
  /** Undefined: as the last run that said. */
  readonly describe: boolean | undefined;
  readonly progress: Progress;
}

/** Composed descriptions: new or changed ones, withdrawn ones, and those that stayed. */
export interface DescribeTally {
  readonly composed: number;
  readonly withdrawn: number;
  readonly kept: number;
}

/**
 * Brings the composed descriptions of the store up to date with its products and facts: composes those that are missing or
 * rest on values that have changed, and withdraws those that nothing supports any more. Where a person rejected or wrote a
 * description, none is composed. An accepted one stays as long as it says what is known. Undefined where descriptions are
 * neither composed nor were.
 * @throws UserError if `describe` is true, and there is no grammar for the taxonomy's language.
 */
export function describeStore({
  store,
  view,
  model,
  describe: wanted,
  progress,
}: DescribeStoreOptions): DescribeTally | undefined {
  const was = isDescribed(store);
  const on = wanted ?? was;
  if (!on && !was) return undefined;
  const { version, language } = view.taxonomy;
  const grammar = !on ? undefined : wanted === true ? requireGrammar(language) : grammarOf(language);
  const origin = { taxonomy: version, model: model.revision };
  const tally = { composed: 0, withdrawn: 0, kept: 0 };
  const total = store.products.count();
  let done = 0;
  let batch: string[] = [];
  const flush = (): void => {
    // Products and facts are read inside the transaction, so that nothing is composed from what has just changed.
    store.transaction(() => {
      for (const id of batch) {
        const product = store.products.get(id);
        if (product === undefined) continue;
        const facts = store.facts.get(id);
        const held = facts.find((fact) => isComposed(fact) && isShown(fact));
        const next = grammar === undefined ? undefined : compose(product, facts, view, grammar);
        if (held !== undefined && next !== undefined && isSame(held, next)) {
          tally.kept++;
          continue;
        }
        if (held !== undefined) {
          store.facts.remove(id, FIELD, held.value);
          if (next === undefined) tally.withdrawn++;
        }
        if (next !== undefined && store.facts.add(id, { ...next, ...origin, decision: null }))
          tally.composed++;
      }
    });
    done += batch.length;
    batch = [];
    progress('describe', done, total);
  };
  for (const { id } of store.products.each(BATCH)) if (batch.push(id) >= BATCH) flush();
  flush();
  store.settings.set(SETTING, on);
  return tally;
}

/** @throws UserError if descriptions cannot be written in the language. */
export function requireGrammar(language: string): Grammar {
  const grammar = grammarOf(language);
  if (grammar !== undefined) return grammar;
  throw new UserError(
    `--describe: the language of the taxonomy is '${language}', and descriptions can only be written in English ('en'): leave the option out.`,
    { field: '--describe' },
  );
}

/**
 * Deletes the composed description of a product if one of its clauses rests on the field, whose fact a person has just
 * changed. The next run composes another. Call inside a transaction.
 */
export function withdrawDescription(store: Store, productId: string, field: string): void {
  if (field === FIELD) return;
  for (const fact of store.facts.inFieldOf(productId, FIELD))
    if (isComposed(fact) && isShown(fact) && restsOn(fact, field))
      store.facts.remove(productId, FIELD, fact.value);
}

/** Whether every clause of a composed text still has its value; true for any other fact. */
export function isSupported(store: Store, product: Product, fact: StoredFact): boolean {
  if (!('clauses' in fact.evidence)) return true;
  const known = new Set(
    store.facts
      .get(product.id)
      .filter(({ status }) => status === 'applied')
      .map(({ field }) => field),
  );
  return fact.evidence.clauses.every(
    ({ field }) => known.has(field) || fieldValue(product, field) !== undefined,
  );
}

function compose(
  product: Product,
  facts: readonly Fact[],
  view: TaxonomyView,
  grammar: Grammar,
): Fact | undefined {
  const own = facts.filter(({ field }) => field === FIELD);
  if (own.some((fact) => fact.status === 'rejected' || (isShown(fact) && !isComposed(fact))))
    return undefined;
  return describe(
    product,
    facts.filter(({ field }) => field !== FIELD),
    view,
    grammar,
  );
}

function isComposed({ field, method }: Fact): boolean {
  return field === FIELD && method === 'template';
}

function isSame(held: Fact, next: Fact): boolean {
  if (held.value !== next.value || !isDeepStrictEqual(held.evidence, next.evidence)) return false;
  return held.source === 'reviewer' || held.confidence === next.confidence;
}

function restsOn({ evidence }: Fact, field: string): boolean {
  return 'clauses' in evidence && evidence.clauses.some((clause) => clause.field === field);
}
