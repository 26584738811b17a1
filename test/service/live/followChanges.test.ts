import fc from 'fast-check';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { eraseProduct, writeProduct } from '../../../src/catalog/writeProduct.js';
import { applyFacts, documentOf } from '../../../src/domain/filledProduct.js';
import { identityText } from '../../../src/domain/identityText.js';
import type { LivePatch, Product } from '../../../src/domain/product.js';
import { vectorKey } from '../../../src/embed/embeddingCache.js';
import type { ModelCard } from '../../../src/embed/model.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { ChangeFollower } from '../../../src/service/live/followChanges.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { factOf } from '../../domain/fact.js';
import { indexOf, overriding } from '../../search/indexOf.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const model: ModelCard = {
  ...{ dir: '/m', name: 'random', revision: 'cafe', dimension: 2, maxTokens: 8 },
  ...{ pooling: 'mean', queryPrefix: '' },
};
const ORIGIN = { taxonomy: 't', model: 'm' };

let store: Store;
beforeEach(() => {
  store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
});

/** An index built before anything was written. */
async function before(): Promise<LiveIndex> {
  const index = await indexOf([], new Map());
  return overriding(index, { generation: { ...index.generation, sequence: store.changes.last() } });
}

const contents = (index: LiveIndex): Product[] =>
  [...index.aliveSet().toArray()]
    .map((ordinal) => index.document(ordinal))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
const expected = (): Product[] =>
  [...store.products.each()].map((product) => documentOf(applyFacts(product, store.facts.get(product.id))));

const id = fc.constantFrom('a', 'b', 'c');
const write = fc.oneof(
  fc.record({
    kind: fc.constant('upsert' as const),
    id,
    title: fc.constantFrom('x', 'y'),
    price: fc.nat(2),
    stock: fc.nat(2),
  }),
  fc.record({ kind: fc.constant('patch' as const), id, price: fc.nat(2), stock: fc.nat(2) }),
  fc.record({ kind: fc.constant('erase' as const), id }),
  fc.record({ kind: fc.constant('follow' as const) }),
);

it('shows the content of the store, whatever was written, in steps of any size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 25 }), async (writes) => {
      const index = await before();
      const follower = new ChangeFollower(index, store, undefined);
      for (const product of store.products.each())
        index.apply({ upserts: [{ product: documentOf(applyFacts(product, [])) }] });
      for (const one of writes) {
        store.transaction(() => {
          if (one.kind === 'upsert')
            writeProduct(store, { id: one.id, title: one.title, price: one.price, stock: one.stock });
          if (one.kind === 'patch') store.products.patch(one.id, { price: one.price, stock: one.stock });
          if (one.kind === 'erase') eraseProduct(store, one.id);
        });
        if (one.kind === 'follow') follower.catchUp([]);
      }
      expect(follower.catchUp([])).toBe(true);
      expect(contents(index)).toEqual(expected());
      expect(follower.sequence).toBe(store.changes.last());
      index.close();
    }),
    { numRuns: 40 },
  );
});

it('applies new products with their facts, and a price change without the rest of the product', async () => {
  const index = await before();
  const follower = new ChangeFollower(index, store, undefined);
  const applied: LivePatch[] = [];
  const watched = overriding(index, {
    apply: (changes) => {
      for (const { fields } of changes.live ?? []) applied.push(fields);
      index.apply(changes);
    },
  });
  store.products.upsert({ id: 'a', title: 'Mug', price: 1 });
  store.facts.replace('a', [factOf('attributes.color', 'Red')], ORIGIN);
  follower.catchUp([]);
  expect(contents(index)).toMatchObject([{ id: 'a', attributes: { color: 'Red' } }]);
  const later = new ChangeFollower(watched, store, undefined);
  later.sequence = follower.sequence;
  store.products.patch('a', { price: 2, availability: 'soon' });
  later.catchUp([]);
  expect(applied).toEqual([{ price: 2, availability: 'soon' }]);
  expect(contents(index)).toEqual(expected());
});

it('uses cached vectors, reports products without one, and applies those again once it is made', async () => {
  const index = await indexOf([{ id: 'old', title: 'old' }], new Map([['old', Float32Array.of(1, 0)]]));
  const follower = new ChangeFollower(
    overriding(index, { generation: { ...index.generation, sequence: 0 } }),
    store,
    model,
  );
  const made = (text: string): void => store.vectors.set(vectorKey(model, text), Float32Array.of(0, 1));
  made('Mug');
  const jug = { id: 'b', title: 'Jug' };
  for (const product of [{ id: 'a', title: 'Mug' }, jug, { id: 'c' }]) store.products.upsert(product);
  const missing: string[] = [];
  follower.catchUp(missing);
  const vectorOf = (name: string) => index.vectorOf(index.ordinalOf(name) ?? -1);
  expect(missing).toEqual(['b']);
  expect([...(vectorOf('a') ?? [])]).toEqual([0, 1]);
  expect(vectorOf('b')).toBeUndefined();
  made(identityText(jug));
  follower.reapply(['b', 'never there']);
  expect([...(vectorOf('b') ?? [])]).toEqual([0, 1]);
  expect(index.live).toBe(4);
});

it('follows a long log in batches', async () => {
  const index = await before();
  const follower = new ChangeFollower(index, store, undefined);
  store.transaction(() => {
    for (let place = 0; place < 1300; place++) store.products.upsert({ id: `p${place}` });
  });
  expect(follower.catchUp([], 600)).toBe(false);
  expect(index.live).toBe(1000);
  expect(follower.catchUp([], 600)).toBe(true);
  expect(index.live).toBe(1300);
});
