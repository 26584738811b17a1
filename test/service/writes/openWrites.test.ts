import { expect, it } from 'vitest';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { openService } from '../../../src/service/openService.js';
import type { Service } from '../../../src/service/service.js';
import { emptyFolders } from '../../support/indexedCatalog.js';
import { replaceFlush } from '../../support/replaceFlush.js';

it('answers each kind of write only when it is flushed to the disk', async () => {
  const service = await openService({ ...emptyFolders(), modelDir: packagePaths.model, workers: 1 });
  let begin = () => {};
  let flushed = () => {};
  let flushing = new Promise<void>(() => {});
  await replaceFlush(async (real) => {
    begin();
    await flushing;
    await real();
  });
  const writes: ((writer: Service) => Promise<unknown>)[] = [
    (writer) => writer.upsert([{ id: 'a', title: 'Red mug', price: 12 }]),
    (writer) => writer.merge([{ id: 'a', title: 'Blue mug' }]),
    (writer) => writer.patch('a', { price: 13 }),
    (writer) => writer.remove('a'),
  ];
  for (const write of writes) {
    flushing = new Promise((resolve) => {
      flushed = resolve;
    });
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    let answered = false;
    const answer = write(service).then(() => {
      answered = true;
    });
    await Promise.race([begun, answer]);
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    flushed();
    await answer;
  }
  await service.close();
});
