import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { EventStore } from '../../src/events/eventStore.js';
import { buildApp } from '../../src/http/app.js';
import { learn } from '../../src/learning/learn.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { reasonToLearn, scheduleLearning } from '../../src/service/learning/learningWatch.js';
import { openService } from '../../src/service/openService.js';
import { indexedCatalog } from '../support/indexedCatalog.js';
import { webDir } from './serving.js';

const answer = z.object({
  id: z.string(),
  hits: z.array(
    z.looseObject({ id: z.string(), score: z.number(), product: z.looseObject({ id: z.string() }) }),
  ),
});

test('complements from orders are served beside similar, also after a restart, and only what exists', async () => {
  const folders = indexedCatalog();
  const open = () => openService({ ...folders, modelDir: packagePaths.model, workers: 1 });
  const service = await open();
  const [first, second] = (await service.search(searchRequestSchema.parse({ q: '' }))).hits.map(
    ({ id }) => id,
  );
  if (first === undefined || second === undefined) throw new Error('no products');
  const serve = async (running: Awaited<ReturnType<typeof open>>, url: string) => {
    const app = await buildApp({ service: running, webDir, logger: false });
    const response = await app.inject({ url });
    await app.close();
    return response;
  };
  const url = `/v1/products/${encodeURIComponent(first)}/complements`;
  expect((await serve(service, url)).json()).toEqual({ id: first, hits: [] });
  expect((await serve(service, '/v1/products/nobody/complements')).statusCode).toBe(404);
  const events = new EventStore(folders.dataDir, 1000);
  const now = Date.now();
  const blank = {
    queryId: null,
    sessionId: null,
    clientId: null,
    position: null,
    quantity: 1,
    attributes: null,
    key: null,
  };
  const orders = Array.from({ length: 100 }, (_, order) =>
    order % 10 === 0 ? [first, second, 'sold out'] : ['x'],
  );
  await events.add(
    orders.flatMap((ids, order) =>
      ids.map((objectId) => ({
        ...blank,
        at: now - 1000,
        action: 'purchase',
        objectId,
        price: 3,
        orderId: `o${order}`,
      })),
    ),
    now,
  );
  await learn({ events, dataDir: folders.dataDir, now, search: undefined });
  events.close();
  const { hits } = answer.parse((await serve(service, url)).json());
  expect(hits.map(({ id }) => id)).toEqual([second]);
  expect(hits[0]?.score).toBeGreaterThan(0);
  expect(hits[0]?.score).toBeLessThan(1);
  expect((await serve(service, `${url}?limit=0`)).statusCode).toBe(400);
  await service.close();
  const again = await open();
  onTestFinished(() => again.close());
  expect(answer.parse((await serve(again, url)).json()).hits).toEqual(hits);
  expect((await serve(again, '/v1/fixes')).json()).toEqual({ fixes: [] });
  const { id } = again.jobs.submit('learn', { days: 1 });
  await expect.poll(() => again.jobs.get(id)?.state, { timeout: 60_000 }).toBe('done');
  expect(again.jobs.get(id)?.report).toMatchObject({ orders: 100, weights: { offered: false } });
  const log = (await serve(again, '/v1/retrainings')).json();
  expect(log).toMatchObject({ due: null, retrainings: [{ orders: 100 }, { orders: 100, pairs: 6 }] });
});

test('learning is due by the schedule, at its hour, once a night, where there are events', () => {
  const dataDir = indexedCatalog().dataDir;
  const night = Date.UTC(2026, 10, 30, 3, 20);
  const settings = { retrain: 'weekly', hour: 3, days: 30 } as const;
  const submitted: unknown[] = [];
  const jobs = {
    list: () => [],
    submit: (...asked: unknown[]) => {
      submitted.push(asked);
      throw new Error('queued');
    },
  };
  expect(scheduleLearning({ dataDir, jobs, settings }, night)).toBe(false);
  new EventStore(dataDir, 1000).close();
  expect(scheduleLearning({ dataDir, jobs, settings }, night + 3_600_000)).toBe(false);
  expect(scheduleLearning({ dataDir, jobs, settings: { ...settings, retrain: 'off' } }, night)).toBe(false);
  expect(() => scheduleLearning({ dataDir, jobs, settings }, night)).toThrow('queued');
  expect(submitted).toEqual([['learn', { days: 30 }]]);
  const last = { at: new Date(night - 6 * 86_400_000).toISOString() };
  expect(reasonToLearn(undefined, settings, night)).toContain('Nothing was learned');
  expect(reasonToLearn(last, settings, night)).toBeNull();
  expect(reasonToLearn(last, { retrain: 'nightly' }, night)).toContain('6 days');
  expect(reasonToLearn(last, { retrain: 'off' }, night)).toBeNull();
  const drift = () => 'Shoppers search otherwise.';
  expect(reasonToLearn(last, settings, night, drift)).toBe('Shoppers search otherwise.');
  expect(reasonToLearn(last, { retrain: 'off' }, night, drift)).toBeNull();
  const justNow = { at: new Date(night - 3_600_000).toISOString() };
  expect(reasonToLearn(justNow, settings, night, drift)).toBeNull();
});
