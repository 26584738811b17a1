import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { ServedSearch, ShopEvent } from '../../src/events/event.js';
import { EventStore } from '../../src/events/eventStore.js';
import { type Experiment, experimentSchema } from '../../src/experiments/definition.js';
import { measure, measureBaseline } from '../../src/experiments/measure.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const START = 1_000_000;
const END = START + 100_000;
const experiment = experimentSchema.parse({
  name: 'words-only',
  variants: [{ name: 'serving' }, { name: 'words', search: { meaning: false } }],
});
const mixed = experimentSchema.parse({ ...experiment, mode: 'interleaving' });

const blank = {
  ...{ queryId: null, sessionId: null, clientId: null, objectId: null, position: null, quantity: null },
  ...{ price: null, orderId: null, attributes: null, key: null },
};

function search(id: number, more: Partial<ServedSearch>): ServedSearch {
  return {
    ...{ queryId: `q${id}`, at: START + id * 10, query: 'mug', total: 3, shown: ['a', 'b', 'c'], tookMs: 4 },
    ...{
      page: 1,
      filtered: false,
      clientId: 'c',
      experiment: experiment.name,
      variant: 'serving',
      teams: null,
      fields: [],
      device: null,
    },
    ...more,
  };
}

async function measured(
  of: Experiment,
  searches: readonly ServedSearch[],
  events: readonly ShopEvent[],
  categoryOf?: (id: string) => string | undefined,
) {
  const store = new EventStore(temporaryFolder(), 1000);
  onTestFinished(() => store.close());
  await store.addSearches(searches);
  await store.add(events, END);
  const reader = store.openReader();
  onTestFinished(() => {
    reader.close();
  });
  return measure(reader, { experiment: of, started: START, stopped: END }, END, categoryOf);
}

const clientIds = ['c1', 'c2', 'c3', 'c4'];
const variantOf = (client: string): string => (client < 'c3' ? 'serving' : 'words');

const anySearch = fc.record({ client: fc.constantFrom(...clientIds), total: fc.nat(2), took: fc.nat(9) });
const anyEvent = fc.record({
  search: fc.nat(11),
  action: fc.constantFrom('click', 'add_to_cart', 'impression', 'purchase', 'look'),
  after: fc.nat(40),
  price: fc.nat(9),
  order: fc.option(fc.constantFrom('o1', 'o2'), { nil: null }),
});

it('equals a recount of the raw events by the definitions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anySearch, { maxLength: 12 }),
      fc.array(anyEvent, { maxLength: 20 }),
      async (given, happened) => {
        const searches = given.map(({ client, total, took }, place) =>
          search(place, {
            clientId: client,
            variant: variantOf(client),
            total,
            tookMs: took,
            query: `q ${place}`,
          }),
        );
        const events = happened.flatMap(({ search: place, action, after, price, order }): ShopEvent[] => {
          const of = searches[place];
          const base = { ...blank, action, at: START + place * 10 + after, quantity: 2, price };
          return of === undefined
            ? []
            : // Orders belong to one client.
              [
                {
                  ...base,
                  queryId: of.queryId,
                  clientId: of.clientId,
                  objectId: 'a',
                  orderId: order && order + of.clientId,
                },
              ];
        });
        const found = await measured(experiment, searches, events);
        for (const name of ['serving', 'words']) {
          const own = searches.filter(({ variant }) => variant === name);
          const of = (queryId: string, action: string) =>
            events.filter((event) => event.queryId === queryId && event.action === action);
          const clients = new Set(own.map(({ clientId }) => clientId));
          const bought = events.filter(
            ({ action, clientId, at }) =>
              action === 'purchase' && own.some((one) => one.clientId === clientId && one.at <= at),
          );
          const orders = new Set(bought.map(({ orderId }, place) => orderId ?? `single ${place}`));
          const revenue = bought.reduce((sum, { price }) => sum + 2 * (price ?? 0), 0);
          const clicked = own.filter(({ queryId }) => of(queryId, 'click').length > 0);
          const waits = clicked.map(
            ({ queryId, at }) =>
              Math.max(0, Math.min(...of(queryId, 'click').map((event) => event.at)) - at) / 1000,
          );
          const variant = found.variants.find((one) => one.name === name);
          expect([variant?.clients, variant?.searches]).toEqual([clients.size, own.length]);
          const sums = (metric: keyof NonNullable<typeof variant>['metrics']) => {
            const { x, n } = variant?.metrics[metric].sums() ?? { x: -1, n: -1 };
            return [x, n];
          };
          expect(sums('click_through_rate')).toEqual([clicked.length, own.length]);
          const carted = own.filter(({ queryId }) => of(queryId, 'add_to_cart').length > 0);
          expect(sums('add_to_cart_rate')).toEqual([carted.length, own.length]);
          expect(sums('empty_rate')).toEqual([own.filter(({ total }) => total === 0).length, own.length]);
          expect(sums('conversion_rate')).toEqual([
            new Set(bought.map(({ clientId }) => clientId)).size,
            clients.size,
          ]);
          expect(sums('revenue_per_search')).toEqual([revenue, own.length]);
          expect(sums('average_order_value')).toEqual([revenue, orders.size]);
          expect(sums('took_ms')).toEqual([own.reduce((sum, { tookMs }) => sum + tookMs, 0), own.length]);
          const [waited, count] = sums('seconds_to_click');
          expect(count).toBe(clicked.length);
          expect(waited).toBeCloseTo(
            waits.reduce((sum, wait) => sum + wait, 0),
            9,
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('counts a further page with the search before it, and others not at all', async () => {
  const click = (queryId: string): ShopEvent => ({
    ...blank,
    at: START + 500,
    action: 'click',
    queryId,
    clientId: 'c',
  });
  const { variants } = await measured(
    experiment,
    [
      search(1, {}),
      search(2, { page: 2 }),
      search(3, { page: 3 }),
      search(4, { query: 'tray' }),
      search(5, { experiment: 'another' }),
      search(6, { clientId: null }),
    ],
    [click('q2'), click('q3'), click('q5'), click('q6')],
  );
  const { x, n } = variants[0]?.metrics.click_through_rate.sums() ?? { x: -1, n: -1 };
  expect([x, n, variants[0]?.searches]).toEqual([1, 2, 2]);
});

it('gives a click in a mixed result to the variant that put the product there', async () => {
  const teams = JSON.stringify(['A', 'B', null]);
  const click = (queryId: string, objectId: string): ShopEvent => ({
    ...{ ...blank, at: START + 900, action: 'click', queryId, objectId },
  });
  const shown = (id: number, clientId: string) => search(id, { clientId, variant: 'interleaved', teams });
  const { preference, variants } = await measured(
    mixed,
    [shown(1, 'c1'), shown(2, 'c1'), shown(3, 'c2'), shown(4, 'c3'), shown(5, 'c4')],
    [
      click('q1', 'b'),
      click('q1', 'b'),
      click('q2', 'c'),
      click('q3', 'a'),
      click('q4', 'c'),
      click('q5', 'x'),
    ],
  );
  expect(preference).toEqual({ first: 1, second: 1 });
  expect(variants.map(({ name, clients }) => [name, clients])).toEqual([['interleaved', 4]]);
});

it('shows how the figures came to be over time', async () => {
  const searches = Array.from({ length: 100 }, (_, place) =>
    search(place, {
      at: START + place * 1000,
      clientId: `c${place}`,
      variant: place % 2 === 0 ? 'serving' : 'words',
    }),
  );
  const { curve } = await measured(experiment, searches, []);
  expect(curve.length).toBeGreaterThan(20);
  expect(curve.length).toBeLessThanOrEqual(40);
  const counts = curve.map(({ target }) => target.reduce((sum, stats) => sum + stats.units, 0));
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts.at(-1)).toBe(100);
  expect(curve.at(-1)?.at).toBe(END);
});

it('splits the target by new and returning shoppers, device and category, each search in one of a kind', async () => {
  const before = { experiment: null, variant: null, at: START - 50 };
  const searches = [
    search(1, { ...before, clientId: 'old' }),
    search(2, { clientId: 'old', device: 'mobile' }),
    search(3, { clientId: 'young', device: 'desktop' }),
    search(4, { clientId: 'young', query: 'lamp', shown: ['l', 'l2', 'a'] }),
    search(5, { clientId: 'other', variant: 'words', query: 'lamp', shown: ['a', 'b', 'l'] }),
    search(6, { clientId: 'other', variant: 'words', query: 'lamp', shown: ['l', 'l2', 'l3'] }),
  ];
  const click = (queryId: string): ShopEvent => ({ ...blank, at: START + 90, action: 'click', queryId });
  const categoryOf = (id: string) =>
    id.startsWith('l') ? 'Light > Lamps' : id === 'x' ? undefined : 'Kitchen';
  const { segments } = await measured(experiment, searches, [click('q2'), click('q4')], categoryOf);
  const counts = Object.fromEntries(
    segments.map(({ kind, name, target }) => [
      `${kind} ${name}`,
      target.map((stats) => [stats.sums().x, stats.sums().n]),
    ]),
  );
  expect(counts).toEqual({
    'shopper new': [
      [1, 2],
      [0, 2],
    ],
    'shopper returning': [
      [1, 1],
      [0, 0],
    ],
    'device desktop': [
      [0, 1],
      [0, 0],
    ],
    'device mobile': [
      [1, 1],
      [0, 0],
    ],
    'category Kitchen': [
      [1, 2],
      [0, 0],
    ],
    'category Light': [
      [1, 1],
      [0, 2],
    ],
  });
});

it('counts purchases without a client_id by their search, their session, or the session of other events', async () => {
  const buy = (more: Partial<ShopEvent>): ShopEvent => ({
    ...{ ...blank, at: START + 900, action: 'purchase', price: 5, quantity: 1 },
    ...more,
  });
  const { variants } = await measured(
    experiment,
    ['c1', 'c2', 'session 3', 'c4'].map((clientId, place) => search(place, { clientId })),
    [
      buy({ clientId: 'account 9', queryId: 'q0' }),
      buy({ sessionId: 'session 3' }),
      { ...blank, at: START + 500, action: 'click', queryId: 'q1', clientId: 'c2', sessionId: 's2' },
      buy({ sessionId: 's2' }),
      buy({ sessionId: 'nobody' }),
      buy({ clientId: 'nobody' }),
    ],
  );
  const { conversion_rate, revenue_per_search } = variants[0]?.metrics ?? {};
  expect([conversion_rate?.sums().x, conversion_rate?.sums().n]).toEqual([3, 4]);
  expect(revenue_per_search?.sums().x).toBe(15);
});

it('takes a snapshot of the searches outside of experiments before a time', async () => {
  const store = new EventStore(temporaryFolder(), 1000);
  onTestFinished(() => store.close());
  const ordinary = { experiment: null, variant: null };
  await store.addSearches([
    search(1, { ...ordinary, clientId: 'c1' }),
    search(2, { ...ordinary, clientId: 'c2', total: 0 }),
    search(3, { clientId: 'c3' }),
    search(9000, { ...ordinary, clientId: 'c4' }),
  ]);
  await store.add(
    [
      { ...blank, at: START + 40, action: 'click', queryId: 'q1', clientId: 'c1' },
      { ...blank, at: START + 50, action: 'purchase', clientId: 'c1', price: 8 },
    ],
    END,
  );
  const reader = store.openReader();
  onTestFinished(() => {
    reader.close();
  });
  const found = await measureBaseline(reader, START + 80_000);
  expect(found).toMatchObject({ from: START + 10, clients: 2, searches: 2 });
  const mean = (metric: 'click_through_rate' | 'empty_rate' | 'revenue_per_search') => {
    const { x, n } = found?.metrics[metric].sums() ?? { x: -1, n: 1 };
    return x / n;
  };
  expect([mean('click_through_rate'), mean('empty_rate'), mean('revenue_per_search')]).toEqual([0.5, 0.5, 4]);
  expect(await measureBaseline(reader, START)).toBeUndefined();
});
