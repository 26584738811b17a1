import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { ServedSearch, ShopEvent } from '../../src/events/event.js';
import { EventStore } from '../../src/events/eventStore.js';
import { type Experiment, experimentSchema } from '../../src/experiments/definition.js';
import { measure } from '../../src/experiments/measure.js';
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
    },
    ...more,
  };
}

async function measured(of: Experiment, searches: readonly ServedSearch[], events: readonly ShopEvent[]) {
  const store = new EventStore(temporaryFolder(), 1000);
  onTestFinished(() => store.close());
  await store.addSearches(searches);
  await store.add(events, END);
  const reader = store.openReader();
  onTestFinished(() => {
    reader.close();
  });
  return measure(reader, { experiment: of, started: START, stopped: END }, END);
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
