import { type Finding, lintError, lintWarning } from '../lint/finding.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, Taxonomy } from '../schema.js';
import { type TaxonomyView, viewTaxonomy } from '../view.js';
import { lintRemoved } from './lintRemoved.js';
import type { Branch, Migration, Step } from './migration.js';
import { type Outcome, outcomeOf, planMigration, targetsOf, valueKeys } from './planMigration.js';

/**
 * Whether a migration leads from one version to the next without leaving anything behind. Without the version
 * that it starts from, only what it says by itself and about the next one can be judged.
 */
export function lintMigration(migration: Migration, next: Taxonomy, old: Taxonomy | undefined): Finding[] {
  const findings: Finding[] = [];
  if (migration.to !== next.version) {
    const message = `it leads to ${migration.to}, and stands with version ${next.version}; write ${next.version}`;
    findings.push(lintError('migration-version', 'migration.to', message));
  }
  if (migration.from === migration.to)
    findings.push(
      lintError(
        'migration-version',
        'migration.from',
        'it leads from a version to itself; name the version before',
      ),
    );
  const lists: readonly Judged[] = [
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
    ...judgedValues(migration, next, old, findings),
  ];
  for (const judged of lists) lintSteps(judged, findings);
  const view = viewTaxonomy(old ?? next);
  for (const { list, steps, places } of lists) {
    for (const [index, step] of steps.entries()) {
      if (!('into' in step)) continue;
      for (const branch of step.into)
        lintBranch(branch, view, `migration.${list}[${places?.[index] ?? index}]`, findings);
    }
  }
  if (old === undefined) {
    const message = `version ${migration.from} is not at hand, so what it loses is not checked; name its folder with --against`;
    findings.push(lintWarning('version-not-at-hand', 'migration.from', message));
  } else if (findings.every(({ severity }) => severity !== 'error')) {
    findings.push(...lintRemoved(planMigration(migration, next), old, next));
  }
  return findings;
}

interface Judged {
  readonly list: 'categories' | 'attributes' | 'values';
  readonly steps: readonly Step[];
  /** Of each step its place in the file, where that is not its place here. */
  readonly places?: readonly number[];
  /** What the old version has; undefined where that is not at hand. */
  readonly known: ReadonlySet<string> | undefined;
  readonly next: ReadonlySet<string>;
  readonly keyOf: (name: string) => string;
}

/** The value steps of each attribute, which stand by themselves. */
function judgedValues(
  migration: Migration,
  next: Taxonomy,
  old: Taxonomy | undefined,
  findings: Finding[],
): Judged[] {
  const fates = new Map<string, Outcome>();
  for (const step of migration.attributes)
    for (const source of outcomeOf(step).sources) fates.set(source, outcomeOf(step).fate);
  return [...new Set(migration.values.map(({ attribute }) => attribute))].map((attribute) => {
    const entries = [...migration.values.entries()].filter(([, step]) => step.attribute === attribute);
    const fate = fates.get(attribute);
    const lists = (taxonomy: Taxonomy, ids: readonly string[]): Attribute[] =>
      taxonomy.attributes.filter((one) => one.type === 'enum' && ids.includes(one.id));
    const targets = fate === undefined ? [attribute] : targetsOf(fate);
    if ((old !== undefined && lists(old, [attribute]).length === 0) || lists(next, targets).length === 0) {
      const where = `migration.values[${entries[0]?.[0] ?? 0}]`;
      const message = `${attribute} is no attribute with a list of values in both versions; name one by its old id`;
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

function lintSteps({ list, steps, places, known, next, keyOf }: Judged, findings: Finding[]): void {
  const decided = new Map<string, Outcome>();
  const where = (index: number): string => `migration.${list}[${places?.[index] ?? index}]`;
  for (const [index, step] of steps.entries()) {
    const { sources, fate } = outcomeOf(step);
    for (const source of sources) {
      if (decided.has(keyOf(source)))
        findings.push(lintError('decided-twice', where(index), `${source} has a step already; keep one`));
      decided.set(keyOf(source), fate);
      if (known !== undefined && !known.has(keyOf(source)))
        findings.push(
          lintError(
            'unknown-source',
            where(index),
            `${source} is not in the version before; mend or remove the step`,
          ),
        );
    }
  }
  for (const [index, step] of steps.entries()) {
    const { sources, fate } = outcomeOf(step);
    for (const target of targetsOf(fate)) {
      const end = endOf(target, decided, next, keyOf);
      if (end === 'unknown')
        findings.push(
          lintError('unknown-target', where(index), `${target} is not in the new version; name what is`),
        );
    }
    if (sources.some((source) => circles(source, decided, keyOf)))
      findings.push(
        lintError(
          'replacement-cycle',
          where(index),
          `following the replacements of ${sources.join(', ')} leads back to it; break the circle`,
        ),
      );
  }
}

function endOf(
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
    const fate = decided.get(key);
    if (fate === undefined) return 'unknown';
    if (fate.kind === 'split' || fate.kind === 'dropped') return 'known';
    at = fate.to;
  }
}

/** Whether replacing leads back to where it began; a split into itself and others is none. */
function circles(
  source: string,
  decided: ReadonlyMap<string, Outcome>,
  keyOf: (name: string) => string,
): boolean {
  const seen = new Set<string>();
  for (let at = keyOf(source); ; ) {
    const fate = decided.get(at);
    if (fate === undefined || fate.kind === 'split' || fate.kind === 'dropped') return false;
    at = keyOf(fate.to);
    // A merge may name what it merges into among its sources, and a rename may change the spelling alone.
    if (at === keyOf(source)) return seen.size > 0 || (fate.kind !== 'merged' && fate.to === source);
    if (seen.has(at)) return false;
    seen.add(at);
  }
}

function lintBranch(branch: Branch, view: TaxonomyView, where: string, findings: Finding[]): void {
  const { when, words, category, to } = branch;
  if (when === undefined && words === undefined && category === undefined) {
    const message = `the way to ${to} has no rule; give it when, words or category, or make it otherwise`;
    findings.push(lintError('split-without-rule', where, message));
  }
  for (const id of category ?? []) {
    if (view.category(id) === undefined)
      findings.push(
        lintError('unknown-rule', where, `its rule names the category ${id}, which does not exist; mend it`),
      );
  }
  if (when === undefined) return;
  const attribute = view.taxonomy.attributes.find(({ id }) => id === when.attribute);
  if (attribute === undefined) {
    findings.push(
      lintError(
        'unknown-rule',
        where,
        `its rule names the attribute ${when.attribute}, which does not exist; mend it`,
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
          `its rule names the value ${value}, which ${attribute.id} does not list; mend it`,
        ),
      );
  }
}
