import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PLACEHOLDERS, Placeholders } from '../../src/text/placeholders.js';

describe('placeholders', () => {
  const placeholders = new Placeholders();

  it.each([
    '#N/A',
    'N/A',
    ' n/a ',
    'N / A',
    'n.a.',
    '-',
    '--',
    '—',
    '–',
    '?',
    '???',
    'NULL',
    '(null)',
    '\\N',
    'k. A.',
    'TBD',
    '#REF!',
    '#NV',
    'unknown',
    'Not Applicable',
    '\u200bn/a',
  ])('%j means no value', (text) => expect(placeholders.has(text)).toBe(true));

  it.each(['', ' ', 'None', 'NA', 'Nan', 'no', '0', 'A-', 'n/a (sold out)', 'Nulla', 'x'.repeat(100)])(
    '%j is a value or blank',
    (text) => expect(placeholders.has(text)).toBe(false),
  );

  it.each(['none', 'NA', 'NaN', '.', '...'])('%j means no number', (text) => {
    expect(placeholders.has(text, true)).toBe(true);
  });

  it('are those of the list, and none if it is empty', () => {
    const own = new Placeholders(['keiner', '']);
    expect([own.has('KEINER'), own.has('n/a'), own.has('')]).toEqual([true, false, false]);
    const none = new Placeholders([]);
    expect([none.has('n/a'), none.has('nan', true)]).toEqual([false, false]);
  });

  it('in JSON become null, and leave lists', () => {
    expect(placeholders.blanked('n/a')).toBeNull();
    expect(placeholders.blanked(['Red', '-'])).toEqual(['Red']);
    expect(placeholders.blanked(['-', 'null'])).toBeNull();
    const untouched = ['Red', 5, true];
    expect(placeholders.blanked(untouched)).toBe(untouched);
    expect(placeholders.blanked(5)).toBe(5);
  });

  it('do not depend on case and white space', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DEFAULT_PLACEHOLDERS),
        fc.constantFrom('', ' ', '\u00a0', '\t', '\u200b'),
        fc.boolean(),
        (word, space, upper) =>
          placeholders.has(space + (upper ? word.toUpperCase() : word.toLowerCase()) + space),
      ),
    );
  });
});
