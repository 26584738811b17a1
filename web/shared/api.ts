import type { components, paths } from '../apiTypes.js';
import { keyHeader } from './key.js';

type Schemas = components['schemas'];

export type SearchAnswer = Schemas['SearchAnswer'];
export type Hit = SearchAnswer['hits'][number];
export type Tier = Hit['tier'];
export type Explanation = NonNullable<Hit['explain']>;
export type Reading = SearchAnswer['understood']['readings'][number];
export type FacetValue = SearchAnswer['facets'][string][number];
export type Value = FacetValue['value'];
export type FacetRange = NonNullable<SearchAnswer['facet_ranges']>[string][number];
export type CategoryNode = Schemas['CategoryNode'];
export type Product = Schemas['Product'];
export type Fact = Schemas['Fact'];
export type Suggestion = Schemas['SuggestAnswer']['suggestions'][number];
export type SimilarHit = Schemas['SimilarHit'];
export type SearchBody = NonNullable<
  paths['/v1/search']['post']['requestBody']
>['content']['application/json'];

/** An error answer of the service, with its own message. */
export class ApiError extends Error {
  constructor(
    /** 0: there was no answer. */
    readonly status: number,
    message: string,
    /** The parameters that were wrong. */
    readonly fields: readonly string[],
  ) {
    super(message);
  }
}

/** The service requires a key, and the page has none or a `wrong` one. */
export class KeyError extends ApiError {
  constructor(readonly wrong: boolean) {
    super(
      401,
      wrong
        ? 'This key is not valid: it was mistyped, or it has been revoked.'
        : 'This shop answers only with a key. Enter one with the scope search or higher.',
      [],
    );
  }
}

export function search(body: SearchBody, signal: AbortSignal): Promise<SearchAnswer> {
  return ask('/v1/search', signal, body);
}

export async function complete(prefix: string, limit: number, signal: AbortSignal): Promise<Suggestion[]> {
  const parameters = new URLSearchParams({ q: prefix, limit: String(limit) });
  const answer: Schemas['SuggestAnswer'] = await ask(`/v1/suggest?${parameters}`, signal);
  return answer.suggestions;
}

export function getProduct(id: string, signal: AbortSignal): Promise<Product> {
  return ask(`/v1/products/${encodeURIComponent(id)}?markup=strip&fields=*,_shelfwright`, signal);
}

export async function getSimilar(id: string, limit: number, signal: AbortSignal): Promise<SimilarHit[]> {
  const answer: { hits: SimilarHit[] } = await ask(
    `/v1/products/${encodeURIComponent(id)}/similar?limit=${limit}`,
    signal,
  );
  return answer.hits;
}

/**
 * @param body sent as JSON with POST, if given
 * @throws ApiError if the service does not answer, or answers an error
 */
async function ask<Answer>(path: string, signal: AbortSignal, body?: unknown): Promise<Answer> {
  const key = keyHeader();
  const request: RequestInit =
    body === undefined
      ? { signal, headers: key }
      : {
          signal,
          method: 'POST',
          headers: { ...key, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError(0, 'The service does not answer. Is it still running?', []);
  }
  if (response.status === 401) throw new KeyError('x-api-key' in key);
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  throw new ApiError(
    response.status,
    typeof answer?.detail === 'string' ? answer.detail : `The service answered ${response.status}.`,
    fieldsOf(answer?.errors),
  );
}

function fieldsOf(errors: unknown): string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: { readonly field?: unknown }) => String(error.field));
}
