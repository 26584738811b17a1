import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LiveColumn } from '../../../src/index/columns/liveColumn.js';
import { BLANK } from '../../../src/index/liveIndex.js';

const SIZE = 12;
const value = fc.constantFrom('red', 'blue', 7, 8, true);
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('append' as const), gap: fc.nat({ max: 2 }), value }),
    fc.record({ kind: fc.constant('replace' as const), at: fc.nat({ max: SIZE - 1 }), value }),
    fc.record({ kind: fc.constant('ask' as const) }),
  ),
  { maxLength: 30 },
);

test('first codes equal those of a scan over the cells, whenever they are read', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const column = LiveColumn.empty('color');
      let last = 0;
      for (const step of taken) {
        if (step.kind === 'append') {
          last = Math.max(last + step.gap, column.ordinals.at(-1) ?? 0);
          column.append(last, step.value);
        } else if (step.kind === 'replace') {
          // As for products: patched while they are live, so never beyond the last one.
          column.replace(Math.min(step.at, last), step.value);
        } else column.firstCodes(1);
      }
      const size = Math.max(SIZE, last + 1);
      const naive = Array.from({ length: size }, (_, ordinal) => {
        const cell = column.ordinals.indexOf(ordinal);
        return cell < 0 ? BLANK : (column.codes[cell] ?? BLANK);
      });
      expect([...column.firstCodes(size).subarray(0, size)]).toEqual(naive);
    }),
  );
});
