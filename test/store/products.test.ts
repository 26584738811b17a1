import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('products of the store', () => {
  it('reports whether an upsert changed the content or only live fields', () => {
    const store = openStore(temporaryFolder());
    const shirt: Product = { id: '1', title: 'Linen shirt', price: 20, attributes: { price: 'low' } };
    expect(store.products.upsert(shirt)).toBe('inserted');
    expect(
      store.products.upsert({ attributes: { price: 'low' }, price: 20, title: 'Linen shirt', id: '1' }),
    ).toBe('unchanged');
    expect(store.products.upsert({ ...shirt, price: 25, stock: 3 })).toBe('live');
    expect(store.products.upsert({ ...shirt, title: 'Linen blouse' })).toBe('content');
    expect(store.products.upsert({ ...shirt, title: 'Linen blouse', attributes: { price: 'high' } })).toBe(
      'content',
    );
    expect(store.changes.since(0).map(({ kind }) => kind)).toEqual(['content', 'live', 'content', 'content']);
    store.close();
  });

  it('keeps markup, and yields products as people read them', () => {
    const store = openStore(temporaryFolder());
    const cup = { id: '1', title: 'Cup &amp; saucer', description: '<p>Bone china</p>' };
    store.products.upsert(cup);
    const read = { id: '1', title: 'Cup & saucer', description: 'Bone china' };
    expect(store.products.get('1')).toEqual(read);
    expect([...store.products.each()]).toEqual([read]);
    expect(store.products.original('1')).toEqual(cup);
    expect(store.products.upsert(cup)).toBe('unchanged');
    expect(store.products.patch('1', { price: 3 })).toEqual({ ...cup, price: 3 });
    expect(store.products.original('1')).toEqual({ ...cup, price: 3 });
    store.close();
  });

  it('patches live fields of a known product only', () => {
    const store = openStore(temporaryFolder());
    store.products.upsert({ id: 'a', title: 'Mug', price: 4 });
    expect(store.products.patch('a', { price: 5 })).toEqual({ id: 'a', title: 'Mug', price: 5 });
    expect(store.products.patch('b', { price: 5 })).toBeUndefined();
    expect(store.products.get('a')?.price).toBe(5);
    store.close();
  });

  it('yields every product once, in id order, also while others are written', () => {
    const store = openStore(temporaryFolder());
    for (const id of ['b', 'a', 'd', 'c']) store.products.upsert({ id });
    const met: string[] = [];
    for (const { id } of store.products.each(2)) {
      met.push(id);
      if (id === 'b') store.products.upsert({ id: 'cc' });
    }
    expect(met).toEqual(['a', 'b', 'c', 'cc', 'd']);
    expect([...store.products.eachId(1)]).toEqual(met);
    store.close();
  });

  it('behaves like a plain Map, and logs every change in order', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const write = fc.oneof(
      fc.record({
        kind: fc.constant('upsert' as const),
        id,
        title: fc.constantFrom('x', 'y'),
        price: fc.nat(2),
      }),
      fc.record({ kind: fc.constant('patch' as const), id, price: fc.nat(2) }),
      fc.record({ kind: fc.constant('delete' as const), id }),
    );
    const folder = temporaryFolder();
    let run = 0;
    fc.assert(
      fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
        const store = openStore(`${folder}/${run++}`);
        const model = new Map<string, Product>();
        const logged: string[] = [];
        for (const one of writes) {
          const before = JSON.stringify(model.get(one.id));
          if (one.kind === 'upsert') {
            const product = { id: one.id, title: one.title, price: one.price };
            store.products.upsert(product);
            model.set(one.id, product);
          } else if (one.kind === 'patch') {
            store.products.patch(one.id, { price: one.price });
            const known = model.get(one.id);
            if (known !== undefined) model.set(one.id, { ...known, price: one.price });
          } else {
            store.products.delete(one.id);
            model.delete(one.id);
          }
          const patched = one.kind === 'patch' && before !== undefined;
          if (patched || before !== JSON.stringify(model.get(one.id))) logged.push(one.id);
        }
        expect([...store.products.each()]).toEqual(
          [...model.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
        );
        expect(store.changes.since(0).map((change) => change.id)).toEqual(logged);
        expect(store.changes.last()).toBe(logged.length);
        store.close();
      }),
      { numRuns: 40 },
    );
  });

  it('keeps everything of a transaction that returned and nothing of one that threw', () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    store.transaction(() => store.products.upsert({ id: 'kept' }));
    expect(() =>
      store.transaction(() => {
        store.products.upsert({ id: 'lost' });
        throw new Error('stop');
      }),
    ).toThrow('stop');
    store.close();
    const again = openStore(folder);
    expect([...again.products.eachId()]).toEqual(['kept']);
    again.close();
  });
});

it('logs a removed live field as a change of content, so that followers replace the product', () => {
  const store = openStore(temporaryFolder());
  store.products.upsert({ id: 'a', title: 'Mug', price: 4 });
  expect(store.products.upsert({ id: 'a', title: 'Mug' })).toBe('live');
  expect(store.products.upsert({ id: 'a', title: 'Mug', price: 5 })).toBe('live');
  expect(store.changes.since(1).map(({ kind }) => kind)).toEqual(['content', 'live']);
  store.close();
});
