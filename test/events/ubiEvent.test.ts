import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readUbiEvent } from '../../src/events/ubiEvent.js';

const SALT = Buffer.alloc(32, 7);
const NOW = Date.parse('2026-12-01T10:00:00Z');
const TIME = '2026-12-01T09:00:00Z';
const UUID = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';

const whole = {
  application: 'shop-search',
  action_name: 'click',
  query_id: UUID,
  session_id: 's-1',
  client_id: 'c-1',
  timestamp: TIME,
  message_type: 'CONVERSION',
  event_attributes: {
    object: { object_id: 'mug-1', object_id_type: 'product', object_id_field: 'id' },
    position: { ordinal: 3 },
    quantity: 2,
    price: 9.5,
    order_id: 1001,
    event_id: 'e-1',
    device: 'mobile',
  },
};

const read = (value: unknown) => readUbiEvent(value, SALT, NOW);
function problem(value: unknown): string {
  const result = read(value);
  return 'problem' in result ? `${result.problem.field}: ${result.problem.reason}` : 'accepted';
}
const withAttributes = (attributes: unknown) => ({ ...whole, event_attributes: attributes });
const place = { position: { ordinal: 1 } };
const long = (length: number): string => 'x'.repeat(length);

describe('an event', () => {
  it('is read with all that it says, but for who it is', () => {
    const result = read(whole);
    expect(result).toMatchObject({
      dropped: [],
      event: {
        at: Date.parse(TIME),
        action: 'click',
        queryId: UUID,
        objectId: 'mug-1',
        position: 3,
        quantity: 2,
        price: 9.5,
      },
    });
    const event = 'event' in result ? result.event : undefined;
    expect(JSON.parse(event?.attributes ?? '')).toEqual({
      application: 'shop-search',
      message_type: 'CONVERSION',
      object_id_type: 'product',
      object_id_field: 'id',
      device: 'mobile',
    });
    for (const id of [event?.sessionId, event?.clientId, event?.orderId, event?.key])
      expect(id).toMatch(/^[\w-]{22}$/);
  });

  it.each([
    ['with the least', { action_name: 'search', timestamp: TIME }],
    ['of a name of its own', { ...whole, action_name: 'compare_products' }],
    ['without an offset', { ...whole, timestamp: '2026-12-01T09:00:00' }],
    ['with an offset', { ...whole, timestamp: '2026-12-01T10:00:00.123+01:00' }],
    ['with null for what is not known', { ...whole, message: null, client_id: null, event_attributes: null }],
    ['with a place on the screen', withAttributes({ position: { xy: { x: 10, y: -4.5 } } })],
    ['with a number as the id', withAttributes({ ...place, object: { object_id: 42 } })],
    ['with members of its own', { ...whole, campaign: 'x', event_attributes: { ...place, dwell_time: 4 } }],
    ['with a time in milliseconds (before 1.3.0)', { ...whole, timestamp: NOW - 5 }],
    ['with another place (before 1.3.0)', withAttributes({ position: { page_depth: 3 } })],
    [
      'with the words searched for as the object (before 1.3.0)',
      withAttributes({ ...place, object: { search_term: 'mug' } }),
    ],
    ['with empty attributes', withAttributes({})],
  ])('%s is accepted', (_, value) => {
    expect(problem(value)).toBe('accepted');
  });

  it('reads a time without an offset as UTC', () => {
    expect(read({ ...whole, timestamp: '2026-12-01T09:00:00' })).toMatchObject({
      event: { at: Date.parse(TIME) },
    });
  });

  it.each([
    [null, ': found null; expected an object'],
    [7, ': found 7; expected an object'],
    ['click', ': found "click"; expected an object'],
    [true, ': found true; expected an object'],
    [[], ': found an empty list; expected an object'],
    [[whole], ': found a list of 1; expected an object'],
    [{}, 'action_name: missing; expected a string'],
    [{ timestamp: TIME }, 'action_name: missing; expected a string'],
    [{ ...whole, action_name: null }, 'action_name: missing; expected a string'],
    [{ ...whole, action_name: '' }, 'action_name: found ""; expected some text'],
    [{ ...whole, action_name: 3 }, 'action_name: found 3; expected a string'],
    [{ ...whole, action_name: ['click'] }, 'action_name: found a list of 1; expected a string'],
    [{ ...whole, action_name: long(101) }, /^action_name: .*expected at most 100 characters$/],
    [{ action_name: 'click' }, 'timestamp: missing; expected a date and time such as 2026-11-30T12:00:00Z'],
    [{ ...whole, timestamp: null }, /^timestamp: missing/],
    [{ ...whole, timestamp: '' }, /^timestamp: found ""; expected a date and time/],
    [{ ...whole, timestamp: 'yesterday' }, /^timestamp: found "yesterday"; expected a date and time/],
    [{ ...whole, timestamp: '2026-12-01' }, /^timestamp: found "2026-12-01"; expected a date and time/],
    [{ ...whole, timestamp: '01/12/2026 09:00' }, /^timestamp: .*expected a date and time/],
    [{ ...whole, timestamp: '2026-02-30T09:00:00Z' }, /^timestamp: .*expected a date and time/],
    [{ ...whole, timestamp: '2026-12-01T25:00:00Z' }, /^timestamp: .*expected a date and time/],
    [{ ...whole, timestamp: -5 }, 'timestamp: found -5; expected at least 0'],
    [{ ...whole, timestamp: 1.5 }, /^timestamp: found 1.5; expected a date and time/],
    [{ ...whole, timestamp: true }, /^timestamp: found true; expected a date and time/],
    [
      { ...whole, timestamp: '2031-01-01T00:00:00Z' },
      /^timestamp: .*expected a time that is not in the future$/,
    ],
    [{ ...whole, application: 5 }, 'application: found 5; expected a string'],
    [{ ...whole, application: long(101) }, /^application: .*expected at most 100 characters$/],
    [{ ...whole, query_id: 5 }, 'query_id: found 5; expected a string'],
    [{ ...whole, query_id: long(101) }, /^query_id: .*expected at most 100 characters$/],
    [{ ...whole, session_id: {} }, 'session_id: found an empty object; expected a string'],
    [{ ...whole, session_id: long(101) }, /^session_id: .*expected at most 100 characters$/],
    [{ ...whole, client_id: false }, 'client_id: found false; expected a string'],
    [{ ...whole, client_id: long(101) }, /^client_id: .*expected at most 100 characters$/],
    [{ ...whole, user_id: 12 }, 'user_id: found 12; expected a string'],
    [{ ...whole, message_type: 1 }, 'message_type: found 1; expected a string'],
    [{ ...whole, message: { text: 'x' } }, 'message: found an object with text; expected a string'],
    [{ ...whole, message: long(1025) }, /^message: .*expected at most 1024 characters$/],
    [withAttributes('x'), 'event_attributes: found "x"; expected an object'],
    [withAttributes([place]), 'event_attributes: found a list of 1; expected an object'],
    [
      withAttributes({ object: { object_id: 'a' } }),
      'event_attributes.position: missing; expected an object',
    ],
    [withAttributes({ position: 3 }), 'event_attributes.position: found 3; expected an object'],
    [withAttributes({ position: {} }), /^event_attributes.position: found an empty object; expected ordinal/],
    [
      withAttributes({ position: { ordinal: '3' } }),
      'event_attributes.position.ordinal: found "3"; expected a number',
    ],
    [
      withAttributes({ position: { ordinal: 1.5 } }),
      'event_attributes.position.ordinal: found 1.5; expected a whole number',
    ],
    [
      withAttributes({ position: { ordinal: -1 } }),
      'event_attributes.position.ordinal: found -1; expected at least 0',
    ],
    [withAttributes({ position: { xy: 3 } }), 'event_attributes.position.xy: found 3; expected an object'],
    [
      withAttributes({ position: { xy: { x: 3 } } }),
      'event_attributes.position.xy.y: missing; expected a number',
    ],
    [
      withAttributes({ position: { xy: { x: 'left', y: 1 } } }),
      'event_attributes.position.xy.x: found "left"; expected a number',
    ],
    [
      withAttributes({ ...place, object: 'mug-1' }),
      'event_attributes.object: found "mug-1"; expected an object',
    ],
    [
      withAttributes({ ...place, object: { object_id_type: 'product' } }),
      /^event_attributes.object.object_id: missing; expected a text of 1 to 256 characters or a whole number$/,
    ],
    [
      withAttributes({ ...place, object: { object_id: 1.5 } }),
      /^event_attributes.object.object_id: found 1.5/,
    ],
    [
      withAttributes({ ...place, object: { object_id: long(257) } }),
      /^event_attributes.object.object_id: .*expected at most 256 characters$/,
    ],
    [
      withAttributes({ ...place, object: { object_id: ['a'] } }),
      /^event_attributes.object.object_id: found a list/,
    ],
    [
      withAttributes({ ...place, object: { object_id: 'a', object_id_type: 4 } }),
      'event_attributes.object.object_id_type: found 4; expected a string',
    ],
    [
      withAttributes({ ...place, object: { object_id: 'a', object_id_field: long(101) } }),
      /^event_attributes.object.object_id_field: .*expected at most 100 characters$/,
    ],
    [
      withAttributes({ ...place, object: { object_id: 'a', internal_id: {} } }),
      /^event_attributes.object.internal_id: found an empty object/,
    ],
    [
      withAttributes({ ...place, quantity: 0 }),
      'event_attributes.quantity: found 0; expected a number above 0',
    ],
    [withAttributes({ ...place, price: -1 }), 'event_attributes.price: found -1; expected at least 0'],
    [withAttributes({ ...place, price: '9.50' }), 'event_attributes.price: found "9.50"; expected a number'],
  ])('violation %# is refused by place, found and expected', (value, reason) => {
    if (typeof reason === 'string') expect(problem(value)).toBe(reason);
    else expect(problem(value)).toMatch(reason);
  });

  it('drops the person, the free text and unknown attributes, and says so', () => {
    const result = read({
      ...whole,
      user_id: 'ada@shop.example',
      message: 'call me at 0171 555 0199',
      event_attributes: {
        ...whole.event_attributes,
        ip: '203.0.113.9',
        browser: 'Mozilla/5.0',
        device: 'my own',
      },
    });
    expect(result).toMatchObject({
      dropped: [
        'user_id',
        'message',
        'event_attributes.device',
        'event_attributes.ip',
        'event_attributes.browser',
      ],
    });
    expect(JSON.stringify(result)).not.toMatch(/ada|0171|203|Mozilla|my own/);
  });
});

test('any value is either an event or refused with a place and a reason', () => {
  const attributes = fc.record(
    { object: fc.anything(), position: fc.anything(), quantity: fc.anything(), price: fc.anything() },
    { requiredKeys: [] },
  );
  const near = fc.record(
    {
      action_name: fc.oneof(fc.string(), fc.anything()),
      timestamp: fc.oneof(fc.constant(TIME), fc.anything()),
      client_id: fc.oneof(fc.string(), fc.anything()),
      event_attributes: fc.oneof(attributes, fc.anything()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(near, fc.anything()), (value) => {
      const result = read(value);
      if ('event' in result) expect(Number.isInteger(result.event.at)).toBe(true);
      else expect(result.problem.reason).toMatch(/^(?:found .+|missing); expected .+$/su);
    }),
    { numRuns: 300 },
  );
});

test('one id is always the same, and another is not', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 90 }),
      fc.string({ minLength: 1, maxLength: 90 }),
      (a, b) => {
        const clientOf = (id: string) => {
          const result = read({ ...whole, client_id: id });
          return 'event' in result ? result.event.clientId : undefined;
        };
        expect(clientOf(a) === clientOf(b)).toBe(a === b);
        expect(clientOf(a)).toBe(clientOf(a));
      },
    ),
    { numRuns: 100 },
  );
});
