import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { LimitsSettings } from '../../../src/configuration/limits.js';
import type { Scope } from '../../../src/domain/apiKey.js';
import type { Product } from '../../../src/domain/product.js';
import { buildApp } from '../../../src/http/app.js';
import { activateGeneration } from '../../../src/index/generation/activateGeneration.js';
import { makeKey } from '../../../src/service/apiKeys.js';
import { openService } from '../../../src/service/openService.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { makeGeneration } from '../../index/makeGeneration.js';
import { webDir } from '../serving.js';

const KINDS = ['Kettle', 'Teapot', 'Lamp', 'Rug'] as const;
const CATEGORIES: Readonly<Record<(typeof KINDS)[number], string>> = {
  Kettle: 'Kitchen > Hot drinks > Kettles',
  Teapot: 'Kitchen > Hot drinks > Teapots',
  Lamp: 'Living > Lamps',
  Rug: 'Living > Rugs',
};
const BRANDS = ['Fernhill', 'Oak & Ash', 'Quill'];
const COLORS = ['Red', 'Blue', 'Moss green'];

/** 36 products of four kinds, three brands and three colours, priced 10, 12, 14... */
export const PRODUCTS: readonly Product[] = KINDS.flatMap((kind, k) =>
  BRANDS.flatMap((brand, b) =>
    COLORS.map((color, c): Product => {
      const number = k * 9 + b * 3 + c;
      return {
        id: `p${String(number).padStart(2, '0')}`,
        title: `${color} ${kind.toLowerCase()} <${number}>`,
        brand,
        category: CATEGORIES[kind],
        price: 10 + 2 * number,
        attributes: { color, tags: kind === 'Lamp' ? ['light', 'new'] : ['plain'] },
      };
    }),
  ),
);

export interface AlgoliaShop {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly dataDir: string;
  readonly indexesDir: string;
  key(filter?: string, scope?: Scope): string;
  close(): Promise<void>;
}

/** The app over a shop of these products, which answers by words. Jobs need the model of `modelDir`; default: none. */
export async function openShop(
  limits?: LimitsSettings,
  products: readonly Product[] = PRODUCTS,
  modelDir?: string,
): Promise<AlgoliaShop> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-shop-'));
  const dataDir = path.join(folder, 'data');
  const indexesDir = path.join(folder, 'indexes');
  await mkdir(indexesDir);
  const store = openStore(dataDir);
  store.transaction(() => {
    for (const product of products) store.products.upsert(product);
  });
  const { manifest } = await makeGeneration(indexesDir, products, { sequence: store.changes.last() });
  await activateGeneration(indexesDir, manifest.id);
  const service = await openService({
    dataDir,
    indexesDir,
    modelDir: modelDir ?? path.join(folder, 'no model'),
  });
  const app = await buildApp({ service, webDir, logger: false, ...(limits !== undefined && { limits }) });
  return {
    app,
    store,
    dataDir,
    indexesDir,
    key: (filter, scope = 'search') => makeKey(store, { name: 'test', scope, filter }).token,
    close: async () => {
      store.close();
      await app.close();
      await service.close();
      await rm(folder, { recursive: true });
    },
  };
}
