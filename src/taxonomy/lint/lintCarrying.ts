import { nameKey } from '../nameKey.js';
import type { Attribute, Taxonomy } from '../schema.js';
import { type TaxonomyView, viewTaxonomy } from '../view.js';
import { type Finding, lintError, lintWarning } from './finding.js';

/** Findings about carried and required attributes of categories, and about attributes that share a name. */
export function lintCarrying(taxonomy: Taxonomy): Finding[] {
  const findings: Finding[] = [];
  const view = viewTaxonomy(taxonomy);
  const known = new Set(taxonomy.attributes.map(({ id }) => id));
  const used = new Set(taxonomy.carried);
  unknownIds(taxonomy.carried, known, 'carried', findings);
  for (const category of taxonomy.categories) {
    const where = `categories.${category.id}`;
    unknownIds(category.attributes, known, `${where}.attributes`, findings);
    unknownIds(category.required, known, `${where}.required`, findings);
    for (const id of category.attributes) used.add(id);
    if (category.required.length === 0) continue;
    const carried = new Set(view.carried(category.id).map(({ id }) => id));
    for (const id of category.required) {
      if (!known.has(id) || carried.has(id)) continue;
      findings.push(
        lintError(
          'required-not-carried',
          `${where}.required`,
          `it requires ${id}, which neither it nor a category above it carries; add ${id} to its attributes`,
        ),
      );
    }
  }
  for (const { id } of taxonomy.attributes) {
    if (used.has(id)) continue;
    findings.push(
      lintWarning(
        'attribute-not-carried',
        `attributes.${id}`,
        'no category carries it, so it is never filled; add it to a category, or remove it',
      ),
    );
  }
  lintNames(taxonomy, view, findings);
  return findings;
}

function unknownIds(
  ids: readonly string[],
  known: ReadonlySet<string>,
  where: string,
  findings: Finding[],
): void {
  for (const id of ids) {
    if (known.has(id)) continue;
    findings.push(
      lintError(
        'unknown-attribute',
        where,
        `the attribute ${id} does not exist; define it, or remove it here`,
      ),
    );
  }
}

/** A shared name is an error if one product can carry both attributes, because its column is then ambiguous. */
function lintNames(taxonomy: Taxonomy, view: TaxonomyView, findings: Finding[]): void {
  const owners = new Map<string, Attribute[]>();
  for (const attribute of taxonomy.attributes) {
    for (const name of new Set([attribute.id, attribute.name, ...attribute.aliases].map(nameKey))) {
      const list = owners.get(name);
      if (list === undefined) owners.set(name, [attribute]);
      else if (list.every(({ id }) => id !== attribute.id)) list.push(attribute);
    }
  }
  const shared = [...owners].filter(([, list]) => list.length > 1);
  if (shared.length === 0) return;
  const carriers = [undefined, ...taxonomy.categories.map(({ id }) => id)].map(
    (id) => new Set(view.carried(id)),
  );
  for (const [name, list] of shared) {
    const [first, second] = list;
    if (first === undefined || second === undefined) continue;
    const together = carriers.some(
      (carried) => list.filter((attribute) => carried.has(attribute)).length > 1,
    );
    findings.push({
      severity: together ? 'error' : 'warning',
      rule: 'ambiguous-attribute-name',
      where: `attributes.${second.id}`,
      message: `"${name}" also names ${first.id}${together ? ', and a category carries both' : ''}; rename one`,
    });
  }
}
