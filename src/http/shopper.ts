import { z } from 'zod';
import { DEVICES, type Shopper } from '../events/event.js';
import type { SearchRequest } from '../search/searchRequest.js';

const MAX_ID = 100;

/** Parameters of a search that say who searches, for events and experiments. They do not change which products match. */
export const shopperParameters = {
  client_id: z
    .string()
    .min(1)
    .max(MAX_ID)
    .optional()
    .describe(
      "A random id of the shopper's browser. Only searches with it count in reports and experiments; it is stored hashed.",
    ),
  session_id: z
    .string()
    .min(1)
    .max(MAX_ID)
    .optional()
    .describe('A random id of the visit, where there is no client_id.'),
  device: z
    .enum(DEVICES)
    .optional()
    .describe(
      'What kind of screen the shopper has, as the page takes it; reports of experiments are split by it.',
    ),
};

/** A search apart from who searches. */
export function splitShopper(asked: SearchRequest & Shopper): {
  readonly search: SearchRequest;
  readonly shopper: Shopper;
} {
  const { client_id, session_id, device, ...search } = asked;
  return { search, shopper: { client_id, session_id, device } };
}
