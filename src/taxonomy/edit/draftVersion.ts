import type { Migration } from '../migrate/migration.js';
import type { Taxonomy } from '../schema.js';
import { type Edit, editTaxonomy } from './editTaxonomy.js';

/** The next version of a taxonomy, and what becomes of the values of the one before. */
export interface DraftVersion {
  readonly taxonomy: Taxonomy;
  readonly migration: Migration;
}

/**
 * Makes the next version by edits, with its changelog entry and migration.
 * @throws UserError like editTaxonomy.
 */
export function draftVersion(
  taxonomy: Taxonomy,
  edits: readonly Edit[],
  { version, date }: { readonly version: string; readonly date: string },
): DraftVersion {
  const edited = edits.reduce(editTaxonomy, taxonomy);
  const changes = edits.map(describeEdit);
  return {
    taxonomy: {
      ...edited,
      version,
      changelog: [...taxonomy.changelog, ...(changes.length === 0 ? [] : [{ version, date, changes }])],
    },
    migration: {
      format: 1,
      from: taxonomy.version,
      to: version,
      categories: [],
      attributes: [],
      values: valueSteps(taxonomy, edited, edits),
    },
  };
}

/** What became of each value whose name is gone, of the attributes that still list values. */
function valueSteps(taxonomy: Taxonomy, edited: Taxonomy, edits: readonly Edit[]): Migration['values'] {
  const steps: Migration['values'] = [];
  const lists = new Set(edited.attributes.filter(({ type }) => type === 'enum').map(({ id }) => id));
  for (const attribute of taxonomy.attributes) {
    if (attribute.type !== 'enum' || !lists.has(attribute.id)) continue;
    const now = new Map(attribute.values.map(({ name }) => [name, { name, merged: false }]));
    for (const edit of edits) {
      if (!('value' in edit) || edit.attribute !== attribute.id) continue;
      const to = edit.kind === 'rename-value' ? edit.to : edit.kind === 'merge-value' ? edit.into : undefined;
      if (to === undefined) continue;
      for (const [old, current] of now) {
        if (current.name === edit.value)
          now.set(old, { name: to, merged: current.merged || edit.kind === 'merge-value' });
      }
    }
    for (const [old, { name, merged }] of now) {
      if (name === old) continue;
      if (merged) steps.push({ attribute: attribute.id, merge: [old], to: name });
      else steps.push({ attribute: attribute.id, rename: old, to: name });
    }
  }
  return steps;
}

const TYPES = {
  enum: 'a list of values',
  'number+unit': 'a number',
  boolean: 'yes or no',
  text: 'any text',
};

/** An edit as a line of a changelog. */
export function describeEdit(edit: Edit): string {
  const list = (aliases: readonly string[]): string => (aliases.length === 0 ? 'none' : aliases.join(', '));
  switch (edit.kind) {
    case 'add-category':
      return `Category ${edit.name} added ${edit.parent === null ? 'at the top' : `to ${edit.parent}`}.`;
    case 'move-category':
      return `Category ${edit.category} moved ${edit.parent === null ? 'to the top' : `into ${edit.parent}`}.`;
    case 'attribute-type':
      return `Attribute ${edit.attribute} is now ${TYPES[edit.type]}${edit.unit === undefined ? '' : ` in ${edit.unit}`}.`;
    case 'rename-category':
      return `Category ${edit.category} renamed to ${edit.to}.`;
    case 'category-aliases':
      return `Category ${edit.category}: aliases now ${list(edit.aliases)}.`;
    case 'rename-attribute':
      return `Attribute ${edit.attribute} renamed to ${edit.to}.`;
    case 'attribute-aliases':
      return `Attribute ${edit.attribute}: aliases now ${list(edit.aliases)}.`;
    case 'add-value':
      return `${edit.attribute}: the value ${edit.value} added.`;
    case 'rename-value':
      return `${edit.attribute}: ${edit.value} renamed to ${edit.to}.`;
    case 'value-aliases':
      return `${edit.attribute}: aliases of ${edit.value} now ${list(edit.aliases)}.`;
    case 'add-alias':
      return `${edit.attribute}: ${edit.alias} added as an alias of ${edit.value}.`;
    case 'merge-value':
      return `${edit.attribute}: ${edit.value} merged into ${edit.into}.`;
  }
}
