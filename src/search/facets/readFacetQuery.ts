import { UserError } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { requireKnownField } from '../filter/requireKnownField.js';

/** A facet query: text typed to find a value of a field. */
export interface FacetQuery {
  readonly field: string;
  readonly text: string;
}

/**
 * Parses `brand:ac`. Field names may contain colons: the first colon after a known field name counts.
 * @throws UserError without a colon, and for a field that the catalog does not have.
 */
export function readFacetQuery(index: LiveIndex, text: string): FacetQuery {
  const first = text.indexOf(':');
  if (first < 1) {
    throw new UserError(
      `facet_query: found '${text}', expected a field and what was typed for it, such as brand:ac.`,
      { field: 'facet_query' },
    );
  }
  for (let colon = first; colon !== -1; colon = text.indexOf(':', colon + 1)) {
    const field = text.slice(0, colon);
    if (index.columns.field(field) !== undefined) return { field, text: text.slice(colon + 1) };
  }
  const field = text.slice(0, first);
  requireKnownField(index, field, 'facet_query');
  return { field, text: text.slice(first + 1) };
}
