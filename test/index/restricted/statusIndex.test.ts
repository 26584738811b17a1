import fc from 'fast-check';
import { expect, it } from 'vitest';
import { STATUSES, statusOf } from '../../../src/domain/productStatus.js';
import { hasInactive, StatusIndex } from '../../../src/index/restricted/statusIndex.js';
import { indexOf } from '../../search/indexOf.js';

it('shows the products of one status, whatever is written', async () => {
  const status = fc.constantFrom('active', 'draft', ' Draft ', 'ARCHIVED', 'new', 3, null, undefined);
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const change = fc.oneof(
    fc.record({ id, status }),
    fc.record({ id, status: fc.constant('deleted' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ id, status })), fc.array(change), async (first, changes) => {
      const model = new Map(first.map((product) => [product.id, { ...product, brand: `of ${product.id}` }]));
      const index = await indexOf([...model.values()]);
      const views = STATUSES.map((one) => new StatusIndex(index, one));
      const check = (): void => {
        const hidden = [...model.values()].filter((product) => statusOf(product) !== 'active');
        expect(hasInactive(index)).toBe(hidden.length > 0);
        for (const [place, view] of views.entries()) {
          const wanted = [...model.values()].filter((product) => statusOf(product) === STATUSES[place]);
          const ids = wanted.map((product) => product.id).sort();
          expect([...view.aliveSet().toArray()].map((ordinal) => view.idOf(ordinal)).sort()).toEqual(ids);
          expect(view.live).toBe(ids.length);
          for (const one of model.keys()) expect(view.ordinalOf(one) !== undefined).toBe(ids.includes(one));
          const brands = view.columns.field('brand');
          const counted = [...model.keys()].filter((one) => {
            const code = brands?.codeOf(`of ${one}`);
            return code !== undefined && brands?.documents(code) === 1;
          });
          expect(counted.sort()).toEqual(ids);
        }
      };
      check();
      for (const one of changes) {
        if (one.status === 'deleted') {
          model.delete(one.id);
          index.apply({ deletes: [one.id] });
        } else {
          const product = { ...one, brand: `of ${one.id}` };
          model.set(one.id, product);
          index.apply({ upserts: [{ product }] });
        }
        check();
      }
      index.close();
    }),
    { numRuns: 15 },
  );
});
