import { joinLevels } from '../../domain/categoryPath.js';
import type { Fact } from '../../domain/fact.js';
import { attributeField, attributeName } from '../../domain/field.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, EnumAttribute } from '../schema.js';
import type { TaxonomyView } from '../view.js';
import { decideSplit, type KnownProduct } from './decideSplit.js';
import type { MigrationPlan, Outcome, StepKind } from './planMigration.js';
import { rereadValue } from './rereadValue.js';

/**
 * `moved`: the same category has another path. `reread`: the value is converted to the attribute's new constraints.
 * `asked`: no branch of a split matches, so a reviewer decides. `undecided`: the same for a fact of the model, which the
 * next run proposes again. `outside`: the old version does not know the category, attribute or value, so the fact is
 * unchanged. `unfit`: the new version cannot represent the value.
 */
export type ChangeKind = StepKind | 'moved' | 'reread' | 'asked' | 'undecided' | 'outside' | 'unfit' | 'kept';

/** The result for one fact; `fact` is undefined if it is withdrawn. */
export interface MigratedFact {
  readonly kind: ChangeKind;
  /** A description of the step: `category boots → boots.ankle`. */
  readonly what: string;
  readonly fact: Fact | undefined;
}

export interface MigrationContext {
  readonly plan: MigrationPlan;
  readonly old: TaxonomyView;
  readonly next: TaxonomyView;
}

/** Migrates one fact to the new version. A reviewer's decision is never withdrawn because no branch matches; it becomes a suggestion. */
export function migrateFact(fact: Fact, known: KnownProduct, versions: MigrationContext): MigratedFact {
  if (fact.field === 'category') return migrateCategory(fact, known, versions);
  const name = attributeName(fact.field);
  return name === undefined ? kept(fact) : migrateAttribute(fact, name, known, versions);
}

function migrateCategory(
  fact: Fact,
  known: KnownProduct,
  { plan, old, next }: MigrationContext,
): MigratedFact {
  const previous = typeof fact.value === 'string' ? old.find(fact.value) : undefined;
  if (previous === undefined) return outside(fact);
  const outcome = plan.categories.get(previous.id);
  const to = outcome === undefined ? previous.id : destination(outcome, known);
  const kind = outcome?.kind ?? 'moved';
  if (to === DROPPED) return { kind, what: `category ${previous.id} dropped`, fact: undefined };
  if (to === undefined) {
    const choices = choicesOf(outcome).map((id) => next.path(id));
    const value =
      next.category(previous.id) === undefined
        ? lowestCommonAncestor(choicesOf(outcome), next)
        : next.path(previous.id);
    return undecided(fact, fact.field, value ?? fact.value, choices, `category ${previous.id}`);
  }
  const value = next.path(to);
  if (outcome === undefined && value === fact.value) return kept(fact);
  return {
    kind,
    what: `category ${outcome === undefined ? previous.id : `${previous.id} → ${to}`}`,
    fact: { ...fact, value },
  };
}

function migrateAttribute(
  fact: Fact,
  name: string,
  known: KnownProduct,
  versions: MigrationContext,
): MigratedFact {
  const { plan, old, next } = versions;
  const previous = attributeOf(name, known, old);
  if (previous === undefined) return outside(fact);
  const outcome = plan.attributes.get(previous.id);
  const to = outcome === undefined ? previous.id : destination(outcome, known);
  if (to === DROPPED) return { kind: 'dropped', what: `attribute ${previous.id} dropped`, fact: undefined };
  if (to === undefined)
    return undecided(fact, fact.field, fact.value, choicesOf(outcome), `attribute ${previous.id}`);
  const target = next.taxonomy.attributes.find(({ id }) => id === to);
  if (target === undefined) return { kind: 'unfit', what: `attribute ${previous.id}`, fact: undefined };
  const field = target.id === previous.id ? fact.field : attributeField(next.keyOf(known.product, target));
  const moved = migrateValues({ ...fact, field }, previous, target, known, versions);
  if (outcome === undefined || moved.fact === undefined || moved.kind === 'asked') return moved;
  return { ...moved, kind: outcome.kind, what: `attribute ${previous.id} → ${target.id}` };
}

/** Migrates each of the fact's values. The fact is withdrawn only if no value remains. */
function migrateValues(
  fact: Fact,
  previous: Attribute,
  target: Attribute,
  known: KnownProduct,
  versions: MigrationContext,
): MigratedFact {
  const items = Array.isArray(fact.value) ? fact.value : [fact.value];
  const outcomes = items.map((item) => migrateValue(item, previous, target, known, versions));
  const open = outcomes.find(({ kind }) => kind === 'undecided');
  if (open !== undefined) return undecided(fact, fact.field, fact.value, open.choices ?? [], open.what);
  const values = [...new Set(outcomes.flatMap(({ value }) => (value === undefined ? [] : [value])))];
  const decisive = outcomes.find(({ kind }) => kind !== 'kept') ?? outcomes[0];
  if (decisive === undefined) return kept(fact);
  const [first] = values;
  if (first === undefined) return { kind: decisive.kind, what: decisive.what, fact: undefined };
  if (decisive.kind === 'kept') return kept(fact);
  return {
    kind: decisive.kind,
    what: decisive.what,
    fact: { ...fact, value: Array.isArray(fact.value) ? values : first },
  };
}

interface MigratedValue {
  readonly kind: ChangeKind;
  readonly what: string;
  readonly value: string | number | boolean | undefined;
  readonly choices?: readonly string[];
}

function migrateValue(
  item: string | number | boolean,
  previous: Attribute,
  target: Attribute,
  known: KnownProduct,
  { plan, old, next }: MigrationContext,
): MigratedValue {
  const what = `value ${previous.id}: ${String(item)}`;
  if (previous.type !== 'enum') {
    if (hasSameShape(previous, target)) return { kind: 'kept', what, value: item };
    const value = rereadValue(item, target, next);
    if (value === undefined) return { kind: 'unfit', what: `attribute ${previous.id}`, value };
    return { kind: value === item ? 'kept' : 'reread', what: `attribute ${previous.id}`, value };
  }
  const name = old.canonical(previous, String(item));
  if (name === undefined) return { kind: 'outside', what, value: item };
  const outcome = plan.values.get(previous.id)?.get(nameKey(name));
  const to = outcome === undefined ? name : destination(outcome, known);
  if (to === DROPPED) return { kind: 'dropped', what: `${what} dropped`, value: undefined };
  if (to === undefined) {
    // A reviewer's value is kept; `undecided` makes it a suggestion.
    return { kind: 'undecided', what, value: item, choices: choicesOf(outcome) };
  }
  const value =
    (target.type === 'enum' ? nameOf(target, to, next) : undefined) ?? rereadValue(to, target, next);
  if (value === undefined) return { kind: 'unfit', what, value };
  if (outcome === undefined && value === item) return { kind: 'kept', what, value };
  return { kind: outcome?.kind ?? 'renamed', what: `${what} → ${String(value)}`, value };
}

/** The value with this name, else the one with this alias. */
function nameOf(target: EnumAttribute, text: string, next: TaxonomyView): string | undefined {
  return target.values.find(({ name }) => name === text)?.name ?? next.canonical(target, text);
}

const DROPPED = Symbol('dropped');

/** The target of an outcome for this product; undefined if no branch of a split matches. */
function destination(outcome: Outcome, known: KnownProduct): string | typeof DROPPED | undefined {
  if (outcome.kind === 'dropped') return DROPPED;
  if (outcome.kind !== 'split') return outcome.to;
  return decideSplit(outcome.branches, known) ?? outcome.otherwise;
}

function choicesOf(outcome: Outcome | undefined): string[] {
  return outcome?.kind === 'split' ? [...new Set(outcome.branches.map(({ to }) => to))] : [];
}

/** The path of the deepest common ancestor of the categories, if there is one. */
function lowestCommonAncestor(ids: readonly string[], view: TaxonomyView): string | undefined {
  const chains = ids.map((id) => view.ancestors(id).map((category) => category.name));
  const [first = []] = chains;
  let depth = 0;
  while (depth < first.length && chains.every((chain) => chain[depth] === first[depth])) depth++;
  return depth === 0 ? undefined : joinLevels(first.slice(0, depth));
}

/**
 * The result if no branch of a split matches. A fact of the model is withdrawn, because the next run proposes a new one
 * from the new vocabulary. A rejection is withdrawn, because its value was removed. A reviewer's fact becomes a
 * suggestion that names the choices.
 */
function undecided(
  fact: Fact,
  field: string,
  value: Fact['value'],
  choices: readonly string[],
  what: string,
): MigratedFact {
  if (fact.source === 'model' || fact.status === 'rejected' || fact.status === 'superseded')
    return { kind: 'undecided', what, fact: undefined };
  const rule = `${what} was split into ${choices.join(', ')}, and no rule decides for this product; ${fact.source} said ${JSON.stringify(fact.value)}.`;
  return { kind: 'asked', what, fact: { ...fact, field, value, status: 'suggested', evidence: { rule } } };
}

/** The attribute by name; if several share the name, the one that the product's category carries. */
function attributeOf(name: string, known: KnownProduct, view: TaxonomyView): Attribute | undefined {
  const only = view.attribute(name);
  if (only !== undefined) return only;
  const key = nameKey(name);
  const carried = view
    .carried(known.category())
    .filter((one) => [one.id, one.name, ...one.aliases].some((spelling) => nameKey(spelling) === key));
  return carried.length === 1 ? carried[0] : undefined;
}

function hasSameShape(one: Attribute, other: Attribute): boolean {
  const shape = ({ id: _, name: __, aliases: ___, ...rest }: Attribute): string =>
    JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return shape(one) === shape(other);
}

function kept(fact: Fact): MigratedFact {
  return { kind: 'kept', what: '', fact };
}

function outside(fact: Fact): MigratedFact {
  return { kind: 'outside', what: fact.field, fact };
}
