import { categoryLevels } from '../../domain/categoryPath.js';
import { nameKey } from '../nameKey.js';
import type { Category } from '../schema.js';
import { type Finding, lintError, lintWarning } from './finding.js';

/** Findings about ids, parents, names and aliases of categories. */
export function lintCategories(categories: readonly Category[]): Finding[] {
  const byId = new Map<string, Category>();
  const findings: Finding[] = [];
  for (const category of categories) {
    if (byId.has(category.id)) {
      findings.push(
        error('duplicate-category-id', category, 'another category has the same id; give each its own'),
      );
    } else byId.set(category.id, category);
    if (categoryLevels(category.name).length !== 1) {
      findings.push(
        error(
          'category-name',
          category,
          `the name ${JSON.stringify(category.name)} is blank or contains ">", which separates the levels of a path; rename it`,
        ),
      );
    }
  }
  lintParents(categories, byId, findings);
  lintSiblings(categories, findings);
  lintAliases(categories, findings);
  return findings;
}

function lintParents(
  categories: readonly Category[],
  byId: ReadonlyMap<string, Category>,
  findings: Finding[],
): void {
  const settled = new Set<string>();
  for (const category of categories) {
    if (category.parent !== null && !byId.has(category.parent)) {
      findings.push(
        error(
          'unknown-parent',
          category,
          `its parent ${category.parent} does not exist; name a category's id, or null for a root`,
        ),
      );
    }
    const visited = new Set<string>();
    let at: Category | undefined = category;
    while (at !== undefined && !settled.has(at.id)) {
      if (visited.has(at.id)) {
        findings.push(
          error(
            'category-cycle',
            at,
            'it is its own ancestor; correct the parent of one category in the cycle',
          ),
        );
        break;
      }
      visited.add(at.id);
      at = at.parent === null ? undefined : byId.get(at.parent);
    }
    for (const id of visited) settled.add(id);
  }
}

function lintSiblings(categories: readonly Category[], findings: Finding[]): void {
  const names = new Map<string, Category>();
  for (const category of categories) {
    const key = `${category.parent ?? ''}\n${nameKey(category.name)}`;
    const sibling = names.get(key);
    if (sibling === undefined) names.set(key, category);
    else {
      findings.push(
        error(
          'duplicate-sibling-name',
          category,
          `its name ${category.name} has the same normalised form as that of its sibling ${sibling.id}; rename one, or merge them`,
        ),
      );
    }
  }
}

function lintAliases(categories: readonly Category[], findings: Finding[]): void {
  const names = new Map<string, Category[]>();
  const aliases = new Map<string, Category[]>();
  for (const category of categories) {
    add(names, nameKey(category.name), category);
    const own = new Set<string>();
    for (const alias of category.aliases) {
      const key = nameKey(alias);
      if (categoryLevels(alias).length !== 1) {
        findings.push(
          error(
            'category-name',
            category,
            `the alias ${JSON.stringify(alias)} is blank or contains ">"; an alias must be another name of one level`,
          ),
        );
      }
      if (own.has(key) || alias === category.name) {
        findings.push(
          lintWarning(
            'repeated-alias',
            `categories.${category.id}`,
            `the alias ${alias} is redundant; remove it`,
          ),
        );
      }
      if (!own.has(key)) add(aliases, key, category);
      own.add(key);
    }
  }
  for (const [key, owners] of aliases) {
    for (const [index, owner] of owners.entries()) {
      const other =
        names.get(key)?.find((candidate) => isNamedDifferently(candidate, owner)) ??
        owners.slice(0, index).find((candidate) => isNamedDifferently(candidate, owner));
      if (other === undefined) continue;
      findings.push(
        error(
          'ambiguous-category-alias',
          owner,
          `the alias "${key}" also names ${other.id}, so it finds neither; remove it from one`,
        ),
      );
    }
  }
}

/** Categories of the same name are distinguished by their parents, so a shared alias adds no ambiguity. */
function isNamedDifferently(one: Category, other: Category): boolean {
  return one !== other && nameKey(one.name) !== nameKey(other.name);
}

function add(map: Map<string, Category[]>, key: string, category: Category): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [category]);
  else list.push(category);
}

function error(rule: string, category: Category, message: string): Finding {
  return lintError(rule, `categories.${category.id}`, message);
}
