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
 * `moved`: another path of the same category; `reread`: written as the attribute's new shape asks; `asked`: a split
 * that nothing decides, for a person; `undecided`: the same of the enricher's, for its next run; `outside`: of no
 * category, attribute or value that the old version knows, so left as it is; `unfit`: nothing that the new version can hold.
 */
export type ChangeKind = StepKind | 'moved' | 'reread' | 'asked' | 'undecided' | 'outside' | 'unfit' | 'kept';

/** What becomes of a fact; `fact` is undefined where it is withdrawn. */
export interface MigratedFact {
  readonly kind: ChangeKind;
  /** The step in words: `category boots → boots.ankle`. */
  readonly what: string;
  readonly fact: Fact | undefined;
}

export interface Migrating {
  readonly plan: MigrationPlan;
  readonly old: TaxonomyView;
  readonly next: TaxonomyView;
}

/** One fact of the old version in the new one. What a person decided is never withdrawn for want of a rule, but asked anew. */
export function migrateFact(fact: Fact, known: KnownProduct, versions: Migrating): MigratedFact {
  if (fact.field === 'category') return migrateCategory(fact, known, versions);
  const name = attributeName(fact.field);
  return name === undefined ? kept(fact) : migrateAttribute(fact, name, known, versions);
}

function migrateCategory(fact: Fact, known: KnownProduct, { plan, old, next }: Migrating): MigratedFact {
  const was = typeof fact.value === 'string' ? old.find(fact.value) : undefined;
  if (was === undefined) return outside(fact);
  const fate = plan.categories.get(was.id);
  const to = fate === undefined ? was.id : destination(fate, known);
  const kind = fate?.kind ?? 'moved';
  if (to === DROPPED) return { kind, what: `category ${was.id} dropped`, fact: undefined };
  if (to === undefined) {
    const choices = choicesOf(fate).map((id) => next.path(id));
    const value = next.category(was.id) === undefined ? above(choicesOf(fate), next) : next.path(was.id);
    return undecided(fact, fact.field, value ?? fact.value, choices, `category ${was.id}`);
  }
  const value = next.path(to);
  if (fate === undefined && value === fact.value) return kept(fact);
  return {
    kind,
    what: `category ${fate === undefined ? was.id : `${was.id} → ${to}`}`,
    fact: { ...fact, value },
  };
}

function migrateAttribute(fact: Fact, name: string, known: KnownProduct, versions: Migrating): MigratedFact {
  const { plan, old, next } = versions;
  const was = attributeOf(name, known, old);
  if (was === undefined) return outside(fact);
  const fate = plan.attributes.get(was.id);
  const to = fate === undefined ? was.id : destination(fate, known);
  if (to === DROPPED) return { kind: 'dropped', what: `attribute ${was.id} dropped`, fact: undefined };
  if (to === undefined)
    return undecided(fact, fact.field, fact.value, choicesOf(fate), `attribute ${was.id}`);
  const target = next.taxonomy.attributes.find(({ id }) => id === to);
  if (target === undefined) return { kind: 'unfit', what: `attribute ${was.id}`, fact: undefined };
  const field = target.id === was.id ? fact.field : attributeField(next.keyOf(known.product, target));
  const moved = migrateValues({ ...fact, field }, was, target, known, versions);
  if (fate === undefined || moved.fact === undefined || moved.kind === 'asked') return moved;
  return { ...moved, kind: fate.kind, what: `attribute ${was.id} → ${target.id}` };
}

/** Each of the fact's values; the fact goes only where none is left. */
function migrateValues(
  fact: Fact,
  was: Attribute,
  target: Attribute,
  known: KnownProduct,
  versions: Migrating,
): MigratedFact {
  const items = Array.isArray(fact.value) ? fact.value : [fact.value];
  const outcomes = items.map((item) => migrateValue(item, was, target, known, versions));
  const open = outcomes.find(({ kind }) => kind === 'undecided');
  if (open !== undefined) return undecided(fact, fact.field, fact.value, open.choices ?? [], open.what);
  const values = [...new Set(outcomes.flatMap(({ value }) => (value === undefined ? [] : [value])))];
  const told = outcomes.find(({ kind }) => kind !== 'kept') ?? outcomes[0];
  if (told === undefined) return kept(fact);
  const [first] = values;
  if (first === undefined) return { kind: told.kind, what: told.what, fact: undefined };
  if (told.kind === 'kept') return kept(fact);
  return {
    kind: told.kind,
    what: told.what,
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
  was: Attribute,
  target: Attribute,
  known: KnownProduct,
  { plan, old, next }: Migrating,
): MigratedValue {
  const what = `value ${was.id}: ${String(item)}`;
  if (was.type !== 'enum') {
    if (sameShape(was, target)) return { kind: 'kept', what, value: item };
    const value = rereadValue(item, target, next);
    if (value === undefined) return { kind: 'unfit', what: `attribute ${was.id}`, value };
    return { kind: value === item ? 'kept' : 'reread', what: `attribute ${was.id}`, value };
  }
  const name = old.canonical(was, String(item));
  if (name === undefined) return { kind: 'outside', what, value: item };
  const fate = plan.values.get(was.id)?.get(nameKey(name));
  const to = fate === undefined ? name : destination(fate, known);
  if (to === DROPPED) return { kind: 'dropped', what: `${what} dropped`, value: undefined };
  if (to === undefined) {
    // What the new version still lists stays what a person said.
    return { kind: 'undecided', what, value: item, choices: choicesOf(fate) };
  }
  const value =
    (target.type === 'enum' ? nameOf(target, to, next) : undefined) ?? rereadValue(to, target, next);
  if (value === undefined) return { kind: 'unfit', what, value };
  if (fate === undefined && value === item) return { kind: 'kept', what, value };
  return { kind: fate?.kind ?? 'renamed', what: `${what} → ${String(value)}`, value };
}

/** The listed name, else what the text is an alias of. */
function nameOf(target: EnumAttribute, text: string, next: TaxonomyView): string | undefined {
  return target.values.find(({ name }) => name === text)?.name ?? next.canonical(target, text);
}

const DROPPED = Symbol('dropped');

/** Where a fate leads for this product; undefined where a split is undecided. */
function destination(fate: Outcome, known: KnownProduct): string | typeof DROPPED | undefined {
  if (fate.kind === 'dropped') return DROPPED;
  if (fate.kind !== 'split') return fate.to;
  return decideSplit(fate.branches, known) ?? fate.otherwise;
}

function choicesOf(fate: Outcome | undefined): string[] {
  return fate?.kind === 'split' ? [...new Set(fate.branches.map(({ to }) => to))] : [];
}

/** The deepest category above all of these, if there is one. */
function above(ids: readonly string[], view: TaxonomyView): string | undefined {
  const chains = ids.map((id) => view.ancestors(id).map((category) => category.name));
  const [first = []] = chains;
  let depth = 0;
  while (depth < first.length && chains.every((chain) => chain[depth] === first[depth])) depth++;
  return depth === 0 ? undefined : joinLevels(first.slice(0, depth));
}

/**
 * A split that nothing decides. The enricher's own word is withdrawn, since its next run proposes anew in the new
 * vocabulary, and so is a rejection, whose object is gone; a reviewer's waits as a suggestion that names the choices.
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

/** By its name; where several share it, the one that the product's category carries. */
function attributeOf(name: string, known: KnownProduct, view: TaxonomyView): Attribute | undefined {
  const only = view.attribute(name);
  if (only !== undefined) return only;
  const key = nameKey(name);
  const carried = view
    .carried(known.category())
    .filter((one) => [one.id, one.name, ...one.aliases].some((spelling) => nameKey(spelling) === key));
  return carried.length === 1 ? carried[0] : undefined;
}

function sameShape(one: Attribute, other: Attribute): boolean {
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
