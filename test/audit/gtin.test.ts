import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkDigit, isGtin } from '../../src/audit/gtin.js';

it('accepts real codes of every length, with spaces and hyphens', () => {
  for (const code of ['96385074', '036000291452', '4006381333931', '10614141000415', '4-006381-333931']) {
    expect(isGtin(code), code).toBe(true);
  }
  expect(isGtin('4006381333932')).toBe(false);
  expect(isGtin('0000000000000')).toBe(false);
});

it('rejects every single wrong digit', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[1-9]\d{11}$/),
      fc.nat(12),
      fc.integer({ min: 1, max: 9 }),
      (body, at, by) => {
        const code = body + checkDigit(`${body}0`);
        expect(isGtin(code)).toBe(true);
        const wrong = (Number(code[at]) + by) % 10;
        expect(isGtin(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false);
      },
    ),
  );
});
