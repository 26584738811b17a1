import type { FastifyRequest } from 'fastify';
import { ALL_FIELDS } from '../search/present/selectFields.js';
import type { SearchRequest } from '../search/searchRequest.js';

/** A key for the shop's page gets what the enricher noted only if it asks for it. */
export function withoutInternals({ apiKey }: FastifyRequest, asked: SearchRequest): SearchRequest {
  return apiKey?.scope === 'search' && asked.fields === undefined
    ? { ...asked, fields: [ALL_FIELDS] }
    : asked;
}
