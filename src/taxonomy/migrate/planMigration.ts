import { nameKey } from '../nameKey.js';
import type { Taxonomy } from '../schema.js';
import { ASK, type Branch, type Migration, type Step } from './migration.js';

export type StepKind = 'renamed' | 'merged' | 'split' | 'deprecated' | 'dropped';

/** What becomes of one id or value: it goes to another, to one of several, or away. */
export type Outcome =
  | { readonly kind: 'renamed' | 'merged' | 'deprecated'; readonly to: string }
  | { readonly kind: 'split'; readonly branches: readonly Branch[]; readonly otherwise: string | undefined }
  | { readonly kind: 'dropped' };

/** A step as its sources and their fate. */
export function outcomeOf(step: Step): { sources: readonly string[]; fate: Outcome } {
  if ('rename' in step) return { sources: [step.rename], fate: { kind: 'renamed', to: step.to } };
  if ('merge' in step) return { sources: step.merge, fate: { kind: 'merged', to: step.to } };
  if ('deprecate' in step)
    return { sources: [step.deprecate], fate: { kind: 'deprecated', to: step.replacement } };
  if ('drop' in step) return { sources: [step.drop], fate: { kind: 'dropped' } };
  const otherwise = step.otherwise === ASK ? undefined : step.otherwise;
  return { sources: [step.split], fate: { kind: 'split', branches: step.into, otherwise } };
}

/** Where a fate may lead. */
export function targetsOf(fate: Outcome): readonly string[] {
  if (fate.kind === 'dropped') return [];
  if (fate.kind !== 'split') return [fate.to];
  return [...fate.branches.map(({ to }) => to), ...(fate.otherwise === undefined ? [] : [fate.otherwise])];
}

/** Fates by old id; of values by attribute id and then by the value's name key. */
export interface MigrationPlan {
  readonly categories: ReadonlyMap<string, Outcome>;
  readonly attributes: ReadonlyMap<string, Outcome>;
  readonly values: ReadonlyMap<string, ReadonlyMap<string, Outcome>>;
}

/**
 * Compiles a migration. A replacement that is itself gone from the new version is followed to what replaces it
 * (`a → b`, `b → c`). The migration must be free of lint errors.
 */
export function planMigration(migration: Migration, next: Taxonomy): MigrationPlan {
  const categories = collect(migration.categories, (it) => it);
  const attributes = collect(migration.attributes, (it) => it);
  const values = new Map<string, Map<string, Outcome>>();
  for (const step of migration.values) {
    const known = values.get(step.attribute) ?? new Map<string, Outcome>();
    for (const [key, fate] of collect([step], nameKey)) known.set(key, fate);
    values.set(step.attribute, known);
  }
  return {
    categories: follow(categories, new Set(next.categories.map(({ id }) => id)), (it) => it),
    attributes: follow(attributes, new Set(next.attributes.map(({ id }) => id)), (it) => it),
    values: new Map(
      [...values].map(([attribute, fates]) => {
        const to = attributes.get(attribute);
        const targets = to === undefined ? [attribute] : targetsOf(to);
        return [attribute, follow(fates, valueKeys(next, targets), nameKey)];
      }),
    ),
  };
}

/** The keys of names, aliases left out, of the closed lists with these ids. */
export function valueKeys({ attributes }: Taxonomy, ids: readonly string[]): ReadonlySet<string> {
  return new Set(
    attributes.flatMap((one) =>
      one.type === 'enum' && ids.includes(one.id) ? one.values.map(({ name }) => nameKey(name)) : [],
    ),
  );
}

function collect(steps: readonly Step[], keyOf: (source: string) => string): Map<string, Outcome> {
  const fates = new Map<string, Outcome>();
  for (const step of steps) {
    const { sources, fate } = outcomeOf(step);
    for (const source of sources) fates.set(keyOf(source), fate);
  }
  return fates;
}

function follow(
  fates: ReadonlyMap<string, Outcome>,
  existing: ReadonlySet<string>,
  keyOf: (target: string) => string,
): Map<string, Outcome> {
  return new Map(
    [...fates].map(([source, first]) => {
      let fate = first;
      const seen = new Set<string>([source]);
      while (fate.kind !== 'split' && fate.kind !== 'dropped') {
        const key = keyOf(fate.to);
        const next = fates.get(key);
        if (existing.has(key) || next === undefined || seen.has(key)) break;
        seen.add(key);
        fate = next;
      }
      return [source, fate];
    }),
  );
}
