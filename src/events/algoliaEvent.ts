import { z } from 'zod';
import { isRecord } from '../domain/isRecord.js';

const MAX_OBJECTS = 20;

const text = z.string().max(256);
const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(?:\.\d+)?$/)
    .transform(Number),
]);

/** An event as Algolia's Insights clients send it (`insights: true` of InstantSearch). */
const algoliaEventSchema = z.looseObject({
  eventType: z.enum(['view', 'click', 'conversion']),
  eventSubtype: z.enum(['addToCart', 'purchase']).optional(),
  userToken: text.optional(),
  queryID: text.optional(),
  timestamp: z.int().optional(),
  objectIDs: z.array(text).max(MAX_OBJECTS).optional(),
  positions: z.array(z.int()).max(MAX_OBJECTS).optional(),
  objectData: z
    .array(z.looseObject({ price: number.optional(), quantity: number.optional(), queryID: text.optional() }))
    .max(MAX_OBJECTS)
    .optional(),
  currency: text.optional(),
});
type AlgoliaEvent = z.infer<typeof algoliaEventSchema>;

/**
 * Events of ours for one of Algolia's Insights, one for each object; the value itself if it is not in that format, so that
 * reading it says what is wrong. A filter that was clicked names no object, and is one event.
 */
export function eventsOfAlgolia(value: unknown, now: number): unknown[] {
  const read = algoliaEventSchema.safeParse(value);
  if (!read.success) return [isRecord(value) ? { ...value, action_name: value.eventType } : value];
  const { data } = read;
  const { objectIDs = [] } = data;
  const timestamp = new Date(Math.min(data.timestamp ?? now, now)).toISOString();
  const shared = { action_name: actionOf(data), timestamp, client_id: data.userToken };
  if (objectIDs.length === 0) return [{ ...shared, query_id: data.queryID }];
  return objectIDs.map((id, place) => {
    const detail = data.objectData?.[place];
    return {
      ...shared,
      query_id: detail?.queryID ?? data.queryID,
      event_attributes: {
        object: { object_id: id },
        // Algolia sends places with clicks only; 0 says that it is not known.
        position: { ordinal: data.positions?.[place] ?? 0 },
        price: detail?.price,
        quantity: detail?.quantity,
        currency: data.currency,
      },
    };
  });
}

function actionOf({ eventType, eventSubtype, queryID, objectData }: AlgoliaEvent): string {
  if (eventType === 'view') return 'impression';
  if (eventType === 'click') return 'click';
  if (eventSubtype === 'purchase') return 'purchase';
  if (eventSubtype === 'addToCart') return 'add_to_cart';
  // A conversion without a kind: one with prices is a purchase.
  const isPaid = objectData?.some(({ price }) => price !== undefined) === true;
  return isPaid && queryID === undefined ? 'purchase' : 'add_to_cart';
}
