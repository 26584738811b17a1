import { expect, it } from 'vitest';
import type { AlertState } from '../../src/store/alerts.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('keeps the state of an alert over a restart, and marks exactly that state as posted', () => {
  const folder = temporaryFolder();
  let store = openStore(folder);
  const raised: AlertState = {
    name: 'drift',
    state: 'raised',
    since: '2026-11-21T12:00:00.000Z',
    value: 0.4,
    threshold: 0.22,
    posted: false,
  };
  store.alerts.set(raised);
  store.alerts.set({ ...raised, name: 'delta' });
  store.alerts.markPosted(raised);
  store.close();
  store = openStore(folder);
  expect(store.alerts.list()).toEqual([
    { ...raised, name: 'delta' },
    { ...raised, posted: true },
  ]);
  const cleared: AlertState = { ...raised, state: 'cleared', since: '2026-11-22T12:00:00.000Z' };
  store.alerts.set(cleared);
  store.alerts.markPosted(raised);
  expect(store.alerts.list()).toContainEqual(cleared);
  store.close();
});
