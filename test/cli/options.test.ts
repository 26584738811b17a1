import { describe, expect, it } from 'vitest';
import { fieldMap, nameList, wholeNumber } from '../../src/cli/options.js';
import { UsageError } from '../../src/domain/errors.js';

describe('a whole number', () => {
  const limit = wholeNumber('--limit', 1, 250);

  it.each(['1', '250', ' 17 '])('takes %j', (text) => {
    expect(limit(text)).toBe(Number(text));
  });

  it.each(['0', '251', '1.5', '-3', '+3', 'many', 'NaN', '1e2', '0x10', '5.', '', ' '])(
    'refuses %j with a usage error',
    (text) => {
      expect(() => limit(text)).toThrow(UsageError);
      expect(() => limit(text)).toThrow(`--limit takes a whole number from 1 to 250, found '${text}'.`);
    },
  );
});

describe('a list of names', () => {
  it('is split at commas', () => {
    expect(nameList('--fields')('category, Shoe size')).toEqual(['category', 'Shoe size']);
  });

  it.each(['', ' ', 'a,,b', 'a,'])('refuses %j with a usage error', (text) => {
    expect(() => nameList('--fields')(text)).toThrow(UsageError);
  });
});

describe('a map of fields to columns', () => {
  it('takes pairs and trims spaces', () => {
    expect(fieldMap('title=Name, price = Net Cost')).toEqual({ title: 'Name', price: 'Net Cost' });
  });

  it.each(['title', 'title=', '=Name', 'title=Name,', 'title=a=b', ' = '])(
    'refuses %j with a usage error',
    (text) => {
      expect(() => fieldMap(text)).toThrow(UsageError);
      expect(() => fieldMap(text)).toThrow(/--map takes pairs of field=Column/);
    },
  );
});
