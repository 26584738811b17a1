import { seededRandom } from '../src/domain/seededRandom.js';
import type { ServedSearch, ShopEvent } from '../src/events/event.js';
import { EventStore } from '../src/events/eventStore.js';
import { assign } from '../src/experiments/assign.js';
import { experimentSchema } from '../src/experiments/definition.js';

const DAY_MS = 86_400_000;
const DAYS = 14;
const CLIENTS = 6000;
/** Chance of a click on a search, by variant. */
const CLICKS: Readonly<Record<string, number>> = { serving: 0.34, words: 0.28 };
const EXPERIMENT = experimentSchema.parse({
  ...{ name: 'words-only', hypothesis: 'Hits by meaning help, so words alone get fewer clicks.', share: 1 },
  variants: [{ name: 'serving' }, { name: 'words', search: { meaning: false } }],
});

const NOTHING = {
  ...{ sessionId: null, quantity: null, price: null, orderId: null, attributes: null, key: null },
};

/** Stores an experiment of two weeks with simulated shoppers, for pictures of its report. Seed 7. */
export async function simulateExperiment(dataDir: string, now: number): Promise<void> {
  const store = new EventStore(dataDir, 1000);
  const random = seededRandom(7);
  const started = now - DAYS * DAY_MS;
  await store.experiments.start({
    ...{ name: EXPERIMENT.name, started, baseline: null },
    definition: JSON.stringify(EXPERIMENT),
  });
  const searches: ServedSearch[] = [];
  const events: ShopEvent[] = [];
  for (let client = 0; client < CLIENTS; client++) {
    const clientId = `simulated ${client}`;
    const variant = assign(EXPERIMENT, clientId)?.name ?? 'serving';
    const at = Math.floor(started + random() * DAYS * DAY_MS);
    const queryId = `simulated search ${client}`;
    searches.push({
      ...{ queryId, at, query: 'dress', total: 10, shown: ['AP-1004'], tookMs: 5 + 5 * random(), page: 1 },
      ...{
        filtered: false,
        clientId,
        experiment: EXPERIMENT.name,
        variant,
        teams: null,
        fields: [],
        device: null,
      },
    });
    if (random() >= (CLICKS[variant] ?? 0)) continue;
    const base = { ...NOTHING, queryId, clientId, objectId: 'AP-1004', position: 1 };
    events.push({ ...base, at: at + Math.floor(20_000 * random()), action: 'click' });
    if (random() < 0.2) {
      const bought = { quantity: 1, price: Math.round(20 + 80 * random()), orderId: clientId };
      events.push({ ...base, ...bought, at: at + 60_000, action: 'purchase' });
    }
  }
  await store.addSearches(searches);
  await store.add(events, now);
  store.close();
}
