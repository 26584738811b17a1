import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('numbers every change in order, and knows the last that was not of live fields alone', () => {
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
