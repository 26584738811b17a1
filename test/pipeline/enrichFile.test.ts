import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { silent } from '../../src/domain/progress.js';
import { openSource } from '../../src/formats/source.js';
import { enrichFile } from '../../src/pipeline/enrichFile.js';
import { LazyEmbedder } from '../../src/pipeline/lazyEmbedder.js';
import { places } from '../../src/pipeline/places.js';
import { openStore } from '../../src/store/open.js';
import { smallCatalog } from '../support/smallCatalog.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('learns from another file, adds columns at the end, and keeps every vector it made', async () => {
  const folder = temporaryFolder();
  const taught = ['', ', new', ', washed', ', pleated', ', lined'].flatMap((cut) =>
    smallCatalog().map((row) => ({ ...row, id: row.id + cut, title: row.title + cut })),
  );
  const teacher = path.join(folder, 'teacher.jsonl');
  writeFileSync(teacher, [...taught.map((row) => JSON.stringify(row)), '{"id":"bad","price":-1}'].join('\n'));
  const file = path.join(folder, 'in.csv');
  writeFileSync(
    file,
    'id,title,category,price\n1,red dress for women,,5\n2,blue coat for women,Clothing > Coat,x\n3,"",,1\n',
  );
  const store = openStore(path.join(folder, 'data'));
  const out = path.join(folder, 'out.csv');
  const quarantine = path.join(folder, 'bad.jsonl');
  const run = async () => {
    const embedder = new LazyEmbedder(places.model, store, 1);
    const report = await enrichFile({
      source: await openSource(file),
      learnFrom: await openSource(teacher),
      out,
      taxonomy: undefined,
      store,
      embedder,
      quarantine,
      progress: silent,
    });
    await embedder.close();
    return { report, embedded: embedder.embedded };
  };
  const first = await run();
  expect(first.report).toMatchObject({ rows: 3, quarantined: 1, untaught: 1 });
  expect(first.report.fields).toMatchObject({
    category: { blank: 2 },
    'attributes.color': { blank: 2, applied: 1 },
  });
  const [header, red, blue, bare] = readFileSync(out, 'utf8').split('\n');
  expect(header).toBe('id,title,category,price,color');
  expect(red).toMatch(/^1,red dress for women,.*,5,Red$/);
  expect(blue).toMatch(/^2,blue coat for women,Clothing > Coat,x,/);
  expect(bare).toMatch(/^3,.*,1,$/);
  expect(readFileSync(quarantine, 'utf8')).toMatch(/"line":3,"field":"price"/);
  expect(first.embedded).toBeGreaterThan(48);
  expect((await run()).embedded).toBe(0);
  expect(existsSync(path.join(folder, 'out.facts.csv'))).toBe(true);
  store.close();
});
