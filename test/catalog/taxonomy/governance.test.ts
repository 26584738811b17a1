import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ScopeOptions } from '../../../src/catalog/enrich/enrichScope.js';
import { reindex } from '../../../src/catalog/reindex/reindex.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import type { Product } from '../../../src/domain/product.js';
import { silent } from '../../../src/domain/progress.js';
import { openReview } from '../../../src/service/review/review.js';
import { openStore } from '../../../src/store/open.js';
import { SharedVectors } from '../../support/sharedVectors.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const COLOR = 'attributes.color';
const SHADES = ['Red', 'Blue', 'Green', 'Black'];

/** Mugs and lamps with their colour in the title; a third of them lack the colour attribute. */
function rows(): Product[] {
  return ['Mug', 'Lamp'].flatMap((noun) =>
    Array.from({ length: 90 }, (_, n): Product => {
      const color = SHADES[n % SHADES.length] ?? '';
      const bare = {
        id: `${noun}-${n}`,
        title: `${color} ${noun} ${String.fromCharCode(97 + (n % 26))}${n}`,
        category: `Home > ${noun}s`,
      };
      return n % 3 === 2 ? bare : { ...bare, attributes: { color } };
    }),
  );
}

const vectors = new SharedVectors();

function bench() {
  const folder = temporaryFolder();
  const data = path.join(folder, 'data');
  const store = openStore(data);
  onTestFinished(() => store.close());
  vectors.share(store);
  store.transaction(() => {
    for (const product of rows()) store.products.upsert(product);
  });
  const run = (scope: ScopeOptions = {}) =>
    reindex({
      ...{ store, scope, indexesDir: path.join(folder, 'indexes'), modelDir: packagePaths.model },
      ...{ taxonomy: undefined, enrich: true, allowShrink: false, progress: silent },
    });
  /** Ids with a colour of the enricher with this status, by noun. */
  const coloured = (noun: string, status: string): string[] =>
    rows()
      .map(({ id }) => id)
      .filter((id) => id.startsWith(noun))
      .filter((id) =>
        store.facts
          .get(id)
          .some((fact) => fact.field === COLOR && fact.status === status && fact.source === 'model'),
      );
  const decide = (action: 'accept' | 'reject', ids: readonly string[]) =>
    openReview(store).decide({
      by: 'Dana',
      decisions: ids.map((product) => ({
        action,
        value: undefined,
        about: { product, field: COLOR, shown: undefined },
      })),
    });
  return { data, store, run, coloured, decide };
}

it('stops applying values where they are rejected and nowhere else, and resumes after acceptances', async () => {
  const { run, coloured, decide } = bench();
  await run();
  expect([coloured('Mug', 'applied').length, coloured('Lamp', 'applied').length]).toEqual([30, 30]);
  await decide('reject', coloured('Mug', 'applied').slice(0, 8));
  await run();
  expect(coloured('Mug', 'applied')).toEqual([]);
  expect(coloured('Mug', 'suggested').length).toBeGreaterThanOrEqual(22);
  expect(coloured('Lamp', 'applied')).toHaveLength(30);
});

it('requires the precision of the policy for a category, and less where the file says so', async () => {
  const { data, run, coloured } = bench();
  writeFileSync(path.join(data, 'policy.yaml'), 'categories:\n  Home > Mugs: 0.999\n');
  await run();
  expect(coloured('Mug', 'applied')).toEqual([]);
  expect(coloured('Lamp', 'applied')).toHaveLength(30);
  writeFileSync(path.join(data, 'policy.yaml'), 'default: 0.95\n');
  await run();
  expect(coloured('Mug', 'applied')).toHaveLength(30);
});

it('suggests the next best for a rejected value, and never the same again', async () => {
  const { store, run, coloured, decide } = bench();
  store.products.upsert({ id: 'Mug-two', title: 'Green and Blue Mug, two tone', category: 'Home > Mugs' });
  await run();
  const first = store.facts.inFieldOf('Mug-two', COLOR)[0]?.value;
  expect(['Green', 'Blue']).toContain(first);
  await decide('reject', ['Mug-two']);
  await run();
  const now = store.facts.inFieldOf('Mug-two', COLOR);
  const other = first === 'Green' ? 'Blue' : 'Green';
  expect(now.find(({ value }) => value === first)).toMatchObject({ status: 'rejected' });
  expect(now.find(({ value }) => value === other)).toMatchObject({ status: 'suggested', source: 'model' });
  expect(coloured('Lamp', 'applied')).toHaveLength(30);
});

it('fills only the fields and products of its scope, keeps other facts, and the next full run fills the rest', async () => {
  const { store, run, coloured } = bench();
  await run({ where: "category = 'Home > Mugs'" });
  expect([coloured('Mug', 'applied').length, coloured('Lamp', 'applied').length]).toEqual([30, 0]);
  const mugs = coloured('Mug', 'applied').map((id) => store.facts.get(id));
  await run({ fields: ['category'] });
  expect(coloured('Mug', 'applied').map((id) => store.facts.get(id))).toEqual(mugs);
  expect(coloured('Lamp', 'applied')).toEqual([]);
  await run();
  expect(coloured('Lamp', 'applied')).toHaveLength(30);
  await expect(run({ fields: ['colr'] })).rejects.toThrow('--fields: the taxonomy');
  await expect(run({ where: "colr = 'Red'" })).rejects.toThrow("--where: no row has the field 'colr'");
});
