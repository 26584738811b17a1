import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('numbers changes in order, and finds the last one beyond live fields', () => {
  const store = openStore(temporaryFolder());
  const { changes, products } = store;
  expect([changes.last(), changes.lastContent(), changes.since(0)]).toEqual([0, 0, []]);
  products.upsert({ id: 'a', title: 'Mug' });
  products.upsert({ id: 'b', title: 'Jug' });
  products.patch('a', { price: 1 });
  expect([changes.last(), changes.lastContent()]).toEqual([3, 2]);
  products.delete('b');
  products.delete('b');
  products.patch('a', { stock: 1 });
  expect([changes.last(), changes.lastContent()]).toEqual([5, 4]);
  expect(changes.since(1, 3)).toEqual([
    { sequence: 2, id: 'b', kind: 'content' },
    { sequence: 3, id: 'a', kind: 'live' },
    { sequence: 4, id: 'b', kind: 'delete' },
  ]);
  expect([...changes.writtenSince(3)].sort()).toEqual(
    [
      ...new Set(
        changes
          .since(3)
          .filter(({ kind }) => kind !== 'live')
          .map(({ id }) => id),
      ),
    ].sort(),
  );
  expect(changes.writtenSince(4)).toEqual(new Set());
  expect(changes.since(4)).toEqual([{ sequence: 5, id: 'a', kind: 'live' }]);
  store.close();
});

it('counts products changed beyond live fields, and finds the product of a change', () => {
  const store = openStore(temporaryFolder());
  store.products.upsert({ id: 'a', title: 'Mug', price: 1 });
  store.products.upsert({ id: 'b', title: 'Pan' });
  store.products.upsert({ id: 'c', title: 'Jug' });
  const from = store.changes.last();
  store.products.patch('a', { price: 2 });
  store.products.upsert({ id: 'b', title: 'Pans' });
  store.products.upsert({ id: 'b', title: 'Pots' });
  store.products.delete('a');
  store.products.patch('c', { price: 3 });
  expect(store.changes.countSince(from)).toBe(2);
  expect(store.changes.countSince(store.changes.last())).toBe(0);
  const about = [1, 2, 3, 4].map((step) => store.changes.contentAt(from + step));
  expect(about).toEqual([undefined, 'b', 'b', undefined]);
  store.close();
});
