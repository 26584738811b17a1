import fc from 'fast-check';
import { type Taxonomy, taxonomySchema } from '../../src/taxonomy/schema.js';

const word = fc.constantFrom('Red', 'Blue', 'Sage', 'Sand', 'Coal', 'Rose', 'Moss', 'Clay');
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const some = (from: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...from]);

const values = fc
  .uniqueArray(word, { minLength: 1, maxLength: 5 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.subarray([`${name} tone`, `old ${name}`]).map((aliases) => ({ name, aliases })),
      ),
    ),
  );

const attribute = (id: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.record({ id: fc.constant(id), name: word, type: fc.constant('enum'), multiple: fc.boolean(), values }),
    fc.record({
      id: fc.constant(id),
      name: word,
      type: fc.constant('number+unit'),
      unit: fc.constantFrom('cm', 'in'),
      aliases: some(['x', 'y']),
    }),
    fc.record({ id: fc.constant(id), name: word, type: fc.constant('text') }),
  );

/** Small taxonomies with few ids and names, so that two of them overlap. They can have lint findings. */
export function anyTaxonomy(version: string): fc.Arbitrary<Taxonomy> {
  return fc
    .tuple(some(ids), some(['p', 'q', 'r']))
    .chain(([categories, attributes]) =>
      fc.record({
        format: fc.constant(1),
        version: fc.constant(version),
        language: fc.constant('en'),
        owner: fc.constantFrom('us', 'them'),
        changelog: fc.constant([{ version, date: '2026-11-21', changes: ['made'] }]),
        carried: some(attributes),
        attributes: fc.tuple(...attributes.map(attribute)),
        // A parent precedes its children in the alphabet, so there is no cycle.
        categories: fc.tuple(
          ...categories.map((id, index) =>
            fc.record({
              id: fc.constant(id),
              name: fc.constantFrom(`N${id}`, `M${id}`),
              parent: fc.constantFrom(null, ...categories.slice(0, index)),
              aliases: some([`alias ${id}`, `other ${id}`]),
              attributes: some(attributes),
              required: some(attributes),
            }),
          ),
        ),
      }),
    )
    .map((draft) => taxonomySchema.parse(draft));
}
