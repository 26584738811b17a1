import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openStore, type Store } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { serving } from './serving.js';

interface Page {
  readonly changes: readonly { readonly sequence: number; readonly id: string; readonly kind: string }[];
  readonly next: number;
  readonly more: boolean;
}

async function appOver(store: Store) {
  const app = await serving({
    changesSince: (sequence, limit) => ({
      changes: store.changes.since(sequence, limit),
      last: store.changes.last(),
    }),
  });
  return async (query: string): Promise<Page> => (await app.inject({ url: `/v1/changes?${query}` })).json();
}

function storeWith(ids: readonly string[]): Store {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  for (const id of ids) store.products.upsert({ id, title: `Mug ${id}`, price: 1 });
  return store;
}

test('lists what was written, in order, and says where to go on', async () => {
  const store = storeWith(['a', 'b']);
  const changes = await appOver(store);
  const first = await changes('');
  expect(first.changes.map(({ id, kind }) => [id, kind])).toEqual([
    ['a', 'content'],
    ['b', 'content'],
  ]);
  expect(first.more).toBe(false);
  store.products.patch('a', { price: 2 });
  store.products.delete('b');
  const second = await changes(`since=${first.next}`);
  expect(second.changes.map(({ id, kind }) => [id, kind])).toEqual([
    ['a', 'live'],
    ['b', 'delete'],
  ]);
  expect(await changes(`since=${second.next}`)).toEqual({ changes: [], next: second.next, more: false });
});

test('following page by page gives every change once, whatever the page size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (ids, limit) => {
        const store = openStore(temporaryFolder());
        for (const [i, id] of ids.entries()) store.products.upsert({ id, title: `${i}` });
        const changes = await appOver(store);
        const followed: string[] = [];
        let page: Page = { changes: [], next: 0, more: true };
        while (page.more) {
          page = await changes(`since=${page.next}&limit=${limit}`);
          followed.push(...page.changes.map(({ id }) => id));
        }
        expect(followed).toEqual(ids);
        store.close();
      },
    ),
    { numRuns: 10 },
  );
});

test('a number beyond the last change is refused: the client has to read the catalog again', async () => {
  const changes = await appOver(storeWith(['a']));
  expect(await changes('since=99')).toMatchObject({
    status: 409,
    detail: expect.stringMatching(/^since: found 99, but the last change is 1/),
  });
  expect(await changes('since=-1')).toMatchObject({ status: 400 });
  expect(await changes('limit=0')).toMatchObject({ status: 400 });
});
