import { filterOf } from './filter.js';
import { keyHeader } from './key.js';

/** @import { Suggestion } from './complete.js' */
/** @import { State } from './state.js' */
/** @import { components, operations } from './apiTypes.d.ts' */

/**
 * @typedef {components['schemas']['Product']} Product
 * @typedef {components['schemas']['SearchAnswer']} Answer
 * @typedef {components['schemas']['Hit']} Hit
 * @typedef {Answer['facets'][string][number]} FacetValue
 * @typedef {Hit['tier']} Tier
 * @typedef {Answer['understood']['readings'][number]} Reading
 * @typedef {components['schemas']['Fact']} Fact
 * @typedef {Fact['evidence']} Evidence
 * @typedef {Extract<Evidence, { quote: string }>} Span
 * @typedef {NonNullable<operations['searchWithBody']['requestBody']>['content']['application/json']} SearchBody
 * @typedef {operations['getSimilarProducts']['responses'][200]['content']['application/json']} SimilarAnswer
 */

export const PER_PAGE = 24;

/** An error answer of the service, with its own message. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {string[]} fields
   */
  constructor(status, message, fields) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

/** The service requires a key, and the page has none or a `wrong` one. */
export class KeyError extends ApiError {
  /** @param {boolean} wrong */
  constructor(wrong) {
    super(
      401,
      wrong
        ? 'This key is not valid: it was mistyped, or it has been revoked.'
        : 'This shop answers only with a key. Enter one with the scope search or higher.',
      [],
    );
    this.wrong = wrong;
  }
}

/**
 * Searches. The selection is a refinement, so that the facet of a field still lists its alternatives.
 * @param {State} state
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export function search(state, signal) {
  return searchWith(state, ['category', 'brand', ...Object.keys(state.filters), '*'], signal);
}

/**
 * @param {State} state
 * @param {string[]} facets
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function searchWith(state, facets, signal) {
  /** @type {SearchBody} */
  const request = { q: state.q, facets: [...new Set(facets)], page: state.page, per_page: PER_PAGE };
  const refine = filterOf(state);
  if (refine !== '') request.refine = refine;
  if (state.ignore.length > 0) request.ignore = state.ignore.join(' AND ');
  if (state.sort !== '') request.sort = state.sort;
  try {
    return await ask('/v1/search', signal, request);
  } catch (error) {
    // Not every catalog has a brand or a category.
    if (!(error instanceof ApiError) || !error.fields.includes('facets') || facets.length === 1) throw error;
    return searchWith(state, ['*'], signal);
  }
}

/**
 * @param {string} prefix
 * @param {number} limit
 * @param {AbortSignal} signal
 * @returns {Promise<Suggestion[]>}
 */
export async function complete(prefix, limit, signal) {
  const parameters = new URLSearchParams({ q: prefix, limit: String(limit) });
  const { suggestions } = await ask(`/v1/suggest?${parameters}`, signal);
  return suggestions;
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<Product>}
 */
export function product(id, signal) {
  return ask(`/v1/products/${encodeURIComponent(id)}?markup=strip&fields=*,_shelfwright`, signal);
}

/**
 * @param {string} id
 * @param {number} limit
 * @param {AbortSignal} signal
 * @returns {Promise<SimilarAnswer>}
 */
export function similar(id, limit, signal) {
  return ask(`/v1/products/${encodeURIComponent(id)}/similar?limit=${limit}`, signal);
}

/**
 * @param {string} path
 * @param {AbortSignal} signal
 * @param {unknown} [body] sent as JSON with POST, if given
 */
async function ask(path, signal, body) {
  const key = keyHeader();
  const request =
    body === undefined
      ? { signal, headers: key }
      : {
          signal,
          method: 'POST',
          headers: { ...key, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  let response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError(0, 'The service does not answer. Is it still running?', []);
  }
  if (response.status === 401) throw new KeyError('x-api-key' in key);
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  const detail =
    typeof answer?.detail === 'string' ? answer.detail : `The service answered ${response.status}.`;
  const errors = Array.isArray(answer?.errors) ? answer.errors : [];
  throw new ApiError(
    response.status,
    detail,
    errors.map((/** @type {{ field?: unknown }} */ error) => String(error.field)),
  );
}
