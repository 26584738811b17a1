import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { type DescribeTally, describeStore } from '../../../src/catalog/enrich/describeStore.js';
import { governBy } from '../../../src/catalog/taxonomy/governingTaxonomy.js';
import { writeProduct } from '../../../src/catalog/writeProduct.js';
import type { Fact } from '../../../src/domain/fact.js';
import { applyFacts } from '../../../src/domain/filledProduct.js';
import type { Product } from '../../../src/domain/product.js';
import { silent } from '../../../src/domain/progress.js';
import { openReview } from '../../../src/service/review/review.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { toyTaxonomy } from '../../audit/toyTaxonomy.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const view = viewTaxonomy({ ...toyTaxonomy().taxonomy, language: 'en' });
const model = { revision: 'r1' };
const FIELD = 'description';
const MUG: Product = { id: 'm', title: 'Mug', category: 'Home > Mugs', brand: 'Aldis' };

const colour = (value: string, status: Fact['status'] = 'applied'): Fact => ({
  ...{ field: 'attributes.color', value, status, confidence: 0.97, source: 'model', method: 'lookup' },
  evidence: { rule: 'a rule' },
});

function bench(products: readonly Product[]): {
  store: Store;
  run: (on?: boolean) => DescribeTally | undefined;
} {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  governBy(store, view.taxonomy);
  store.transaction(() => {
    for (const product of products) writeProduct(store, product);
  });
  const run = (on?: boolean) => describeStore({ store, view, model, describe: on, progress: silent });
  return { store, run };
}

const origin = { taxonomy: 't', model: 'r1' };
const shown = (store: Store, id = 'm') =>
  store.facts.inFieldOf(id, FIELD).filter(({ status }) => status === 'applied');
/** The number of the decision. */
async function decide(
  store: Store,
  field: string,
  action: 'accept' | 'reject' | 'correct',
  value?: string,
): Promise<number | undefined> {
  const about = { product: 'm', field, shown: undefined };
  const [result] = await openReview(store).decide({ decisions: [{ action, value, about }], by: 'Dana' });
  return result?.decision;
}

async function undo(store: Store, decision: number | undefined): Promise<void> {
  await openReview(store).decide({ decisions: [{ action: 'undo', decision: decision ?? 0 }], by: 'Dana' });
}

it('composes once, keeps what has not changed, and stops on request', () => {
  const { store, run } = bench([MUG, { ...MUG, id: 'own', description: 'A mug of ours.' }]);
  store.facts.replace('m', [colour('Red')], origin);
  expect(run()).toBeUndefined();
  expect(run(true)).toEqual({ composed: 1, withdrawn: 0, kept: 0 });
  const [fact] = shown(store);
  expect(fact?.value).toBe('This mug by Aldis comes in red.');
  expect(fact).toMatchObject({ method: 'template', source: 'model', confidence: 0.97 });
  if (fact === undefined || !('clauses' in fact.evidence)) throw new Error('no clauses');
  const { clauses } = fact.evidence;
  expect(clauses.map(({ start, end, field }) => [field, String(fact.value).slice(start, end)])).toEqual([
    ['category', 'mug'],
    ['brand', 'by Aldis'],
    ['attributes.color', 'comes in red'],
  ]);
  expect(shown(store, 'own')).toEqual([]);
  expect(run()).toEqual({ composed: 0, withdrawn: 0, kept: 1 });
  expect(shown(store)).toEqual([fact]);
  // The enricher's next run leaves it, and it follows the values that it states.
  store.facts.replace('m', [colour('Blue')], origin);
  expect(run()).toEqual({ composed: 1, withdrawn: 0, kept: 0 });
  expect(shown(store).map(({ value }) => value)).toEqual(['This mug by Aldis comes in blue.']);
  store.facts.replace('m', [colour('Blue', 'suggested')], origin);
  expect(run()).toEqual({ composed: 1, withdrawn: 0, kept: 0 });
  expect(shown(store).map(({ value }) => value)).toEqual(['This mug is by Aldis.']);
  expect(run(false)).toEqual({ composed: 0, withdrawn: 1, kept: 0 });
  expect(run()).toBeUndefined();
});

it('never replaces the merchant’s text, and withdraws its own when there is one', () => {
  const { store, run } = bench([MUG]);
  run(true);
  expect(shown(store)).toHaveLength(1);
  store.transaction(() => writeProduct(store, { ...MUG, description: 'Thrown by hand.' }));
  run();
  expect(shown(store)).toEqual([]);
  const product = store.products.get('m') ?? MUG;
  expect(applyFacts(product, store.facts.get('m')).product.description).toBe('Thrown by hand.');
});

it('does not bring back a rejected description, and does after the rejection is undone', async () => {
  const { store, run } = bench([MUG]);
  store.facts.replace('m', [colour('Red')], origin);
  run(true);
  const before = shown(store);
  const rejection = await decide(store, FIELD, 'reject');
  run();
  store.facts.replace('m', [colour('Blue')], origin);
  run();
  expect(shown(store)).toEqual([]);
  store.facts.replace('m', [colour('Red')], origin);
  await undo(store, rejection);
  expect(shown(store)).toEqual(before);
  expect(run()).toMatchObject({ kept: 1 });
});

it('withdraws a description with a value that it states, and composes it without that value', async () => {
  const { store, run } = bench([MUG]);
  store.facts.replace('m', [colour('Red')], origin);
  run(true);
  await decide(store, 'attributes.color', 'reject');
  expect(shown(store)).toEqual([]);
  run();
  expect(shown(store).map(({ value }) => value)).toEqual(['This mug is by Aldis.']);
});

it('keeps an accepted description while it says what is known, and a person’s own for good', async () => {
  const { store, run } = bench([MUG]);
  store.facts.replace('m', [colour('Red')], origin);
  run(true);
  await decide(store, FIELD, 'accept');
  expect(run()).toMatchObject({ kept: 1 });
  expect(shown(store)).toMatchObject([{ source: 'reviewer' }]);
  store.facts.replace('m', [colour('Blue')], origin);
  run();
  expect(shown(store)).toMatchObject([{ source: 'model', value: 'This mug by Aldis comes in blue.' }]);
  await decide(store, FIELD, 'correct', 'A blue mug.');
  store.facts.replace('m', [colour('Red')], origin);
  run();
  expect(shown(store)).toMatchObject([{ source: 'reviewer', value: 'A blue mug.' }]);
});

it('has at most one description, of applied values only, after any sequence of changes', async () => {
  const change = fc.constantFrom(
    'red',
    'blue',
    'none',
    'suggest',
    'merchant',
    'blank',
    'run',
    'reject',
    'undo',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
      const { store, run } = bench([MUG]);
      run(true);
      let rejection: number | undefined;
      for (const one of changes) {
        if (one === 'red') store.facts.replace('m', [colour('Red')], origin);
        if (one === 'blue') store.facts.replace('m', [colour('Blue')], origin);
        if (one === 'suggest') store.facts.replace('m', [colour('Red', 'suggested')], origin);
        if (one === 'none') store.facts.replace('m', [], origin);
        if (one === 'merchant')
          store.transaction(() => writeProduct(store, { ...MUG, description: 'Ours.' }));
        if (one === 'blank') store.transaction(() => writeProduct(store, MUG));
        if (one === 'run') run();
        if (one === 'reject' && rejection === undefined && shown(store).length > 0) {
          rejection = await decide(store, FIELD, 'reject');
        }
        if (one === 'undo' && rejection !== undefined) {
          await undo(store, rejection);
          rejection = undefined;
        }
      }
      run();
      const facts = store.facts.get('m');
      const merchant = store.products.get('m')?.description;
      const found = shown(store);
      const color = facts.find(({ field, status }) => field === 'attributes.color' && status === 'applied');
      const expected =
        color === undefined
          ? 'This mug is by Aldis.'
          : `This mug by Aldis comes in ${String(color.value).toLowerCase()}.`;
      expect(found.map(({ value }) => value)).toEqual(
        merchant !== undefined || rejection !== undefined ? [] : [expected],
      );
      expect(run()).toMatchObject({ composed: 0, withdrawn: 0 });
    }),
    { numRuns: 25 },
  );
});
