import { describe, expect, it } from 'vitest';
import { Query } from '../../../src/search/understand/query.js';
import { understandQuery } from '../../../src/search/understand/understandQuery.js';
import { indexOf } from '../indexOf.js';

const shop = [
  { id: '1', title: 'Blue trousers' },
  { id: '2', title: 'Blue trousers, long' },
  { id: '3', title: 'Trouser press' },
];

describe('understanding a query', () => {
  it('reads words as the index does, each once, and keeps the text for embedding', async () => {
    const { words, meaning } = understandQuery(await indexOf(shop), new Query('  Blue BLUES t-shirt blue '));
    expect(words).toEqual([
      { surface: 'blue', alternatives: ['blue'], parts: [] },
      { surface: 'tshirt', alternatives: ['tshirt'], parts: ['t', 'shirt'] },
    ]);
    expect(meaning).toBe('Blue BLUES t-shirt blue');
  });

  it('completes a half-typed last word, most products first', async () => {
    const index = await indexOf(shop);
    const { words, meaning } = understandQuery(index, new Query('Blue Trou'));
    expect(words.at(-1)).toEqual({ surface: 'trou', alternatives: ['trouser'], parts: [] });
    expect(meaning).toBe('Blue trousers');
    expect(understandQuery(index, new Query('pre')).meaning).toBe('press');
  });

  it('completes the last word as typed, not the last distinct one', async () => {
    const index = await indexOf(shop);
    expect(understandQuery(index, new Query('blue trous blue')).meaning).toBe('blue trous blue');
    expect(understandQuery(index, new Query('trous blue trous'))).toMatchObject({
      words: [{ surface: 'trous', alternatives: ['trouser'] }, { surface: 'blue' }],
      meaning: 'trous blue trousers',
    });
  });

  it.each(['trou ', 'blue trou.', 't', 'trou blue', 'blue', 'zzz', 'tr-ou'])(
    'leaves %j as typed',
    async (q) => {
      const index = await indexOf(shop);
      expect(understandQuery(index, new Query(q)).meaning).toBe(q === 'trou ' ? 'trousers' : q.trim());
    },
  );

  it('takes the whole query and its pieces with a digit as possible codes', async () => {
    const index = await indexOf(shop);
    expect(understandQuery(index, new Query('Dell XPS-13 13 9310 x')).codes).toEqual([
      'Dell XPS-13 13 9310 x',
      'XPS-13',
      '9310',
    ]);
    expect(understandQuery(index, new Query('9310')).codes).toEqual(['9310']);
  });

  it('matches every product if nothing is typed, and none for signs alone', async () => {
    const index = await indexOf(shop);
    const nothing = { words: [], length: 0, meaning: '', codes: [], corrections: [], synonyms: [] };
    expect(understandQuery(index, new Query(' '))).toEqual({ ...nothing, everything: true });
    for (const q of ['!!!', '---', ' ... ', '«»', '®'])
      expect(understandQuery(index, new Query(q))).toEqual({ ...nothing, everything: false });
    expect(understandQuery(index, new Query('👗')).words.map(({ surface }) => surface)).toEqual(['👗']);
    expect(understandQuery(index, new Query('裙')).everything).toBe(false);
    expect(understandQuery(index, new Query('裙')).meaning).toBe('裙');
  });

  it('counts the words as typed, repeated ones too, and none if the last was completed', async () => {
    const index = await indexOf(shop);
    expect(understandQuery(index, new Query('blue blue t-shirt')).length).toBe(3);
    expect(understandQuery(index, new Query('手机手机')).length).toBe(3);
    expect(understandQuery(index, new Query('blue trou')).length).toBe(0);
  });

  it('reads no more than 32 words', async () => {
    const text = Array.from(
      { length: 40 },
      (_, place) => `w${'abcdefghij'[place % 10]}${'klmn'[Math.floor(place / 10)]}`,
    );
    expect(understandQuery(await indexOf(shop), new Query(text.join(' '))).words).toHaveLength(32);
  });
});
