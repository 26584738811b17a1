import { describe, expect, it } from 'vitest';
import { Query } from '../../../src/search/understand/query.js';
import { understandQuery } from '../../../src/search/understand/understandQuery.js';
import { indexOf } from '../indexOf.js';

const rows = (titles: readonly string[], times = 3) =>
  titles.flatMap((title, row) =>
    Array.from({ length: times }, (_, copy) => ({ id: `${row}-${copy}`, title: `${title} ${copy}` })),
  );
const shop = rows([
  'Wireless headphones black',
  'Running shoes blue',
  'Desk lamp brass',
  'Micro memory card',
  'Shopping cart large',
  'Laptop stand',
  'Stoneware tea pot',
]);
const read = async (query: string, correct = true) => {
  const index = await indexOf([...shop, { id: 'x', title: 'Model case', sku: 'QWERTZ' }]);
  const { corrections, meaning, words } = understandQuery(index, new Query(query), { correct });
  index.close();
  return { meaning, words, said: corrections.map(({ typed, read: as }) => `${typed} → ${as}`) };
};

describe('spelling correction', () => {
  it.each([
    ['runing shoes', ['runing → running'], 'running shoes'],
    ['Wireless HAEDPHONES ', ['haedphones → headphones'], 'Wireless headphones '],
    ['xeadphonse', ['xeadphonse → headphones'], 'headphones'],
    ['desk lmap', ['lmap → lamp'], 'desk lamp'],
  ])('%j', async (query, said, meaning) => {
    const found = await read(query);
    expect(found.said).toEqual(said);
    expect(found.meaning).toBe(meaning.trim());
  });

  it.each(['running shoes', 'headphones', 'xyzzy', 'l4mp', '12345', 'qwertz', 'la', 'headpho'])(
    'leaves %j as typed',
    async (query) => expect((await read(query)).said).toEqual([]),
  );

  it('chooses the word that occurs with the other words of the query', async () => {
    expect((await read('micro memory carx')).said).toEqual(['carx → card']);
    expect((await read('shopping carx large')).said).toEqual(['carx → cart']);
  });

  it('does not correct words if it is turned off', async () => {
    const { said, meaning, words } = await read('runing shoes', false);
    expect(said).toEqual([]);
    expect(meaning).toBe('runing shoes');
    expect(words[0]?.alternatives).toEqual(['runing']);
  });

  it('includes products added and deleted since', async () => {
    const index = await indexOf(shop);
    const said = () => understandQuery(index, new Query('kettel')).corrections.map(({ read: as }) => as);
    expect(said()).toEqual([]);
    index.apply({ upserts: [{ product: { id: 'k', title: 'Kettle' } }] });
    expect(said()).toEqual(['kettle']);
    index.apply({ deletes: ['k'] });
    expect(said()).toEqual([]);
    index.close();
  });
});

describe('compounds', () => {
  it('reads two words as one that the catalog has', async () => {
    const { words, said } = await read('lap top stand');
    expect(said).toEqual(['lap top → laptop']);
    expect(words.map(({ others }) => others?.[0]?.terms)).toEqual([['laptop'], ['laptop'], undefined]);
  });

  it('reads one word as two that are adjacent in a title, and no others', async () => {
    const { words, said } = await read('teapot ');
    expect(said).toEqual(['teapot → tea pot']);
    expect(words[0]?.others).toEqual([{ terms: ['tea', 'pot'], weight: 1 }]);
    expect((await read('lampbrass ')).said).toEqual(['lampbrass → lamp brass']);
    expect((await read('desksbrass ')).said).toEqual([]);
  });
});

describe('codes', () => {
  it('joins neighbouring pieces of a code, and recognises parts of one', async () => {
    const index = await indexOf([{ id: 'a', title: 'Notebook', mpn: 'dv7-1211ea' }]);
    expect(understandQuery(index, new Query('hp dv7 1211ea laptop')).codes).toEqual([
      'hp dv7 1211ea laptop',
      '1211ea',
      'dv7 1211ea',
    ]);
    const partOf = (text: string) => understandQuery(index, new Query(text)).words[0]?.partOfCode;
    expect(partOf('dv7-121')?.text).toBe('dv7121');
    expect(partOf('dv7-1211ea')?.text).toBe('dv71211ea');
    expect(partOf('dv7 1211')?.text).toBe('dv71211');
    expect(partOf('4411.98')?.text).toBe('441198');
    expect(partOf('hp 1211')).toBeUndefined();
    expect(partOf('notebook')).toBeUndefined();
    expect(partOf('12 in')).toBeUndefined();
    index.close();
  });
});

describe('a correctly spelled word', () => {
  const vocabulary = new Set(['bike', 'nike', 'lump', 'cat']);
  const said = async (query: string, words: ReadonlySet<string> | undefined = vocabulary) => {
    const index = await indexOf([
      ...shop,
      { id: 'b1', title: 'Mountain bike' },
      { id: 'b2', title: 'Bike light' },
    ]);
    const { corrections } = understandQuery(index, new Query(query), { correct: true, vocabulary: words });
    return corrections.map(({ typed, read: as }) => `${typed} → ${as}`);
  };

  it('may be a name that the shop lacks, and stays as typed', async () => {
    expect(await said('nike')).toEqual([]);
    expect(await said('lump')).toEqual([]);
    expect(await said('lump', new Set())).toEqual(['lump → lamp']);
  });

  it('is corrected if the other words of the query say so', async () => {
    expect(await said('desk lump')).toEqual(['lump → lamp']);
    expect(await said('zebra lump')).toEqual([]);
  });

  it('may be the name of a brand, whatever the model knows', async () => {
    expect(await said('puma', new Set())).toEqual([]);
  });
});
