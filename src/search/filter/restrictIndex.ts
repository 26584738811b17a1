import type { LiveIndex } from '../../index/liveIndex.js';
import { RestrictedIndex } from '../../index/restricted/restrictedIndex.js';
import { applyFilter } from './applyFilter.js';
import type { Filter } from './parseFilter.js';
import { isKnownField } from './requireKnownField.js';
import { TEXT_FIELD } from './textFilter.js';

/**
 * The products that pass a filter as an index of their own, for those who may not know of the others. A field that no
 * product has is blank in all of them.
 */
export function restrictIndex(index: LiveIndex, filter: Filter): RestrictedIndex {
  return new RestrictedIndex(index, () => applyFilter(index, withoutUnknownFields(index, filter)));
}

/** Products may lose the last value of a field; a filter that names it must hold on. */
function withoutUnknownFields(index: LiveIndex, filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, parts: filter.parts.map((part) => withoutUnknownFields(index, part)) };
    case 'not':
      return { ...filter, part: withoutUnknownFields(index, filter.part) };
    case 'exists':
    case 'in':
    case 'compare':
      if (filter.field === TEXT_FIELD || isKnownField(index, filter.field)) return filter;
      return filter.kind === 'compare' && filter.operator === '!=' ? { kind: 'not', part: NONE } : NONE;
  }
}

const NONE: Filter = { kind: 'in', field: 'id', values: [] };
