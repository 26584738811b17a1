import { UserError } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { requireKnownField } from '../filter/requireKnownField.js';

/** What a shopper typed to find a value in a long facet. */
export interface TypedValue {
  readonly field: string;
  readonly text: string;
}

/**
 * Reads `brand:ac`. Field names may hold colons: the first one that ends a known field counts.
 * @throws UserError without a colon, and for a field that the catalog does not have.
 */
export function readTypedValue(index: LiveIndex, given: string): TypedValue {
  const first = given.indexOf(':');
  if (first < 1) {
    throw new UserError(
      `facet_query: found '${given}', expected a field and what was typed for it, such as brand:ac.`,
      { field: 'facet_query' },
    );
  }
  for (let colon = first; colon !== -1; colon = given.indexOf(':', colon + 1)) {
    const field = given.slice(0, colon);
    if (index.columns.field(field) !== undefined) return { field, text: given.slice(colon + 1) };
  }
  const field = given.slice(0, first);
  requireKnownField(index, field, 'facet_query');
  return { field, text: given.slice(first + 1) };
}
