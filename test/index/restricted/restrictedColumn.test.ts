import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { StatusIndex } from '../../../src/index/restricted/statusIndex.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import { restrictIndex } from '../../../src/search/filter/restrictIndex.js';
import { indexOf } from '../../search/indexOf.js';

const FIELDS = ['price', 'stock', 'brand', 'tags'];

/** Everything that can be asked of the columns, without the numbers that stand for values. */
function contentsOf(index: LiveIndex) {
  return FIELDS.map((name) => {
    const column = index.columns.field(name);
    if (column === undefined) return { name };
    const live = [...index.aliveSet().toArray()];
    const firsts = column.firstCodes(index.size);
    const cells = [...column.ordinals].map((ordinal, cell): [number, string] => [
      ordinal,
      column.values[column.codes[cell] ?? 0] ?? '',
    ]);
    return {
      name,
      listed: index.columns.names().includes(name),
      values: live.map((ordinal) => column.valuesOf(ordinal)),
      numbers: live.map((ordinal) => column.numberOf(ordinal)),
      firsts: live.map((ordinal) => column.values[firsts[ordinal] ?? -1]),
      cells: cells.filter(([ordinal]) => index.alive(ordinal)),
      counts: Object.fromEntries(
        column.values.flatMap((value, code) =>
          column.documents(code) === 0 ? [] : [[value, column.documents(code)]],
        ),
      ),
      isNumeric: column.type.isNumeric,
    };
  });
}

it('follows prices, products that come in again, and deletions as if it were built anew', async () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const product = fc.record(
    {
      id,
      price: fc.nat(3),
      status: fc.constantFrom('draft', 'active'),
      brand: fc.constantFrom('Ace', 'ace', 'Bolt'),
      tags: fc.constantFrom(['x'], ['y', 'x'], []),
    },
    { requiredKeys: ['id'] },
  );
  const live = fc.record({ price: fc.nat(3), stock: fc.nat(3) }, { requiredKeys: [] });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), product }),
    fc.record({ kind: fc.constant('patch' as const), id, live }),
    fc.record({ kind: fc.constant('erase' as const), id }),
    fc.record({ kind: fc.constant('look' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(product, { selector: (one) => one.id }),
      fc.array(step, { maxLength: 20 }),
      async (first, steps) => {
        const index = await indexOf(first);
        const filter = parseFilter('price < 2');
        const active = new StatusIndex(index, 'active');
        const cheap = restrictIndex(index, filter);
        const check = (): void => {
          cheap.update();
          expect(contentsOf(active)).toEqual(contentsOf(new StatusIndex(index, 'active')));
          expect(contentsOf(cheap)).toEqual(contentsOf(restrictIndex(index, filter)));
        };
        check();
        for (const one of steps) {
          if (one.kind === 'write') index.apply({ upserts: [{ product: one.product }] });
          if (one.kind === 'patch') index.apply({ live: [{ id: one.id, fields: one.live }] });
          if (one.kind === 'erase') index.apply({ deletes: [one.id] });
          if (one.kind === 'look') check();
        }
        check();
        index.close();
      },
    ),
    { numRuns: 60 },
  );
});
