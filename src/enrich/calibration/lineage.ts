import type { TaxonomyView } from '../../taxonomy/view.js';

/** A category's id and those of all above it, the narrowest first; none where the taxonomy does not know it. */
export function lineageOf(view: TaxonomyView, id: string | undefined): readonly string[] {
  if (id === undefined || view.category(id) === undefined) return [];
  return [
    id,
    ...view
      .ancestors(id)
      .map((above) => above.id)
      .toReversed(),
  ];
}
