import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonList, SEPARATORS, splitList } from '../../src/text/splitList.js';

const all = new Set(SEPARATORS);

describe('splitList', () => {
  it.each([
    ['oak, ash ;elm|fir/yew', ['oak', 'ash', 'elm', 'fir', 'yew']],
    ['salt\\, pepper, cumin', ['salt, pepper', 'cumin']],
    ['a\\|b\\;c\\/d|e', ['a|b;c/d', 'e']],
    ['tea &amp; milk; &#8211;;', ['tea &amp; milk', '&#8211;']],
    ['1,5 kg', ['1,5 kg']],
    ['3/4 in, 1/2 in', ['3/4 in', '1/2 in']],
    ['36, 38', ['36', '38']],
    ['36,38,40', ['36', '38', '40']],
    ['1,234,567', ['1,234,567']],
    ['C:\\new, b', ['C:\\new', 'b']],
    [' ,; ', []],
  ])('splits %j', (text, parts) => {
    expect(splitList(text, all)).toEqual(parts);
  });

  it('reads back joined parts', () => {
    const part = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/[\\&\d]/.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.constantFrom(...SEPARATORS), (parts, separator) => {
        const escaped = parts.map((text) => text.replaceAll(/[,;|/]/g, (char) => `\\${char}`));
        expect(splitList(escaped.join(separator), new Set([separator]))).toEqual(parts);
      }),
      { numRuns: 300 },
    );
  });
});

describe('jsonList', () => {
  it.each([
    ['["oak", "ash"]', ['oak', 'ash']],
    [' [1, true, ""] ', ['1', 'true']],
    ["['oak', \"d'or\", 'it\\'s']", ['oak', "d'or", "it's"]],
    ['[]', []],
  ])('reads %s', (text, items) => {
    expect(jsonList(text)).toEqual(items);
  });

  it.each(['[oak]', '[{"a":1}]', '["oak"', 'oak, ash', "['oak' 'ash']", '[note] see ["x"]'])(
    'leaves %s',
    (text) => {
      expect(jsonList(text)).toBeUndefined();
    },
  );
});
