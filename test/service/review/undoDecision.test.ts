import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeProduct } from '../../../src/catalog/writeProduct.js';
import { ConflictError } from '../../../src/domain/errors.js';
import type { Decision, Verdict } from '../../../src/service/review/reviewRequests.js';
import { COLOR, ORIGIN, type Shelf, shelf, suggestedColor } from './reviewStore.js';

const step = fc.oneof(
  fc.record({
    kind: fc.constant('group' as const),
    word: fc.constantFrom('navy', 'red', 'teal'),
    action: fc.constantFrom('accept' as const, 'reject' as const, 'correct' as const),
    except: fc.subarray(['m0', 'm3']),
  }),
  fc.record({
    kind: fc.constant('product' as const),
    product: fc.constantFrom('m0', 'm1', 'm3', 'm5'),
    field: fc.constantFrom(COLOR, 'category'),
    action: fc.constantFrom('accept' as const, 'reject' as const, 'correct' as const),
  }),
  fc.record({ kind: fc.constant('undo' as const), nth: fc.nat(6) }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const corrected = (action: Verdict['action'], field: string): string | undefined => {
  if (action !== 'correct') return undefined;
  return field === 'category' ? 'Kitchen > Jugs' : 'Teal';
};

/** The request of a step in the current state; undefined where there is nothing to decide about. */
function asked(on: Shelf, one: Step, inForce: readonly number[]): Decision | undefined {
  if (one.kind === 'undo') {
    const decision = inForce[one.nth % Math.max(1, inForce.length)];
    return decision === undefined ? undefined : { action: 'undo', decision };
  }
  if (one.kind === 'product') {
    const { product, field, action } = one;
    return { action, value: corrected(action, field), about: { product, field, shown: undefined } };
  }
  const { groups } = on.review.suggestions({ page: 1, per_page: 20 });
  const found = groups.find(({ reason }) => reason.text === one.word);
  if (found === undefined) return undefined;
  const about = { group: found.group, narrowing: {}, except: one.except, shown: found.state };
  return { action: one.action, value: corrected(one.action, COLOR), about };
}

it('after any decisions and undos in any order, the facts are those of the remaining decisions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const on = shelf();
      const start = on.facts();
      /** Decisions that are not undone, in order, with their products. */
      const standing = new Map<number, { products: string[]; field: string; action: string }>();
      for (const one of steps) {
        const decision = asked(on, one, [...standing.keys()]);
        if (decision === undefined) continue;
        try {
          const [settled] = await on.review.decide({ decisions: [decision], by: 'Dana' });
          if (settled === undefined) throw new Error('nothing was answered');
          if (settled.undoes !== undefined) standing.delete(settled.undoes);
          else {
            const products = on.store.decisions.facts(settled.decision).map(({ productId }) => productId);
            standing.set(settled.decision, { products, field: settled.field, action: settled.action });
            expect(settled.settled).toBe(products.length);
          }
        } catch (error) {
          // Settled before, or the group is empty.
          expect(String(error)).toMatch(/undo that first|Nothing is suggested|is left to decide/);
        }
      }
      const expected = structuredClone(start);
      for (const [decision, { products, field, action }] of standing) {
        for (const product of products) {
          const others = (expected[product] ?? []).filter((fact) => fact.field !== field);
          const was = start[product]?.find((fact) => fact.field === field);
          if (was === undefined) throw new Error('decided about nothing');
          const person = { status: 'applied', source: 'reviewer', confidence: 1, decision } as const;
          const evidence = { decision, by: 'Dana' };
          const now =
            action === 'accept'
              ? [{ ...was, ...person }]
              : action === 'reject'
                ? [{ ...was, status: 'rejected' as const, decision }]
                : [
                    { ...was, status: 'superseded' as const, decision },
                    {
                      ...{ ...was, ...person, evidence, method: 'reviewer' as const },
                      value: field === COLOR ? 'Teal' : 'Kitchen > Jugs',
                    },
                  ];
          expected[product] = [...others, ...now];
        }
      }
      const sorted = (facts: typeof start) =>
        Object.entries(facts).map(([id, some]) => [
          id,
          some.map((fact) => JSON.stringify(fact, Object.keys(fact).sort())).sort(),
        ]);
      expect(sorted(on.facts())).toEqual(sorted(expected));
    }),
    { numRuns: 40 },
  );
});

it('restores every fact as it was before the decision, with two entries in the log', async () => {
  const on = shelf();
  const before = on.facts();
  for (const action of ['accept', 'reject', 'correct'] as const) {
    const { group } = on.groupOf('navy');
    const about = { group, narrowing: {}, except: [], shown: undefined };
    const value = action === 'correct' ? 'Teal' : undefined;
    const [made] = await on.review.decide({ decisions: [{ action, value, about }], by: 'Dana' });
    const decision = made?.decision ?? 0;
    expect(on.facts()).not.toEqual(before);
    const [undone] = await on.review.decide({ decisions: [{ action: 'undo', decision }], by: 'Ola' });
    expect(undone).toMatchObject({ action: 'undo', undoes: decision, settled: 3 });
    expect(on.facts()).toEqual(before);
  }
  const { decisions, total } = on.review.decisions({ page: 1, per_page: 2 });
  expect(total).toBe(6);
  expect(decisions).toMatchObject([
    { decision: 6, by: 'Ola', action: 'undo', undoes: 5 },
    { decision: 5, by: 'Dana', action: 'correct', corrected: 'Teal', undone_by: 6, shown: { count: 3 } },
  ]);
  const detail = on.review.decision(5, { page: 1, per_page: 2 });
  expect(detail?.products).toMatchObject([
    { id: 'm0', before: [{ value: 'Navy', confidence: 0.6, evidence: { quote: 'navy' } }] },
    { id: 'm1' },
  ]);
  expect(on.review.decision(7, { page: 1, per_page: 2 })).toBeUndefined();
});

it('refuses an unknown decision, an undo, and a decision undone before', async () => {
  const on = shelf();
  const undo = (decision: number) =>
    on.review.decide({ decisions: [{ action: 'undo', decision }], by: 'Ola' });
  const about = { product: 'm0', field: COLOR, shown: undefined };
  await on.review.decide({ decisions: [{ action: 'accept', value: undefined, about }], by: 'Dana' });
  await undo(1);
  await expect(undo(1)).rejects.toThrow(ConflictError);
  await expect(undo(1)).rejects.toThrow(/Ola took it back/);
  await expect(undo(2)).rejects.toThrow(/decide again instead/);
  await expect(undo(9)).rejects.toThrow(/no decision 9/);
});

it('does not restore facts that are no longer valid', async () => {
  const on = shelf();
  const { group } = on.groupOf('navy');
  const about = { group, narrowing: {}, except: [], shown: undefined };
  await on.review.decide({ decisions: [{ action: 'reject', value: undefined, about }], by: 'Dana' });
  writeProduct(on.store, { id: 'm0', title: 'Mug in midnight' });
  on.store.facts.replace('m1', [suggestedColor('Teal', 'navy', 0.7)], ORIGIN);
  writeProduct(on.store, { id: 'm2', title: 'Mug in navy, 2', attributes: { color: 'Ink' } });
  await on.review.decide({ decisions: [{ action: 'undo', decision: 1 }], by: 'Dana' });
  const colours = on.facts();
  expect(colours.m0?.filter(({ field }) => field === COLOR)).toEqual([]);
  expect(colours.m1?.filter(({ field }) => field === COLOR)).toMatchObject([{ value: 'Teal' }]);
  expect(colours.m2).toEqual([]);
});
