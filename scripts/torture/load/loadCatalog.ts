import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Product } from '../../../src/domain/product.js';
import { openStore } from '../../../src/store/open.js';
import { runCommand } from '../../bench/runCommand.js';

/** An indexed catalog in a temporary folder. */
export interface LoadCatalog {
  readonly dataDir: string;
  readonly indexesDir: string;
  /** Its products before the test. */
  readonly products: readonly Product[];
  readonly remove: () => Promise<void>;
}

/** A folder with `data` and `indexes` to use (as a copy) instead of a generated catalog. */
const GIVEN = process.env.SHELFWRIGHT_TORTURE_SHOP;

const THINGS = ['dress', 'shirt', 'jacket', 'mug', 'lamp', 'kettle', 'drill', 'saw', 'tent', 'rucksack'];
const COLOURS = ['red', 'blue', 'green', 'black', 'white', 'grey', 'amber', 'teal'];
const STUFFS = ['linen', 'cotton', 'steel', 'oak', 'glass', 'wool', 'nylon', 'copper'];
const USES = ['for travel', 'for the kitchen', 'for women', 'for men', 'for children', 'for the garden', ''];
const BRANDS = ['Fernhill', 'Linnet', 'Northbay', 'Halden', 'Quarry & Co', 'Mossgate'];

/** A copy of the catalog that SHELFWRIGHT_TORTURE_SHOP names, otherwise one of `count` generated products. */
export async function makeLoadCatalog(count: number, random: () => number): Promise<LoadCatalog> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-load-'));
  const dataDir = path.join(folder, 'data');
  const indexesDir = path.join(folder, 'indexes');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    if (GIVEN !== undefined) {
      await cp(path.join(GIVEN, 'data'), dataDir, { recursive: true });
      await cp(path.join(GIVEN, 'indexes'), indexesDir, { recursive: true });
    } else {
      const file = path.join(folder, 'catalog.jsonl');
      const rows = Array.from({ length: count }, (_, index) => generateProduct(`p-${index}`, random));
      await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      const where = ['--data', dataDir, '--indexes', indexesDir];
      await runCommand(['import', file, ...where]);
      await runCommand(['reindex', '--no-enrich', ...where]);
    }
    const store = openStore(dataDir);
    const products = [...store.products.each()];
    store.close();
    return { dataDir, indexesDir, products, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Generates a product with one of a few thousand titles and a model number; a third have no category. */
export function generateProduct(id: string, random: () => number): Product {
  const one = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  const thing = one(THINGS);
  const colour = one(COLOURS);
  const number = Math.floor(random() * 10_000);
  const title = `${one(BRANDS)} ${colour} ${one(STUFFS)} ${thing} ${one(USES)} ${number}`.replace(/ +/g, ' ');
  const bare = { id, title, brand: one(BRANDS), price: 5 + Math.floor(random() * 200), stock: 3 };
  if (random() < 1 / 3) return bare;
  return { ...bare, category: `Goods > ${thing}`, attributes: { color: colour } };
}
