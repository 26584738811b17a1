import { expect, onTestFinished, test } from 'vitest';
import { limitsSchema } from '../../../src/configuration/limits.js';
import { serving } from '../serving.js';

test('when memory runs out, requests are refused with 503 and health is still answered', async () => {
  const app = await serving({}, { limits: limitsSchema.parse({ max_memory_mb: 1 }) });
  onTestFinished(() => app.close());
  const status = async (url: string) => (await app.inject({ url })).statusCode;
  expect(await status('/v1/search?q=mug')).toBe(200);
  await expect.poll(() => status('/v1/search?q=mug'), { timeout: 10_000 }).toBe(503);
  const refused = await app.inject({ url: '/v1/search?q=mug' });
  expect(refused.headers['retry-after']).toBe('2');
  expect(refused.json()).toMatchObject({
    status: 503,
    detail: 'The service has little memory left: try again in 2 s.',
  });
  expect(await status('/health/live')).toBe(200);
  expect(await status('/health/ready')).toBe(200);
  expect(await status('/metrics')).toBe(200);
});

test('a single delay of the event loop refuses nothing; a sustained one does until it ends', async () => {
  const app = await serving({}, { limits: limitsSchema.parse({ max_event_loop_delay_ms: 100 }) });
  onTestFinished(() => app.close());
  await app.ready();
  const status = async (url = '/v1/search?q=mug') => (await app.inject({ url })).statusCode;
  const block = (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  };
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const seen = new Set<number>();
  block(1200);
  for (let round = 0; round < 14; round++) {
    await pause(100);
    seen.add(await status());
  }
  expect([...seen]).toEqual([200]);
  seen.clear();
  for (let round = 0; round < 8 && !seen.has(503); round++) {
    block(600);
    await pause(1);
    seen.add(await status());
  }
  expect([...seen]).toContain(503);
  expect(await status('/health/ready')).toBe(200);
  await expect.poll(() => status(), { timeout: 10_000, interval: 100 }).toBe(200);
}, 30_000);
