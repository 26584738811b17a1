import { taxonomySchema } from '../../src/taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../../src/taxonomy/view.js';

/** Two leaves that require a colour; weights in kg between 0 and 50. */
export function toyTaxonomy(): TaxonomyView {
  return viewTaxonomy(
    taxonomySchema.parse({
      format: 1,
      version: 'toy',
      language: 'en',
      owner: 'test',
      changelog: [{ version: 'toy', date: '2026-01-01', changes: ['made'] }],
      attributes: [
        {
          id: 'color',
          name: 'Colour',
          type: 'enum',
          values: [
            { name: 'Red' },
            { name: 'Blue' },
            { name: 'Navy', aliases: ['navy blue', 'NVY'] },
            { name: 'Turquoise' },
          ],
        },
        { id: 'weight', name: 'Weight', type: 'number+unit', unit: 'kg', min: 0.01, max: 50 },
      ],
      categories: [
        { id: 'home', name: 'Home', attributes: ['color', 'weight'], required: ['color'] },
        { id: 'mugs', name: 'Mugs', parent: 'home' },
        { id: 'pots', name: 'Pots', parent: 'home' },
      ],
    }),
  );
}
