import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { enricherFile } from '../../../src/catalog/enrich/savedEnricher.js';
import { reindex } from '../../../src/catalog/reindex/reindex.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { type Progress, silent } from '../../../src/domain/progress.js';
import { readEnricher } from '../../../src/enrich/persistence/loadEnricher.js';
import { openReview } from '../../../src/service/review/review.js';
import type { Verdict } from '../../../src/service/review/reviewRequests.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { SharedVectors } from '../../support/sharedVectors.js';
import { smallCatalog } from '../../support/smallCatalog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const CATEGORY = 'category';
const NONE = { products: 0, applied: 0, suggested: 0, became_applied: {}, became_unapplied: {} };

const vectors = new SharedVectors();

function bench() {
  const folder = temporaryFolder();
  const open = (): Store => {
    const store = openStore(path.join(folder, 'data'));
    onTestFinished(() => store.close());
    return store;
  };
  const store = open();
  vectors.share(store);
  store.transaction(() => {
    for (const product of smallCatalog()) store.products.upsert(product);
  });
  const run = (progress: Progress = silent) =>
    reindex({
      store,
      indexesDir: path.join(folder, 'indexes'),
      modelDir: packagePaths.model,
      taxonomy: undefined,
      enrich: true,
      allowShrink: false,
      progress,
    });
  return { store, open, run };
}

const verdict = (product: string, action: Verdict['action'], value?: string): Verdict => ({
  action,
  value,
  about: { product, field: CATEGORY, shown: undefined },
});

const suggested = (store: Store): string[] =>
  store.suggestions.products({ field: CATEGORY }).sort((a, b) => (a < b ? -1 : 1));

it('respects decisions: no value is suggested again or overwritten', async () => {
  const { store, run } = bench();
  await run();
  const [rejected = '', accepted = '', corrected = ''] = suggested(store);
  const was = store.facts.inFieldOf(rejected, CATEGORY)[0]?.value;
  await openReview(store).decide({
    decisions: [
      verdict(rejected, 'reject'),
      verdict(accepted, 'accept'),
      verdict(corrected, 'correct', 'Children > Coat'),
    ],
    by: 'Dana',
  });
  const steps = new Set<string>();
  const decided = [rejected, accepted, corrected].map((id) => store.facts.inFieldOf(id, CATEGORY));
  await run((step) => steps.add(step));
  // Three decisions are too few to learn again.
  expect(steps).not.toContain('learn');
  for (const [place, id] of [rejected, accepted, corrected].entries()) {
    const now = store.facts.inFieldOf(id, CATEGORY).filter(({ decision }) => decision !== null);
    expect(now).toEqual(decided[place]);
  }
  const again = store.facts.inFieldOf(rejected, CATEGORY).filter(({ value }) => value === was);
  expect(again.map(({ status }) => status)).toEqual(['rejected']);
  expect(suggested(store)).not.toContain(accepted);
  steps.clear();
  await run((step) => steps.add(step));
  expect(steps).not.toContain('learn');
});

it('keeps decisions that another process makes while it runs', async () => {
  const { store, open, run } = bench();
  await run();
  const [rejected = '', accepted = ''] = suggested(store);
  const value = store.facts.inFieldOf(rejected, CATEGORY)[0]?.value;
  store.products.upsert({ id: 'more', title: 'red dress for women', category: 'Clothing > Dress' });
  const elsewhere = open();
  let meanwhile: Promise<unknown> | undefined;
  await run((step) => {
    if (step !== 'learn' || meanwhile !== undefined) return;
    meanwhile = openReview(elsewhere).decide({
      decisions: [verdict(rejected, 'reject'), verdict(accepted, 'correct', 'Children > Coat')],
      by: 'Dana',
    });
  });
  await meanwhile;
  expect(store.facts.inFieldOf(rejected, CATEGORY).filter((fact) => fact.value === value)).toMatchObject([
    { status: 'rejected', decision: 1 },
  ]);
  expect(store.facts.reviewed(accepted)).toMatchObject([{ value: 'Children > Coat', decision: 2 }]);
  expect(
    store.facts.get(accepted).filter(({ status }) => status === 'suggested' || status === 'applied'),
  ).toEqual(expect.arrayContaining([expect.objectContaining({ source: 'reviewer' })]));
  const steps = new Set<string>();
  await run((step) => steps.add(step));
  expect(steps).toContain('enrich');
});

it('learns from decisions as from the merchant’s own values', async () => {
  const { store, run } = bench();
  await run();
  const color = 'attributes.color';
  const [accepted = '', corrected = '', rejected = '', open = ''] = store.suggestions.products({
    field: color,
  });
  const about = (product: string) => ({ product, field: color, shown: undefined });
  await openReview(store).decide({
    decisions: [
      { action: 'accept', value: undefined, about: about(accepted) },
      { action: 'correct', value: 'Green', about: about(corrected) },
      { action: 'reject', value: undefined, about: about(rejected) },
      ...suggested(store).map((id) => verdict(id, 'accept')),
      ...store.suggestions
        .products({ field: color })
        .filter((id) => ![accepted, corrected, rejected, open].includes(id))
        .map((id) => ({ action: 'accept' as const, value: undefined, about: about(id) })),
    ],
    by: 'Dana',
  });
  const steps = new Set<string>();
  await run((step) => steps.add(step));
  expect(steps).toContain('learn');
  const file = enricherFile(store);
  const { rows } = readEnricher(readFileSync(file), file).knowledge.neighbours;
  const remembered = (id: string) => rows.find((row) => row.id === id)?.values.get('color');
  expect(remembered(accepted)).toBe(store.facts.reviewed(accepted)[0]?.value);
  expect(remembered(corrected)).toBe('Green');
  expect([rejected, open].map(remembered)).toEqual([undefined, undefined]);
});

it('resumes after an interruption with what it had learned, to the same facts and counts', async () => {
  const { store, run } = bench();
  await run();
  const ids = [...store.products.eachId()];
  const facts = () => ids.map((id) => store.facts.get(id));
  const whole = facts();
  store.settings.set('enriched', null);
  await expect(
    run((step, done) => {
      if (step === 'enrich' && done > 0) throw new Error('killed');
    }),
  ).rejects.toThrow('killed');
  // As if killed after the first twenty products.
  const standing = z.looseObject({ after: z.string() }).parse(store.settings.get('enriching'));
  expect(standing.after).toBe(ids.at(-1));
  store.settings.set('enriching', { ...standing, after: ids[19], tally: { ...NONE, products: 20 } });
  for (const id of ids.slice(20)) store.facts.forget(id);
  const sentinel = ids.slice(0, 20).find((id) => store.facts.get(id).length > 0) ?? '';
  store.facts.forget(sentinel);
  const steps = new Map<string, number>();
  await run((step, done) => steps.set(step, Math.max(done, steps.get(step) ?? 0)));
  expect([...steps.keys()]).not.toContain('learn');
  expect(steps.get('enrich')).toBe(48);
  const now = facts();
  expect(now.slice(20)).toEqual(whole.slice(20));
  // Products processed before the interruption are not processed again.
  expect(store.facts.get(sentinel)).toEqual([]);
  expect(store.settings.get('enriching')).toBeNull();
});
