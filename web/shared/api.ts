import type { components, paths } from '../apiTypes.js';
import { ask } from './call.js';

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
