import { type Finding, lintError, lintWarning } from '../lint/finding.js';
import { nameKey } from '../nameKey.js';
import type { EnumAttribute, Taxonomy } from '../schema.js';
import { viewTaxonomy } from '../view.js';
import { type MigrationPlan, targetsOf } from './planMigration.js';

const ADD_STEP = 'add a rename, merge, split, deprecate or drop for it';

/** Findings about removed entries without a migration step, and about old names that the new version does not know. */
export function lintRemoved(plan: MigrationPlan, old: Taxonomy, next: Taxonomy): Finding[] {
  const findings: Finding[] = [];
  const nextCategories = new Map(next.categories.map((category) => [category.id, category]));
  for (const { id, name } of old.categories) {
    const now = nextCategories.get(id);
    if (now === undefined && !plan.categories.has(id)) {
      const message = `the category ${id} was removed without a replacement; ${ADD_STEP}`;
      findings.push(lintError('removed-without-replacement', 'migration.categories', message));
    }
    if (now !== undefined && ![now.name, ...now.aliases].some((known) => nameKey(known) === nameKey(name))) {
      const message = `its old name ${name} no longer finds it; add ${name} to its aliases`;
      findings.push(lintWarning('old-name-not-alias', `categories.${id}`, message));
    }
  }
  const view = viewTaxonomy(next);
  const nextAttributes = new Map(next.attributes.map((attribute) => [attribute.id, attribute]));
  for (const attribute of old.attributes) {
    const outcome = plan.attributes.get(attribute.id);
    if (outcome === undefined && !nextAttributes.has(attribute.id)) {
      const message = `the attribute ${attribute.id} was removed without a replacement; ${ADD_STEP}`;
      findings.push(lintError('removed-without-replacement', 'migration.attributes', message));
      continue;
    }
    const targets = outcome === undefined ? [attribute.id] : targetsOf(outcome);
    const lists = targets
      .map((id) => nextAttributes.get(id))
      .filter((one): one is EnumAttribute => one?.type === 'enum');
    if (attribute.type !== 'enum' || lists.length === 0) continue;
    const reads = (name: string): boolean => lists.some((list) => view.canonical(list, name) !== undefined);
    const outcomes = plan.values.get(attribute.id);
    for (const { name } of attribute.values) {
      if (reads(name)) continue;
      const step = outcomes?.get(nameKey(name));
      if (step === undefined) {
        const message = `the value ${name} of ${attribute.id} was removed without a replacement; ${ADD_STEP}`;
        findings.push(lintError('removed-without-replacement', 'migration.values', message));
      } else if (step.kind === 'renamed') {
        const message = `${name} was renamed to ${step.to} and is no longer recognised; add ${name} to the aliases of ${step.to}`;
        findings.push(
          lintWarning('old-name-not-alias', `attributes.${lists[0]?.id}.values.${step.to}`, message),
        );
      }
    }
  }
  return findings;
}
