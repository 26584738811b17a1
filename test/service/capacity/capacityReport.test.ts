import { expect, test } from 'vitest';
import { reportOf } from '../../../src/service/capacity/capacityReport.js';

const level = (clients: number, rate: number, p95: number) => ({
  ...{ clients, searches_per_second: rate, p50_ms: p95 / 2, p95_ms: p95 },
});
const parts = { understand: 1, embed: 2, retrieve: 3, rank: 2 };
const measured = {
  ...{ seconds: 60, products: 9, mode: 'hybrid' as const, queries: { from: 'log' as const, distinct: 5 } },
  ...{ maxP95: 100, embeddingThreads: 2, parts },
};

test('the capacity is the highest rate whose p95 is within the limit', () => {
  const levels = [level(1, 90.04, 12), level(2, 150, 20), level(4, 149, 90), level(8, 170, 101)];
  expect(reportOf({ ...measured, levels })).toMatchObject({
    ...{ clients: 2, searches_per_second: 150, p95_ms: 20, within: true, max_p95_ms: 100 },
    levels: [{ clients: 1, searches_per_second: 90 }, { clients: 2 }, { clients: 4 }, { clients: 8 }],
  });
  expect(reportOf({ ...measured, maxP95: 200, levels }).clients).toBe(8);
});

test('where even one client waits too long, it is what one client gets', () => {
  const levels = [level(1, 5, 300), level(2, 9, 400)];
  expect(reportOf({ ...measured, levels })).toMatchObject({ clients: 1, p95_ms: 300, within: false });
});

test.each([
  ['embedding', { ...parts, embed: 13 }],
  ['retrieval', { ...parts, embed: 11 }],
  ['ranking', { ...parts, rank: 4.1 }],
])('the bottleneck is %s', (bottleneck, times) => {
  // Two threads embed, one does everything else.
  expect(reportOf({ ...measured, levels: [], parts: times }).bottleneck).toBe(bottleneck);
});
