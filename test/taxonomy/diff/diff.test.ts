import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../../src/taxonomy/diff/compareLists.js';
import { describeDiff } from '../../../src/taxonomy/diff/describeDiff.js';
import { diffTaxonomies, isEmptyDiff, type TaxonomyDiff } from '../../../src/taxonomy/diff/diff.js';
import { type Attribute, type Taxonomy, taxonomySchema } from '../../../src/taxonomy/schema.js';
import { anyTaxonomy } from '../anyTaxonomy.js';
import { draft } from '../draft.js';

test('finds no difference between a taxonomy and itself, in any order of entries', () => {
  fc.assert(
    fc.property(anyTaxonomy('1'), (taxonomy) => {
      const reversed = {
        ...taxonomy,
        categories: [...taxonomy.categories].reverse(),
        attributes: [...taxonomy.attributes].reverse(),
      };
      expect(isEmptyDiff(diffTaxonomies(taxonomy, reversed))).toBe(true);
      expect(describeDiff(diffTaxonomies(taxonomy, taxonomy))).toEqual(['1 → 1: no difference.']);
    }),
  );
});

test('contains every change: applying it to one version gives the other', () => {
  fc.assert(
    fc.property(anyTaxonomy('1'), anyTaxonomy('2'), (one, other) => {
      expect(normalised(applied(one, diffTaxonomies(one, other)))).toEqual(
        normalised({ ...other, changelog: one.changelog }),
      );
    }),
    { numRuns: 500 },
  );
});

test('detects renamed values and moved categories', () => {
  const before = draft();
  const after = draft({
    version: '2027-01',
    attributes: before.attributes.map((attribute) =>
      attribute.id === 'color'
        ? {
            ...attribute,
            values: [{ name: 'Dark Blue', aliases: ['marine', 'navy-blue'] }, { name: 'Green' }],
          }
        : attribute.id === 'heel'
          ? { ...attribute, unit: 'in' }
          : attribute,
    ),
    categories: before.categories
      .filter(({ id }) => id !== 'pocket')
      .map((category) =>
        category.id === 'pumps' ? { ...category, parent: 'apparel', name: 'Court Shoes' } : category,
      ),
  });
  expect(describeDiff(diffTaxonomies(before, after))).toEqual([
    '~ version: 2026-11 → 2027-01',
    '- category pocket: Watches > Pocket',
    '~ category pumps: renamed Pumps → Court Shoes',
    '~ category pumps: moved from shoes to apparel',
    '~ attribute heel: retyped {"max":20,"min":0,"multiple":false,"type":"number+unit","unit":"cm"} → {"max":20,"min":0,"multiple":false,"type":"number+unit","unit":"in"}',
    '+ value color: Green',
    '- value color: Red',
    '~ value color: renamed Navy Blue → Dark Blue',
    '~ value color: Dark Blue: aliases +navy-blue',
    '2026-11 → 2027-01: 1 added, 2 removed, 6 changed.',
  ]);
});

/** The taxonomy with sorted lists. */
function normalised(taxonomy: Taxonomy): unknown {
  const sorted = (list: readonly string[]): string[] => [...list].sort(compare);
  return {
    ...taxonomy,
    carried: sorted(taxonomy.carried),
    categories: taxonomy.categories
      .map((one) => ({
        ...one,
        aliases: sorted(one.aliases),
        attributes: sorted(one.attributes),
        required: sorted(one.required),
      }))
      .sort((a, b) => compare(a.id, b.id)),
    attributes: taxonomy.attributes
      .map((one) => ({
        ...one,
        aliases: sorted(one.aliases),
        ...(one.type === 'enum' && {
          values: one.values
            .map(({ name, aliases }) => ({ name, aliases: sorted(aliases) }))
            .sort((a, b) => compare(a.name, b.name)),
        }),
      }))
      .sort((a, b) => compare(a.id, b.id)),
  };
}

function applied(
  taxonomy: Taxonomy,
  { head, categories, carrying, attributes, values }: TaxonomyDiff,
): Taxonomy {
  const change = (
    list: readonly string[],
    edit: { added: readonly string[]; removed: readonly string[] } | undefined,
  ): string[] => [...list.filter((it) => edit?.removed.includes(it) !== true), ...(edit?.added ?? [])];
  const gone = new Set(categories.removed.map(({ id }) => id));
  const everywhere = carrying.find(({ category }) => category === null);
  const next = {
    ...taxonomy,
    ...Object.fromEntries(head.map(({ property, to }) => [property, to])),
    carried: change(taxonomy.carried, everywhere),
    categories: [
      ...taxonomy.categories
        .filter(({ id }) => !gone.has(id))
        .map((one) => {
          const carries = carrying.find(({ category }) => category === one.id);
          const move = categories.moved.find(({ id }) => id === one.id);
          return {
            ...one,
            name: categories.renamed.find(({ id }) => id === one.id)?.to ?? one.name,
            parent: move === undefined ? one.parent : move.to,
            aliases: change(
              one.aliases,
              categories.aliases.find(({ id }) => id === one.id),
            ),
            attributes: change(one.attributes, carries),
            required: change(
              one.required,
              carries && { added: carries.requiredAdded, removed: carries.requiredRemoved },
            ),
          };
        }),
      ...categories.added.map(({ path: _, ...category }) => category),
    ],
    attributes: [
      ...taxonomy.attributes
        .filter(({ id }) => attributes.removed.every((one) => one.id !== id))
        .map((one) => appliedAttribute(one)),
      ...attributes.added,
    ],
  };
  return taxonomySchema.parse(next);

  function appliedAttribute(one: Attribute): unknown {
    const shape = attributes.retyped.find(({ id }) => id === one.id)?.to;
    const edit = values.find(({ attribute }) => attribute === one.id);
    const before = one.type === 'enum' ? one.values : [];
    const after = [
      ...before
        .filter(({ name }) => edit?.removed.includes(name) !== true)
        .map(({ name: previous, aliases }) => {
          const name = edit?.renamed.find(({ from }) => from === previous)?.to ?? previous;
          return {
            name,
            aliases: change(
              aliases,
              edit?.aliases.find(({ id }) => id === name),
            ),
          };
        }),
      ...(edit?.added ?? []),
    ];
    const base = {
      id: one.id,
      name: attributes.renamed.find(({ id }) => id === one.id)?.to ?? one.name,
      aliases: change(
        one.aliases,
        attributes.aliases.find(({ id }) => id === one.id),
      ),
    };
    const { values: _, ...rest }: Record<string, unknown> = { ...one };
    const whole: Record<string, unknown> = { ...(shape ?? rest), ...base };
    return whole.type === 'enum' ? { ...whole, values: after } : whole;
  }
}
