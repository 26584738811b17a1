import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { reindex } from '../../../src/catalog/reindex/reindex.js';
import { eraseProduct, writeProduct } from '../../../src/catalog/writeProduct.js';
import { monitoringSchema } from '../../../src/configuration/monitoring.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import type { Product } from '../../../src/domain/product.js';
import { silent } from '../../../src/domain/progress.js';
import type { Alert } from '../../../src/service/monitor/alert.js';
import { Monitor } from '../../../src/service/monitor/monitor.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { copyOfDemo } from '../../support/demo.js';
import { demo } from '../../support/sharedDemo.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { receiveWebhooks } from '../../support/webhookReceiver.js';

const MIN_PRODUCTS = { min_products: 80 };

/**
 * A part of the demo catalog, with which learning takes less time, after learning from its `taught` products. The
 * `later` ones are returned, not written.
 */
async function shopTaughtBy(partOf: (product: Product, place: number) => 'taught' | 'later' | undefined) {
  const folder = copyOfDemo(demo, temporaryFolder());
  const where = { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
  const store = openStore(where.dataDir);
  onTestFinished(() => store.close());
  const parts = [...store.products.each()].map((product, place) => ({
    product,
    part: partOf(product, place),
  }));
  const later = parts.filter(({ part }) => part === 'later').map(({ product }) => product);
  store.transaction(() => {
    for (const { product, part } of parts) if (part !== 'taught') eraseProduct(store, product.id);
  });
  const relearn = () => learnAnew(store, where.indexesDir);
  await relearn();
  const write = (products: readonly Product[]): void =>
    store.transaction(() => {
      for (const product of products) writeProduct(store, product);
    });
  const watch = (more: object): { monitor: Monitor; heard: Alert[] } => {
    const settings = monitoringSchema.parse({ ...MIN_PRODUCTS, ...more });
    const monitor = new Monitor({ store, ...where, settings });
    onTestFinished(() => monitor.close());
    const heard: Alert[] = [];
    monitor.onAlert((alert) => heard.push(alert));
    return { monitor, heard };
  };
  return { store, later, write, relearn, watch };
}

async function learnAnew(store: Store, indexesDir: string): Promise<void> {
  const options = { modelDir: packagePaths.model, taxonomy: undefined, enrich: true, allowShrink: true };
  await reindex({ store, indexesDir, ...options, progress: silent });
}

it('raises no alert where new products are like the learned ones', async () => {
  const { later, write, watch } = await shopTaughtBy((_, place) =>
    place % 2 === 0 ? (place % 8 === 6 ? 'later' : 'taught') : undefined,
  );
  const { monitor, heard } = watch({});
  await monitor.measure();
  expect(heard).toEqual([]);
  expect(monitor.state.problem).toBeUndefined();
  expect(monitor.state.quality?.measures).toContainEqual(
    expect.objectContaining({ name: 'drift', value: null, state: 'few' }),
  );
  write(later);
  await monitor.measure();
  const measures = monitor.state.quality?.measures ?? [];
  for (const name of ['drift', 'strangers', 'confidence_fall', 'abstention_rise']) {
    expect(measures).toContainEqual(expect.objectContaining({ name, state: 'known' }));
  }
  expect(heard).toEqual([]);
}, 120_000);

it('notifies once when the catalog changes, through a webhook that fails at first, and once after learning again', async () => {
  const learned = ['Apparel', 'Footwear', 'Bags & Accessories', 'Beauty & Personal Care', 'Pet Supplies'];
  const { store, later, write, relearn, watch } = await shopTaughtBy(({ category }, place) => {
    if (learned.includes(category?.split(' > ')[0] ?? '')) return 'taught';
    return place % 3 === 0 ? 'later' : undefined;
  });
  const receiver = await receiveWebhooks();
  receiver.answer((_, response) => response.writeHead(500).end());
  const { monitor, heard } = watch({ webhook_url: receiver.url, max_webhook_attempts: 1 });
  write(later);
  await monitor.measure();
  const drift = heard.find(({ alert }) => alert === 'drift');
  expect(drift).toMatchObject({ format: 1, event: 'raised', threshold: 0.24 });
  expect(drift?.recommendation).toMatch(/reindex/);
  expect(monitor.state.problem).toMatch(/it answered 500/);
  expect(monitor.state.unposted).toBe(1);
  const { length } = heard;
  receiver.bodies.length = 0;
  receiver.answer((_, response) => response.writeHead(200).end());
  await monitor.measure();
  expect(heard).toHaveLength(length);
  expect(receiver.bodies).toHaveLength(length);
  expect(receiver.bodies).toContainEqual(expect.objectContaining({ alert: 'drift', event: 'raised' }));
  await monitor.close();

  const again = watch({ webhook_url: receiver.url });
  expect(again.monitor.state.alerts).toContainEqual(
    expect.objectContaining({ name: 'drift', state: 'raised', posted: true }),
  );
  await again.monitor.measure();
  expect(again.heard).toEqual([]);
  expect(receiver.bodies).toHaveLength(length);
  await relearn();
  await again.monitor.measure();
  expect(again.heard).toContainEqual(expect.objectContaining({ alert: 'drift', event: 'cleared' }));
  expect(receiver.bodies).toContainEqual(
    expect.objectContaining({ alert: 'drift', event: 'cleared', recommendation: null }),
  );
  expect(store.alerts.list().every(({ state, posted }) => state === 'cleared' && posted)).toBe(true);
  const texts = JSON.stringify(receiver.bodies);
  expect(later.filter(({ title }) => title !== undefined && texts.includes(title))).toEqual([]);
}, 120_000);

it('reports unknown measures where nothing was learned', async () => {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  const monitor = new Monitor({ store, dataDir, indexesDir: folder });
  onTestFinished(() => monitor.close());
  await monitor.measure();
  expect(monitor.state.problem).toBeUndefined();
  expect(monitor.state.quality?.measures.filter(({ value }) => value !== null)).toEqual([]);
  expect(monitor.state.quality?.measures[0]?.sentence).toMatch(/until the next reindex/);
  expect(monitor.state.alerts).toEqual([]);
});

it('measures once for two services over one store, and both show the result', async () => {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const monitors = Array.from({ length: 2 }, () => {
    const store = openStore(dataDir);
    const monitor = new Monitor({ store, dataDir, indexesDir: folder });
    onTestFinished(async () => {
      await monitor.close();
      store.close();
    });
    return monitor;
  });
  await Promise.all(monitors.map((monitor) => monitor.measure()));
  expect(monitors.filter(({ state }) => state.quality !== undefined)).toHaveLength(1);
  await monitors[1]?.measure();
  await monitors[0]?.measure();
  for (const { state } of monitors) expect(state.quality?.format).toBe(1);
});
