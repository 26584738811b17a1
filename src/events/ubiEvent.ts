import { z } from 'zod';
import { describeValue, expectationOf } from '../domain/describeIssue.js';
import { isRecord } from '../domain/isRecord.js';
import { anonymizeQueryId, hashId, maskPersonalData } from './anonymize.js';
import type { ShopEvent } from './event.js';

const DAY_MS = 86_400_000;
const MAX_NAME = 100;
const MAX_MESSAGE = 1024;
const MAX_ID = 256;
const MAX_QUANTITY = 1_000_000;
const MAX_PRICE = 1_000_000_000;
const EXPECTED_TIME = 'expected a date and time such as 2026-11-30T12:00:00Z';
/** The last millisecond of a date in JavaScript. */
const MAX_TIME = 8_640_000_000_000_000;

const name = z.string().max(MAX_NAME).optional();
const objectId = z.union([z.string().min(1).max(MAX_ID), z.int()], {
  error: `expected a text of 1 to ${MAX_ID} characters or a whole number`,
});

const objectSchema = z.looseObject({
  object_id: objectId,
  object_id_type: name,
  object_id_field: name,
  internal_id: objectId.optional(),
});
const positionSchema = z
  .looseObject({
    ordinal: z.int().min(0).optional(),
    xy: z.looseObject({ x: z.number(), y: z.number() }).optional(),
  })
  .refine((position) => PLACES.some((key) => position[key] !== undefined), {
    error: 'expected ordinal, the place in the result, or xy, the place on the screen',
  });
/** The last three are of clients before 1.3.0. */
const PLACES = ['ordinal', 'xy', 'x', 'page_depth', 'scroll_depth'];

const attributesSchema = z.looseObject({
  object: objectSchema.optional(),
  position: positionSchema,
  quantity: z.number().positive().max(MAX_QUANTITY).optional(),
  price: z.number().min(0).max(MAX_PRICE).optional(),
  order_id: objectId.optional(),
  event_id: name,
});

/**
 * An event of User Behavior Insights 1.3.0 (packaging/ubi/event.schema.json), with the names of our own that carry what
 * was bought: `quantity`, `price`, `order_id`. The schema's `oneOf`s are read as alternatives, because `click` matches
 * both of its two, and missing values may be null. Older forms are read too, such as a time in milliseconds.
 */
const ubiEventSchema = z.looseObject({
  application: name,
  action_name: z.string().min(1).max(MAX_NAME),
  query_id: name,
  session_id: name,
  client_id: name,
  user_id: name,
  timestamp: z.union(
    [z.iso.datetime({ offset: true, local: true, error: EXPECTED_TIME }), z.int().min(0).max(MAX_TIME)],
    { error: EXPECTED_TIME },
  ),
  message_type: name,
  message: z.string().max(MAX_MESSAGE).optional(),
  event_attributes: attributesSchema.optional(),
});
type UbiEvent = z.infer<typeof ubiEventSchema>;

/** Attributes that are kept, if they are short texts or numbers; all others are dropped, because they may say who it is. */
const KEPT_ATTRIBUTES: Readonly<Record<string, z.ZodType<string>>> = {
  currency: z.string().regex(/^[A-Z]{3}$/),
  device: z.enum(['desktop', 'tablet', 'mobile', 'phone', 'tv']),
  category: z.string().max(MAX_ID),
  shopper: z.enum(['new', 'returning']),
};
/** What is read apart, and what is part of the object or the place. */
const READ_ATTRIBUTES = new Set(['object', 'position', 'quantity', 'price', 'order_id', 'event_id']);

export interface EventProblem {
  readonly field: string;
  readonly reason: string;
}

export type ReadEvent =
  | { readonly event: ShopEvent; readonly dropped: readonly string[] }
  | { readonly problem: EventProblem };

/**
 * Reads one event. Ids of people and orders are hashed with `salt`; `user_id`, `message` and attributes of unknown names
 * are `dropped`.
 */
export function readUbiEvent(value: unknown, salt: Buffer, now: number): ReadEvent {
  const given = withoutNulls(value);
  const read = ubiEventSchema.safeParse(given);
  if (!read.success) return { problem: problemOf(read.error, given) };
  const { data } = read;
  const at = timeOf(data.timestamp);
  if (at > now + DAY_MS) {
    const found = JSON.stringify(data.timestamp);
    return {
      problem: { field: 'timestamp', reason: `found ${found}; expected a time that is not in the future` },
    };
  }
  return { event: eventOf(data, at, salt), dropped: droppedFrom(data) };
}

function eventOf(data: UbiEvent, at: number, salt: Buffer): ShopEvent {
  const { event_attributes: attributes } = data;
  const hashed = (id: string | number | undefined): string | null =>
    id === undefined || id === '' ? null : hashId(String(id), salt);
  const object = attributes?.object;
  return {
    at,
    action: maskPersonalData(data.action_name),
    queryId: data.query_id ? anonymizeQueryId(data.query_id, salt) : null,
    sessionId: hashed(data.session_id),
    clientId: hashed(data.client_id),
    objectId: object ? maskPersonalData(String(object.object_id)) : null,
    position: attributes?.position.ordinal ?? null,
    quantity: attributes?.quantity ?? null,
    price: attributes?.price ?? null,
    orderId: hashed(attributes?.order_id),
    attributes: keptAttributes(data),
    key: hashed(attributes?.event_id),
  };
}

function keptAttributes({ application, message_type, event_attributes }: UbiEvent): string | null {
  const kept: Record<string, unknown> = {};
  if (application) kept.application = maskPersonalData(application);
  if (message_type) kept.message_type = maskPersonalData(message_type);
  const { object, position } = event_attributes ?? {};
  if (object?.object_id_type) kept.object_id_type = maskPersonalData(object.object_id_type);
  if (object?.object_id_field) kept.object_id_field = maskPersonalData(object.object_id_field);
  if (position?.xy) kept.xy = { x: position.xy.x, y: position.xy.y };
  for (const [key, schema] of Object.entries(KEPT_ATTRIBUTES)) {
    const value = event_attributes?.[key];
    // Most events have none of them, and zod makes an error for each.
    if (value === undefined) continue;
    const given = schema.safeParse(value);
    if (given.success) kept[key] = maskPersonalData(given.data);
  }
  return Object.keys(kept).length === 0 ? null : JSON.stringify(kept);
}

function droppedFrom(data: UbiEvent): string[] {
  const dropped = ['user_id', 'message'].filter((key) => typeof data[key] === 'string' && data[key] !== '');
  for (const [key, value] of Object.entries(data.event_attributes ?? {})) {
    if (READ_ATTRIBUTES.has(key)) continue;
    if (KEPT_ATTRIBUTES[key]?.safeParse(value).success !== true) dropped.push(`event_attributes.${key}`);
  }
  return dropped;
}

/** The parts of an event whose members may be null. */
const PARTS = new Set(['event_attributes', 'object', 'position']);

/**
 * Without members that are null, which clients write for what they do not know, without empty attributes, and without the
 * objects of older clients that say what was searched and name nothing.
 */
function withoutNulls(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === null) continue;
    const inner = PARTS.has(key) ? withoutNulls(member) : member;
    const isEmpty = key === 'event_attributes' && isRecord(inner) && Object.keys(inner).length === 0;
    const isSearched =
      key === 'object' && isRecord(inner) && 'search_term' in inner && !('object_id' in inner);
    if (!isEmpty && !isSearched) kept[key] = inner;
  }
  return kept;
}

/** Without an offset it is UTC; a number is in milliseconds. */
function timeOf(timestamp: string | number): number {
  if (typeof timestamp === 'number') return timestamp;
  return Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(timestamp) ? timestamp : `${timestamp}Z`);
}

function problemOf(error: z.ZodError, value: unknown): EventProblem {
  const [issue] = error.issues;
  if (issue === undefined) return { field: '', reason: 'expected an event' };
  const found = issue.path.reduce<unknown>(
    (inside, key) => (isRecord(inside) ? inside[String(key)] : undefined),
    value,
  );
  return {
    field: issue.path.join('.'),
    reason: `${found === undefined ? 'missing' : `found ${describeValue(found)}`}; ${expectationOf(issue)}`,
  };
}
