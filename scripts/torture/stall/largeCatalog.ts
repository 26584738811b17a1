import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import type { Product } from '../../../src/domain/product.js';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { activateGeneration } from '../../../src/index/generation/activateGeneration.js';
import { newGenerationId } from '../../../src/index/generation/generations.js';
import { GenerationWriter } from '../../../src/index/generation/generationWriter.js';
import { openService } from '../../../src/service/openService.js';
import type { Service } from '../../../src/service/service.js';
import { openStore, type Store } from '../../../src/store/open.js';

/** A service over a large catalog that nobody asked yet, with two generations. */
export interface LargeCatalog {
  readonly service: Service;
  /** The generation that does not serve. */
  readonly other: string;
  readonly close: () => Promise<void>;
}

/** Generates this many products without vectors, each with values that no other has. */
export async function openLargeCatalog(count: number, seed: number): Promise<LargeCatalog> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-large-'));
  const [dataDir, indexesDir] = [path.join(folder, 'data'), path.join(folder, 'indexes')];
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const products = generateProducts(count, seed);
    const store = openStore(dataDir);
    store.transaction(() => {
      for (const product of products) store.products.upsert(product);
    });
    const other = await index(store, indexesDir, products);
    await activateGeneration(indexesDir, await index(store, indexesDir, products));
    store.close();
    const service = await openService({ dataDir, indexesDir, modelDir: packagePaths.model, queryDays: 1 });
    const close = async () => {
      await service.close();
      await remove();
    };
    return { service, other, close };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function index(store: Store, indexesDir: string, products: readonly Product[]): Promise<string> {
  const writer = await GenerationWriter.create(indexesDir, {
    id: newGenerationId(),
    sequence: store.changes.last(),
    taxonomyVersion: 'none',
    model: null,
  });
  for (const product of products) writer.add(product, undefined);
  return (await writer.finish()).id;
}

function generateProducts(count: number, seed: number): Product[] {
  const random = seededRandom(seed);
  const one = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const words = Array.from({ length: 20_000 }, (_, n) => wordOf(n));
  // Some words are far more frequent than others.
  const word = (): string => words[Math.floor(words.length * random() ** 3)] ?? '';
  return Array.from({ length: count }, (_, n) => ({
    id: `p-${n}`,
    title: `${one(['Fernhill', 'Linnet', 'Northbay'])} ${word()} ${word()} ${one(THINGS)} without ${word()} ${n}`,
    brand: word(),
    category: `Goods > ${one(THINGS)} > ${word().slice(0, 3)}`,
    description: Array.from({ length: 30 }, word).join(' '),
    price: 5 + Math.floor(random() * 20_000) / 100,
    stock: Math.floor(random() * 100),
    gtin: String(4_000_000_000_000 + n * 17),
    ...(random() < 0.05 && { status: 'draft' }),
    attributes: {
      color: one(['red', 'Red', 'blue', 'green', 'black', 'white']),
      weight: `${(random() * 10).toFixed(2)} kg`,
      length: `${Math.floor(random() * 300)} cm`,
      model: `M-${n.toString(36)}`,
      released: new Date(1.5e12 + n * 1e7).toISOString().slice(0, 10),
      note: `${word()} ${word()} ${word()}`,
    },
  }));
}

const THINGS = ['dress', 'shirt', 'jacket', 'mug', 'lamp', 'kettle', 'drill', 'saw', 'tent', 'rucksack'];

/** A word of letters only, another for each number. */
function wordOf(number: number): string {
  const digits = ((number * 7919) % 1_000_003).toString(26);
  return `w${[...digits].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('')}`;
}
