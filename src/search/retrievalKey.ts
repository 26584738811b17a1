import type { SearchRequest } from './searchRequest.js';

/**
 * Equal for requests that one retrieval answers: they ask for the same products, and differ only in what is ticked
 * (`refine`), in pages, in facets and in what hits show.
 */
export function retrievalKey(request: SearchRequest): string {
  const { q, filter, status, understand, ignore, correct, relax, sort } = request;
  // Rules reorder only what is not sorted.
  return JSON.stringify([q, filter, status, understand, ignore, correct, relax, sort.length > 0]);
}
