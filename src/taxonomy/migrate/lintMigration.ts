import { type Finding, lintError, lintWarning } from '../lint/finding.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, Taxonomy } from '../schema.js';
import { type TaxonomyView, viewTaxonomy } from '../view.js';
import { lintRemoved } from './lintRemoved.js';
import type { Branch, Migration, Step } from './migration.js';
import { type Outcome, outcomeOf, planMigration, targetsOf, valueKeys } from './planMigration.js';

/**
 * Checks that a migration is complete and consistent. Without the old version, checks only the migration itself and its
 * references to the next version.
 */
export function lintMigration(migration: Migration, next: Taxonomy, old: Taxonomy | undefined): Finding[] {
  const findings: Finding[] = [];
  if (migration.to !== next.version) {
    const message = `it migrates to ${migration.to}, but its folder contains version ${next.version}; write ${next.version}`;
    findings.push(lintError('migration-version', 'migration.to', message));
  }
  if (migration.from === migration.to)
    findings.push(
      lintError(
        'migration-version',
        'migration.from',
        'it migrates from a version to itself; name the previous version',
      ),
    );
  const lists: readonly StepList[] = [
    {
      list: 'categories',
      steps: migration.categories,
      known: old && new Set(old.categories.map(({ id }) => id)),
      next: new Set(next.categories.map(({ id }) => id)),
      keyOf: (it) => it,
    },
    {
      list: 'attributes',
      steps: migration.attributes,
      known: old && new Set(old.attributes.map(({ id }) => id)),
      next: new Set(next.attributes.map(({ id }) => id)),
      keyOf: (it) => it,
    },
    ...valueStepLists(migration, next, old, findings),
  ];
  for (const stepList of lists) lintSteps(stepList, findings);
  const view = viewTaxonomy(old ?? next);
  for (const { list, steps, places } of lists) {
    for (const [index, step] of steps.entries()) {
      if (!('into' in step)) continue;
      for (const branch of step.into)
        lintBranch(branch, view, `migration.${list}[${places?.[index] ?? index}]`, findings);
    }
  }
  if (old === undefined) {
    const message = `version ${migration.from} is not available, so removals are not checked; name its folder with --against`;
    findings.push(lintWarning('version-not-at-hand', 'migration.from', message));
  } else if (findings.every(({ severity }) => severity !== 'error')) {
    findings.push(...lintRemoved(planMigration(migration, next), old, next));
  }
  return findings;
}

interface StepList {
  readonly list: 'categories' | 'attributes' | 'values';
  readonly steps: readonly Step[];
  /** The index of each step in the file, if it is not its index in `steps`. */
  readonly places?: readonly number[];
  /** Keys in the old version; undefined if that is not available. */
  readonly known: ReadonlySet<string> | undefined;
  readonly next: ReadonlySet<string>;
  readonly keyOf: (name: string) => string;
}

/** The value steps, as one list per attribute. */
function valueStepLists(
  migration: Migration,
  next: Taxonomy,
  old: Taxonomy | undefined,
  findings: Finding[],
): StepList[] {
  const outcomes = new Map<string, Outcome>();
  for (const step of migration.attributes)
    for (const source of outcomeOf(step).sources) outcomes.set(source, outcomeOf(step).outcome);
  return [...new Set(migration.values.map(({ attribute }) => attribute))].map((attribute) => {
    const entries = [...migration.values.entries()].filter(([, step]) => step.attribute === attribute);
    const outcome = outcomes.get(attribute);
    const lists = (taxonomy: Taxonomy, ids: readonly string[]): Attribute[] =>
      taxonomy.attributes.filter((one) => one.type === 'enum' && ids.includes(one.id));
    const targets = outcome === undefined ? [attribute] : targetsOf(outcome);
    if ((old !== undefined && lists(old, [attribute]).length === 0) || lists(next, targets).length === 0) {
      const where = `migration.values[${entries[0]?.[0] ?? 0}]`;
      const message = `${attribute} is not an attribute with a list of values in both versions; name one by its old id`;
      findings.push(lintError('unknown-attribute', where, message));
    }
    return {
      list: 'values',
      steps: entries.map(([, step]) => step),
      places: entries.map(([place]) => place),
      known: old && valueKeys(old, [attribute]),
      next: valueKeys(next, targets),
      keyOf: nameKey,
    };
  });
}

function lintSteps({ list, steps, places, known, next, keyOf }: StepList, findings: Finding[]): void {
  const decided = new Map<string, Outcome>();
  const where = (index: number): string => `migration.${list}[${places?.[index] ?? index}]`;
  for (const [index, step] of steps.entries()) {
    const { sources, outcome } = outcomeOf(step);
    for (const source of sources) {
      if (decided.has(keyOf(source)))
        findings.push(lintError('decided-twice', where(index), `${source} has a step already; keep one`));
      decided.set(keyOf(source), outcome);
      if (known !== undefined && !known.has(keyOf(source)))
        findings.push(
          lintError(
            'unknown-source',
            where(index),
            `${source} is not in the previous version; correct or remove the step`,
          ),
        );
    }
  }
  for (const [index, step] of steps.entries()) {
    const { sources, outcome } = outcomeOf(step);
    for (const target of targetsOf(outcome)) {
      const end = resolveTarget(target, decided, next, keyOf);
      if (end === 'unknown')
        findings.push(
          lintError(
            'unknown-target',
            where(index),
            `${target} is not in the new version; name an entry of the new version`,
          ),
        );
    }
    if (sources.some((source) => isCyclic(source, decided, keyOf)))
      findings.push(
        lintError(
          'replacement-cycle',
          where(index),
          `following the replacements of ${sources.join(', ')} leads back to it; break the cycle`,
        ),
      );
  }
}

function resolveTarget(
  target: string,
  decided: ReadonlyMap<string, Outcome>,
  next: ReadonlySet<string>,
  keyOf: (name: string) => string,
): 'known' | 'unknown' {
  const seen = new Set<string>();
  for (let at = target; ; ) {
    const key = keyOf(at);
    if (next.has(key) || seen.has(key)) return 'known';
    seen.add(key);
    const outcome = decided.get(key);
    if (outcome === undefined) return 'unknown';
    if (outcome.kind === 'split' || outcome.kind === 'dropped') return 'known';
    at = outcome.to;
  }
}

/** Whether the chain of replacements returns to its source. A split into itself and others is not a cycle. */
function isCyclic(
  source: string,
  decided: ReadonlyMap<string, Outcome>,
  keyOf: (name: string) => string,
): boolean {
  const seen = new Set<string>();
  for (let at = keyOf(source); ; ) {
    const outcome = decided.get(at);
    if (outcome === undefined || outcome.kind === 'split' || outcome.kind === 'dropped') return false;
    at = keyOf(outcome.to);
    // A merge can list its target as a source, and a rename can change the spelling only.
    if (at === keyOf(source)) return seen.size > 0 || (outcome.kind !== 'merged' && outcome.to === source);
    if (seen.has(at)) return false;
    seen.add(at);
  }
}

function lintBranch(branch: Branch, view: TaxonomyView, where: string, findings: Finding[]): void {
  const { when, words, category, to } = branch;
  if (when === undefined && words === undefined && category === undefined) {
    const message = `the branch to ${to} has no condition; add when, words or category, or use otherwise`;
    findings.push(lintError('split-without-rule', where, message));
  }
  for (const id of category ?? []) {
    if (view.category(id) === undefined)
      findings.push(
        lintError(
          'unknown-rule',
          where,
          `its condition names the category ${id}, which does not exist; correct it`,
        ),
      );
  }
  if (when === undefined) return;
  const attribute = view.taxonomy.attributes.find(({ id }) => id === when.attribute);
  if (attribute === undefined) {
    findings.push(
      lintError(
        'unknown-rule',
        where,
        `its condition names the attribute ${when.attribute}, which does not exist; correct it`,
      ),
    );
    return;
  }
  for (const value of attribute.type === 'enum' ? when.is : []) {
    if (attribute.type === 'enum' && view.canonical(attribute, value) === undefined)
      findings.push(
        lintError(
          'unknown-rule',
          where,
          `its condition names the value ${value}, which ${attribute.id} does not list; correct it`,
        ),
      );
  }
}
