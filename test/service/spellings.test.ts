import { expect, it, onTestFinished } from 'vitest';
import { openSpellings } from '../../src/service/spellings.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('answers a change, and its undoing, only when the live index has it', async () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  store.transaction(() => {
    for (let i = 0; i < 3; i++) store.products.upsert({ id: `r${i}`, attributes: { color: 'Red' } });
    store.products.upsert({ id: 'odd', attributes: { color: 'RED ' } });
  });
  let shown = 0;
  const spellings = openSpellings(store, async () => {
    await new Promise(setImmediate);
    shown = store.changes.last();
  });
  const choice = { fields: undefined, kinds: ['spelling'] as const };
  const { run } = await spellings.apply({ ...choice, preview: false, by: 'test' });
  expect(store.products.get('odd')?.attributes).toEqual({ color: 'Red' });
  expect(shown).toBe(store.changes.last());
  await spellings.undo(run ?? 0);
  expect(store.products.original('odd')?.attributes).toEqual({ color: 'RED ' });
  expect(shown).toBe(store.changes.last());
});
