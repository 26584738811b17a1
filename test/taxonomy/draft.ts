import { type Taxonomy, taxonomySchema } from '../../src/taxonomy/schema.js';

/** A small valid taxonomy, with changes by the test. */
export function draft(changes: Record<string, unknown> = {}): Taxonomy {
  return taxonomySchema.parse({
    format: 1,
    version: '2026-11',
    language: 'en',
    owner: 'the buying team',
    changelog: [
      { version: '2026-10', date: '2026-10-01', changes: ['first draft'] },
      { version: '2026-11', date: '2026-11-20', changes: ['shoes added'] },
    ],
    carried: ['color'],
    attributes: [
      {
        id: 'color',
        name: 'Colour',
        aliases: ['Farbe'],
        type: 'enum',
        values: [{ name: 'Navy Blue', aliases: ['marine'] }, { name: 'Red' }],
      },
      { id: 'heel', name: 'Heel height', type: 'number+unit', unit: 'cm', min: 0, max: 20 },
      {
        id: 'waterproof',
        name: 'Waterproof',
        type: 'boolean',
        true: ['waterproof'],
        false: ['not waterproof'],
      },
      { id: 'fit', name: 'Fit', type: 'text' },
    ],
    categories: [
      { id: 'apparel', name: 'Apparel', aliases: ['Clothing'], attributes: ['fit'] },
      { id: 'shirts', name: 'Shirts', parent: 'apparel', required: ['fit'] },
      { id: 'apparel-watches', name: 'Watches', parent: 'apparel' },
      {
        id: 'shoes',
        name: 'Shoes',
        aliases: ['Footwear'],
        attributes: ['heel', 'waterproof'],
        required: ['color'],
      },
      { id: 'pumps', name: 'Pumps', parent: 'shoes', aliases: ['Court shoes'], required: ['heel'] },
      { id: 'watches', name: 'Watches', parent: null },
      { id: 'pocket', name: 'Pocket', parent: 'watches' },
      { id: 'shoe-pocket', name: 'Pocket', parent: 'shoes' },
    ],
    ...changes,
  });
}
