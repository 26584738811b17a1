import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { enrichCatalog } from '../../../src/catalog/enrich/enrichCatalog.js';
import { enrichFile } from '../../../src/catalog/enrich/enrichFile.js';
import { LazyEmbedder } from '../../../src/catalog/lazyEmbedder.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { factsOf } from '../../../src/domain/filledProduct.js';
import type { Product } from '../../../src/domain/product.js';
import { type Progress, silent } from '../../../src/domain/progress.js';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { openSource } from '../../../src/formats/source.js';
import { openReview } from '../../../src/service/review/review.js';
import type { Decision } from '../../../src/service/review/reviewRequests.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { SharedVectors } from '../../support/sharedVectors.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const GARMENTS = ['dress', 'shirt', 'jacket', 'skirt', 'jumper', 'coat', 'scarf', 'hat'];
const COLOURS = ['red', 'blue', 'green', 'black', 'white', 'brown'];
const WORDS = ['soft', 'classic', 'light', 'warm'];

/** 192 garments; seven in ten have a category, as many a colour, and some of those are wrong. */
function garments(): Product[] {
  const random = seededRandom(7);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  return Array.from({ length: 192 }, (_, place) => {
    const garment = GARMENTS[place % GARMENTS.length] ?? '';
    const colour = COLOURS[Math.floor(place / GARMENTS.length) % COLOURS.length] ?? '';
    const kind = random() < 0.01 ? pick(GARMENTS) : garment;
    return {
      id: `g${place}`,
      title: `${pick(WORDS)} ${colour} ${random() < 0.2 ? 'garment' : garment}`,
      ...(random() < 0.7 && { category: `Clothing > ${kind}` }),
      ...(random() < 0.7 && { attributes: { color: random() < 0.01 ? pick(COLOURS) : colour } }),
    };
  });
}

const vectors = new SharedVectors();

interface Shop {
  readonly store: Store;
  readonly folder: string;
  run(progress?: Progress, options?: { allowUnapply?: boolean }): ReturnType<typeof enrichCatalog>;
}

function openShop(products: readonly Product[] = garments()): Shop {
  const folder = temporaryFolder();
  const store = openStore(path.join(folder, 'data'));
  onTestFinished(() => store.close());
  vectors.share(store);
  store.transaction(() => {
    for (const product of products) store.products.upsert(product);
  });
  return {
    store,
    folder,
    run: (progress = silent, options = {}) =>
      enrichCatalog({
        ...{ store, indexesDir: path.join(folder, 'indexes'), modelDir: packagePaths.model, scope: {} },
        ...{ progress, ...options },
      }),
  };
}

const isShown = ({ status }: { status: string }): boolean => status === 'applied' || status === 'suggested';
/** Every fact that is shown, by product and field. */
const shown = (store: Store): Map<string, string> =>
  new Map(
    [...store.products.eachId()].flatMap((id) =>
      store.facts
        .get(id)
        .filter(isShown)
        .map(({ field, value, status, source }) => [
          `${id} ${field}`,
          JSON.stringify([value, status, source]),
        ]),
    ),
  );
const applied = (store: Store): string[] =>
  [...shown(store)].filter(([, fact]) => fact.includes('"applied"')).map(([cell]) => cell);
const open = (store: Store): { product: string; field: string }[] =>
  ['category', 'attributes.color'].flatMap((field) =>
    store.suggestions.products({ field }).map((product) => ({ product, field })),
  );
const decide = (store: Store, decisions: Decision[]) => openReview(store).decide({ decisions, by: 'Dana' });
const about = ({ product, field }: { product: string; field: string }) => ({
  product,
  field,
  shown: undefined,
});

it('a few decisions change the cells that they are about and no others, and an undo restores them', async () => {
  const { store, run } = openShop();
  await run();
  const before = shown(store);
  const [accepted, corrected, rejected] = open(store);
  if (accepted === undefined || corrected === undefined || rejected === undefined)
    throw new Error('none open');
  const changedCells = (): string[] => {
    const now = shown(store);
    return [...new Set([...before.keys(), ...now.keys()])].filter(
      (cell) => before.get(cell) !== now.get(cell),
    );
  };
  const cells = [accepted, corrected, rejected].map(({ product, field }) => `${product} ${field}`);
  const value = corrected.field === 'category' ? 'Clothing > hat' : 'brown';
  await decide(store, [
    { action: 'accept', value: undefined, about: about(accepted) },
    { action: 'correct', value, about: about(corrected) },
    { action: 'reject', value: undefined, about: about(rejected) },
  ]);
  const steps = new Set<string>();
  const report = await run((step) => steps.add(step));
  expect(steps).not.toContain('learn');
  expect(report.became_unapplied).toEqual({});
  // An accepted category lets attributes apply that waited for it.
  const touched = new Set([accepted.product, corrected.product, rejected.product]);
  for (const cell of changedCells()) expect(touched).toContain(cell.slice(0, cell.indexOf(' ')));
  expect(changedCells()).toEqual(expect.arrayContaining(cells.slice(0, 2)));
  await decide(
    store,
    [1, 2, 3].map((decision) => ({ action: 'undo', decision })),
  );
  await run();
  expect(changedCells()).toEqual([]);
});

const cellOf = (cell: string): { product: string; field: string } => ({
  product: cell.slice(0, cell.indexOf(' ')),
  field: cell.slice(cell.indexOf(' ') + 1),
});

it('accepted values, enough to learn again, turn no applied value back into a suggestion', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      const { store, run } = openShop();
      await run();
      const before = applied(store);
      expect(before.length).toBeGreaterThan(30);
      const chosen = [...open(store), ...before.map(cellOf)].filter(() => random() < 0.5).slice(0, 40);
      expect(chosen.length).toBeGreaterThanOrEqual(20);
      await decide(
        store,
        chosen.map((cell) => ({ action: 'accept', value: undefined, about: about(cell) })),
      );
      const steps = new Set<string>();
      const report = await run((step) => steps.add(step));
      expect(steps).toContain('learn');
      expect(report.became_unapplied).toEqual({});
      expect(applied(store)).toEqual(expect.arrayContaining(before));
    }),
    { numRuns: 2 },
  );
});

it('refuses a policy that would take most applied values away, and follows it with leave', async () => {
  const { store, folder, run } = openShop();
  await run();
  const before = shown(store);
  const count = applied(store).filter((cell) => cell.endsWith(' category')).length;
  expect(count).toBeGreaterThan(20);
  writeFileSync(path.join(folder, 'data', 'policy.yaml'), 'default: 0.999\n');
  await expect(run()).rejects.toThrow(
    new RegExp(`${count} of ${count} values of category.*nothing was changed`),
  );
  expect(shown(store)).toEqual(before);
  const { became_unapplied, waiting } = await run(silent, { allowUnapply: true });
  expect(became_unapplied).toMatchObject({ category: count });
  expect(applied(store)).toEqual([]);
  expect(waiting.find(({ field }) => field === 'category')?.missing).toBeGreaterThan(100);
  // The same again has nothing to take away.
  await expect(run()).resolves.toMatchObject({ products: 0 });
});

it('a file and a store with the same rows in another order get the same values', async () => {
  const products = garments();
  const { store, run } = openShop(products);
  await run();
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder, name);
  writeFileSync(
    at('in.jsonl'),
    products
      .toReversed()
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
  const other = openStore(at('data'));
  onTestFinished(() => other.close());
  vectors.share(other);
  const embedder = new LazyEmbedder(packagePaths.model, other);
  onTestFinished(() => embedder.close());
  await enrichFile({
    ...{ source: await openSource(at('in.jsonl')), learnFrom: undefined, out: at('out.jsonl') },
    ...{ taxonomy: undefined, describe: false, store: other, embedder, progress: silent },
    quarantine: at('quarantine.jsonl'),
  });
  const written = new Map(
    readFileSync(at('out.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => z.looseObject({ id: z.string() }).parse(JSON.parse(line)))
      .flatMap((row) =>
        factsOf(row).map(({ field, value, status, confidence }) => [
          `${row.id} ${field}`,
          { value, status, confidence },
        ]),
      ),
  );
  const stored = new Map(
    [...store.products.eachId()].flatMap((id) =>
      store.facts
        .get(id)
        .filter(isShown)
        .map(({ field, value, status, confidence }) => [`${id} ${field}`, { value, status, confidence }]),
    ),
  );
  expect(stored.size).toBeGreaterThan(60);
  expect(written).toEqual(stored);
});
