import { type SearchAnswer, type SearchBody, search } from '../shared/api.js';
import { ApiError } from '../shared/call.js';
import { keyHeader } from '../shared/key.js';
import { filterOf } from './filter.js';
import { PRICE_EDGES } from './priceScale.js';
import type { State } from './state.js';

/** Of the window, in CSS pixels. */
const MOBILE_WIDTH = 600;
const TABLET_WIDTH = 1024;

export const PER_PAGE = 24;
const TREE_LEVELS = 5;

/** Parameters that name fields which this catalog does not have: not sent again. */
const refused = new Set<string>();

/** The search for this state. The selection is a refinement, so that the facet of a field still lists its alternatives. */
export function requestOf(state: State): SearchBody {
  const refine = filterOf(state);
  const facets = refused.has('facets') ? ['*'] : ['brand', ...Object.keys(state.filters), '*'];
  return {
    q: state.q,
    page: state.page,
    per_page: PER_PAGE,
    group: true,
    fields: ['*'],
    facets: [...new Set(facets)].filter((field) => field !== 'category'),
    category_tree: TREE_LEVELS,
    ...(!refused.has('facet_ranges') && { facet_ranges: [`price:..${PRICE_EDGES.join('..')}..`] }),
    ...(refine !== '' && { refine }),
    ...(state.ignore.length > 0 && { ignore: state.ignore.join(' AND ') }),
    ...(state.exact && { correct: false }),
    ...(state.sort !== '' && { sort: state.sort.split(',') }),
  };
}

/** Searches, without the facets that the catalog turns out not to have. */
export async function searchFor(state: State, signal: AbortSignal): Promise<SearchAnswer> {
  try {
    return await search({ ...requestOf(state), ...shopper() }, signal);
  } catch (error) {
    // Not every catalog has brands and prices.
    const unknown = error instanceof ApiError ? error.fields.find((field) => isOptional(field)) : undefined;
    if (unknown === undefined || refused.has(unknown)) throw error;
    refused.add(unknown);
    return searchFor(state, signal);
  }
}

/** Names the shopper in searches that events may follow, unless the shopper does not want it. */
function shopper(): { client_id?: string; device?: 'desktop' | 'tablet' | 'mobile' } {
  const shelfwright = typeof window === 'undefined' ? undefined : window.shelfwright;
  if (shelfwright === undefined) return {};
  shelfwright.key = keyHeader()['x-api-key'];
  const { clientId } = shelfwright;
  return clientId === undefined ? {} : { client_id: clientId, device: device() };
}

function isOptional(field: string): boolean {
  return field === 'facets' || field === 'facet_ranges';
}

/** By the width of the window: reports of experiments are split by it. */
function device(): 'desktop' | 'tablet' | 'mobile' {
  if (window.innerWidth < MOBILE_WIDTH) return 'mobile';
  return window.innerWidth < TABLET_WIDTH ? 'tablet' : 'desktop';
}
