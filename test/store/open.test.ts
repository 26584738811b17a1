import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('makes its folder, and lets another process read while it writes', () => {
  const folder = path.join(temporaryFolder(), 'deep', 'data');
  const writer = openStore(folder);
  const reader = openStore(folder);
  expect(writer.path).toBe(path.join(folder, 'store.sqlite'));
  const seen = writer.transaction(() => {
    writer.products.upsert({ id: 'a' });
    return reader.products.count();
  });
  expect(seen).toBe(0);
  expect(reader.products.count()).toBe(1);
  writer.close();
  reader.close();
});

it('says which store could not be opened', () => {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => openStore(file)).toThrow(UserError);
  expect(() => openStore(file)).toThrow(/The store .*file.store\.sqlite could not be opened/);
});
