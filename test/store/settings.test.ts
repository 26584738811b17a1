import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('keeps one value per name over restarts', () => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  expect(store.settings.get('taxonomy')).toBeUndefined();
  store.settings.set('taxonomy', { version: 1 });
  store.settings.set('taxonomy', { version: 2, list: [null, 'x'] });
  store.settings.set('other', '');
  store.close();
  const again = openStore(folder);
  expect(again.settings.get('taxonomy')).toEqual({ version: 2, list: [null, 'x'] });
  expect(again.settings.get('other')).toBe('');
  again.close();
});
