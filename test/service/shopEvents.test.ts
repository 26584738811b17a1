import { expect, onTestFinished, test } from 'vitest';
import { EventStore } from '../../src/events/eventStore.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { EventRecorder } from '../../src/service/shopEvents.js';
import { memoryService } from '../http/memoryService.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

function recorder() {
  const dataDir = temporaryFolder();
  const made = new EventRecorder({
    dataDir,
    retentionDays: 90,
    maxEvents: 1_000_000,
    readOnly: undefined,
    busyTimeout: 1000,
  });
  const stored = () => {
    const store = new EventStore(dataDir, 1000);
    onTestFinished(() => store.close());
    return store;
  };
  return { made, stored };
}

const event = (id: string, key: string) => ({
  ...{ action_name: 'click', timestamp: new Date().toISOString() },
  event_attributes: { object: { object_id: id }, position: { ordinal: 1 }, event_id: key },
});

test('events of requests that come together are stored together, and each is told of its own', async () => {
  const { made, stored } = recorder();
  const [first, second, many] = await Promise.all([
    made.add([event('a', '1'), { action_name: 'click' }, event('b', '2')]),
    made.add([event('c', '2'), event('d', '3')]),
    made.add(Array.from({ length: 600 }, (_, place) => event('e', `many ${place}`))),
  ]);
  expect(first?.map(({ status }) => status)).toEqual(['stored', 'refused', 'stored']);
  expect(second?.map(({ status }) => status)).toEqual(['duplicate', 'stored']);
  expect(many?.every(({ status }) => status === 'stored')).toBe(true);
  const [late, closed] = await Promise.all([made.add([event('f', '4')]), made.close()]);
  expect([late[0]?.status, closed]).toEqual(['stored', undefined]);
  expect(stored().totals().events).toBe(604);
});

test('a search keeps the fields that it filtered by and the device, and never what was chosen or typed there', async () => {
  const { made, stored } = recorder();
  const request = searchRequestSchema.parse({
    q: 'mug',
    filter: "`attributes.Screen size` = 'secret' AND price < 20",
    refine: "brand IN ['Acme'] AND price > 5",
  });
  const answer = await memoryService([]).search(searchRequestSchema.parse({}));
  made.recordSearch('5f0c1f6e-0000-4000-8000-000000000000', request, answer, {
    client_id: 'c',
    device: 'tablet',
  });
  await made.close();
  const [search] = stored().searchesBetween(0, Number.MAX_SAFE_INTEGER);
  expect(search).toMatchObject({
    fields: ['attributes.Screen size', 'brand', 'price'],
    filtered: true,
    device: 'tablet',
  });
  expect(JSON.stringify(search)).not.toMatch(/secret|Acme/);
});
