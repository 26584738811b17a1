import { expect, it } from 'vitest';
import type { AlertState } from '../../src/store/alerts.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('keeps an alert as it stands, also for the next start, and what was told of just that', () => {
  const folder = temporaryFolder();
  let store = openStore(folder);
  const raised: AlertState = {
    name: 'drift',
    state: 'raised',
    since: '2026-11-21T12:00:00.000Z',
    value: 0.4,
    threshold: 0.22,
    told: false,
  };
  store.alerts.set(raised);
  store.alerts.set({ ...raised, name: 'delta' });
  store.alerts.setTold(raised);
  store.close();
  store = openStore(folder);
  expect(store.alerts.list()).toEqual([
    { ...raised, name: 'delta' },
    { ...raised, told: true },
  ]);
  const cleared: AlertState = { ...raised, state: 'cleared', since: '2026-11-22T12:00:00.000Z' };
  store.alerts.set(cleared);
  store.alerts.setTold(raised);
  expect(store.alerts.list()).toContainEqual(cleared);
  store.close();
});
