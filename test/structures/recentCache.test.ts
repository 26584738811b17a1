import { expect, test } from 'vitest';
import { RecentCache } from '../../src/structures/recentCache.js';

test('makes a result again only after it was forgotten, the oldest first', () => {
  const made: string[] = [];
  const cache = new RecentCache<number>(2);
  const length = (text: string): number => {
    made.push(text);
    return text.length;
  };
  const read = ['a', 'bb', 'a', 'ccc', 'bb', 'a', 'ccc'].map((text) => cache.get(text, length));
  expect(read).toEqual([1, 2, 1, 3, 2, 1, 3]);
  expect(made).toEqual(['a', 'bb', 'ccc', 'a']);
});
