import { describe, expect, it } from 'vitest';
import { writeProduct } from '../../../src/catalog/writeProduct.js';
import { ConflictError, UserError } from '../../../src/domain/errors.js';
import { applyFacts } from '../../../src/domain/filledProduct.js';
import { openReview } from '../../../src/service/review/review.js';
import type { Verdict } from '../../../src/service/review/reviewRequests.js';
import { openStore } from '../../../src/store/open.js';
import { COLOR, ORIGIN, type Shelf, shelf, suggestedColor } from './reviewStore.js';

type About = Partial<Extract<Verdict['about'], { group: string }>>;

const onGroup = (group: string, action: Verdict['action'], about: About = {}, value?: string): Verdict => ({
  action,
  value,
  about: { group, narrowing: {}, except: [], shown: undefined, ...about },
});
const onProduct = (product: string, action: Verdict['action'], value?: string, shown?: string): Verdict => ({
  action,
  value,
  about: { product, field: COLOR, shown },
});
const decide = ({ review }: Shelf, ...decisions: Verdict[]) => review.decide({ decisions, by: 'Dana' });
const statuses = (on: Shelf) =>
  Object.values(on.facts()).map((facts) =>
    facts
      .filter(({ field }) => field === COLOR)
      .map(({ value, status, source }) => `${value} ${status} ${source}`)
      .join(', '),
  );

describe('deciding about a group', () => {
  it('applies accepted values with the decision as their source, and writes them to the change log', async () => {
    const on = shelf();
    const { group, state } = on.groupOf('navy');
    const before = on.store.changes.last();
    const settled = await decide(on, onGroup(group, 'accept', { shown: state }));
    expect(settled).toEqual([{ decision: 1, action: 'accept', field: COLOR, value: 'Navy', settled: 3 }]);
    expect(statuses(on).slice(0, 4)).toEqual([
      ...['Navy applied reviewer', 'Navy applied reviewer', 'Navy applied reviewer'],
      'Red suggested model',
    ]);
    expect(
      on.store.changes
        .since(before)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['m0', 'm1', 'm2']);
    const shown = applyFacts({ id: 'm0' }, on.store.facts.get('m0'));
    expect(shown.product.attributes).toEqual({ color: 'Navy' });
    expect(shown).toMatchObject({
      facts: [
        { field: COLOR, source: 'reviewer', confidence: 1, status: 'applied', evidence: { quote: 'navy' } },
        { field: 'category', source: 'model' },
      ],
    });
    expect(on.review.suggestions({ page: 1, per_page: 20, field: COLOR }).suggestions).toBe(3);
  });

  it('never suggests a rejected or corrected value again, whatever is enriched later', async () => {
    const on = shelf();
    await decide(
      on,
      onGroup(on.groupOf('navy').group, 'reject'),
      onGroup(on.groupOf('red').group, 'correct', {}, 'dark  BLUE'),
    );
    on.store.facts.replace('m0', [suggestedColor('Navy', 'navy', 0.99)], ORIGIN);
    on.store.facts.replace('m1', [suggestedColor('Teal', 'navy', 0.5)], ORIGIN);
    on.store.facts.replace('m3', [suggestedColor('Red', 'red', 0.99)], ORIGIN);
    expect(statuses(on)).toEqual([
      'Navy rejected model',
      'Navy rejected model, Teal suggested model',
      'Navy rejected model',
      'Navy applied reviewer, Red superseded model',
      'Navy applied reviewer, Red superseded model',
      'Teal suggested model',
    ]);
    const [corrected] = on.store.facts.reviewed('m3');
    expect(corrected).toMatchObject({
      method: 'reviewer',
      evidence: { decision: 2, by: 'Dana' },
      confidence: 1,
    });
  });

  it('leaves excepted products undecided, and applies the filter of the list', async () => {
    const on = shelf();
    const { group } = on.groupOf('navy');
    const some = on.review.members(group, { page: 1, per_page: 20, min_confidence: 0.61 });
    expect(some?.products.map(({ id }) => id)).toEqual(['m2', 'm1']);
    const narrowing = { min_confidence: 0.61 };
    await decide(on, onGroup(group, 'accept', { narrowing, except: ['m2'], shown: some?.state }));
    expect(statuses(on).slice(0, 3)).toEqual([
      'Navy suggested model',
      'Navy applied reviewer',
      'Navy suggested model',
    ]);
    await expect(decide(on, onGroup(group, 'accept', { except: ['m0', 'm2'] }))).rejects.toThrow(/excepted/);
  });

  it('throws a conflict where the group has changed since it was shown, and makes no decision of the request', async () => {
    const on = shelf();
    const { group, state } = on.groupOf('navy');
    on.store.facts.replace('m0', [], ORIGIN);
    const before = on.facts();
    for (const shown of [state, 3, ['m0', 'm1']]) {
      const both = decide(
        on,
        onGroup(on.groupOf('red').group, 'accept'),
        onGroup(group, 'accept', { shown }),
      );
      await expect(both).rejects.toThrow(ConflictError);
      await expect(both).rejects.toThrow(/has changed since it was shown/);
    }
    expect(on.facts()).toEqual(before);
    expect(on.store.decisions.count()).toBe(0);
    await decide(on, onGroup(group, 'accept', { shown: ['m2'] }));
    expect(statuses(on).slice(1, 3)).toEqual(['Navy suggested model', 'Navy applied reviewer']);
  });

  it('lets the first of two people decide, and tells the second who did', async () => {
    const on = shelf();
    const other = openStore(on.folder);
    const { group, state } = on.groupOf('navy');
    await openReview(other).decide({ decisions: [onGroup(group, 'reject', { shown: state })], by: 'Ola' });
    other.close();
    const late = decide(on, onGroup(group, 'accept', { shown: state }));
    await expect(late).rejects.toThrow(/no longer a group .*: Ola rejected it on .* \(decision 1\)/);
    await expect(decide(on, onGroup('gnone', 'accept'))).rejects.toThrow(
      /a reindex has settled or changed it/,
    );
  });
});

describe('deciding about a product', () => {
  it('accepts decisions about applied values too, once each', async () => {
    const on = shelf();
    on.store.facts.replace('m0', [{ ...suggestedColor('Navy', 'navy', 0.98), status: 'applied' }], ORIGIN);
    await decide(on, onProduct('m0', 'reject', undefined, 'Navy'));
    expect(statuses(on)[0]).toBe('Navy rejected model');
    await decide(on, onProduct('m3', 'accept'));
    await expect(decide(on, onProduct('m3', 'reject'))).rejects.toThrow(
      /Dana accepted it .* undo that first/,
    );
    await expect(decide(on, onProduct('m0', 'accept'))).rejects.toThrow(/Nothing is suggested/);
    await expect(decide(on, onProduct('m5', 'accept', undefined, 'Red'))).rejects.toThrow(
      /"Teal" is suggested now, not "Red"/,
    );
    await expect(decide(on, onProduct('mug', 'accept'))).rejects.toThrow(/no product with the id "mug"/);
  });

  it('treats a correction to the suggested value as an acceptance', async () => {
    const on = shelf();
    expect(await decide(on, onProduct('m0', 'correct', 'NAVY'))).toMatchObject([{ action: 'accept' }]);
    expect(on.store.decisions.outcomes()).toEqual([
      { field: COLOR, category: 'Kitchen > Mugs', confidence: 0.6, right: true, settled: 1 },
    ]);
  });

  it('keeps a decision when the text changes, without the quote that is gone', async () => {
    const on = shelf();
    await decide(on, onProduct('m0', 'accept'), onProduct('m1', 'accept'));
    writeProduct(on.store, { id: 'm0', title: 'Mug in midnight' });
    writeProduct(on.store, { id: 'm1', title: 'Mug in navy, as before' });
    expect(on.store.facts.reviewed('m0')).toMatchObject([
      { value: 'Navy', evidence: { decision: 1, by: 'Dana' } },
    ]);
    expect(on.store.facts.reviewed('m1')).toMatchObject([{ value: 'Navy', evidence: { quote: 'navy' } }]);
  });
});

it.each([
  [COLOR, 'nvy', /none of the values of Colour in the taxonomy; the nearest is "Navy"/],
  [COLOR, ['Navy', 'Red'], /takes one value, found 2/],
  ['attributes.capacity', '30 kg', /no measure in ml/],
  ['attributes.lid', 'perhaps', /neither yes nor no/],
  ['category', 'Mugs & Cups', /the nearest is "Kitchen > Mugs"/],
])('%s cannot be corrected to %j', async (field, value, message) => {
  const on = shelf();
  on.store.facts.replace('m0', [{ ...suggestedColor('x', 'navy', 0.5), field }], ORIGIN);
  const wrong = on.review.decide({
    decisions: [{ action: 'correct', value, about: { product: 'm0', field, shown: undefined } }],
    by: 'Dana',
  });
  await expect(wrong).rejects.toThrow(UserError);
  await expect(wrong).rejects.toThrow(message);
});

it.each([
  ['attributes.capacity', '0.3 l', '300 ml'],
  ['attributes.lid', 'Yes', true],
  ['category', 'jugs', 'Kitchen > Jugs'],
  ['attributes.unheard', 'of it', 'of it'],
])('%s corrected to %j is %j, as the taxonomy writes it', async (field, value, written) => {
  const on = shelf();
  on.store.facts.replace('m0', [{ ...suggestedColor('x', 'navy', 0.5), field }], ORIGIN);
  const [settled] = await on.review.decide({
    decisions: [{ action: 'correct', value, about: { product: 'm0', field, shown: undefined } }],
    by: 'Dana',
  });
  expect(settled?.corrected).toBe(written);
});
