import { nameKey } from '../nameKey.js';
import type { Taxonomy } from '../schema.js';
import { ASK, type Branch, type Migration, type Step } from './migration.js';

export type StepKind = 'renamed' | 'merged' | 'split' | 'deprecated' | 'dropped';

/** The outcome for one id or value: another one, one of several, or none. */
export type Outcome =
  | { readonly kind: 'renamed' | 'merged' | 'deprecated'; readonly to: string }
  | { readonly kind: 'split'; readonly branches: readonly Branch[]; readonly otherwise: string | undefined }
  | { readonly kind: 'dropped' };

/** A step's sources and their outcome. */
export function outcomeOf(step: Step): { sources: readonly string[]; outcome: Outcome } {
  if ('rename' in step) return { sources: [step.rename], outcome: { kind: 'renamed', to: step.to } };
  if ('merge' in step) return { sources: step.merge, outcome: { kind: 'merged', to: step.to } };
  if ('deprecate' in step)
    return { sources: [step.deprecate], outcome: { kind: 'deprecated', to: step.replacement } };
  if ('drop' in step) return { sources: [step.drop], outcome: { kind: 'dropped' } };
  const otherwise = step.otherwise === ASK ? undefined : step.otherwise;
  return { sources: [step.split], outcome: { kind: 'split', branches: step.into, otherwise } };
}

/** All possible targets of an outcome. */
export function targetsOf(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'dropped') return [];
  if (outcome.kind !== 'split') return [outcome.to];
  return [
    ...outcome.branches.map(({ to }) => to),
    ...(outcome.otherwise === undefined ? [] : [outcome.otherwise]),
  ];
}

/** Outcomes by old id; for values by attribute id, then by the value's name key. */
export interface MigrationPlan {
  readonly categories: ReadonlyMap<string, Outcome>;
  readonly attributes: ReadonlyMap<string, Outcome>;
  readonly values: ReadonlyMap<string, ReadonlyMap<string, Outcome>>;
}

/**
 * Compiles a migration. If a replacement is not in the new version either, follows its own replacement
 * (`a → b`, `b → c`). The migration must have no lint errors.
 */
export function planMigration(migration: Migration, next: Taxonomy): MigrationPlan {
  const categories = collect(migration.categories, (it) => it);
  const attributes = collect(migration.attributes, (it) => it);
  const values = new Map<string, Map<string, Outcome>>();
  for (const step of migration.values) {
    const known = values.get(step.attribute) ?? new Map<string, Outcome>();
    for (const [key, outcome] of collect([step], nameKey)) known.set(key, outcome);
    values.set(step.attribute, known);
  }
  return {
    categories: resolveChains(categories, new Set(next.categories.map(({ id }) => id)), (it) => it),
    attributes: resolveChains(attributes, new Set(next.attributes.map(({ id }) => id)), (it) => it),
    values: new Map(
      [...values].map(([attribute, outcomes]) => {
        const to = attributes.get(attribute);
        const targets = to === undefined ? [attribute] : targetsOf(to);
        return [attribute, resolveChains(outcomes, valueKeys(next, targets), nameKey)];
      }),
    ),
  };
}

/** The name keys of the values, without aliases, of the closed lists with these ids. */
export function valueKeys({ attributes }: Taxonomy, ids: readonly string[]): ReadonlySet<string> {
  return new Set(
    attributes.flatMap((one) =>
      one.type === 'enum' && ids.includes(one.id) ? one.values.map(({ name }) => nameKey(name)) : [],
    ),
  );
}

function collect(steps: readonly Step[], keyOf: (source: string) => string): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const step of steps) {
    const { sources, outcome } = outcomeOf(step);
    for (const source of sources) outcomes.set(keyOf(source), outcome);
  }
  return outcomes;
}

function resolveChains(
  outcomes: ReadonlyMap<string, Outcome>,
  existing: ReadonlySet<string>,
  keyOf: (target: string) => string,
): Map<string, Outcome> {
  return new Map(
    [...outcomes].map(([source, first]) => {
      let outcome = first;
      const seen = new Set<string>([source]);
      while (outcome.kind !== 'split' && outcome.kind !== 'dropped') {
        const key = keyOf(outcome.to);
        const next = outcomes.get(key);
        if (existing.has(key) || next === undefined || seen.has(key)) break;
        seen.add(key);
        outcome = next;
      }
      return [source, outcome];
    }),
  );
}
