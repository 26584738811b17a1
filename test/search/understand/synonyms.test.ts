import { describe, expect, it } from 'vitest';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { compileSynonyms, readSynonyms, taxonomySynonyms } from '../../../src/search/understand/synonyms.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { indexOf } from '../indexOf.js';

const shop = [
  { id: 'couch', title: 'Green couch' },
  { id: 'sofa', title: 'Green sofa' },
  { id: 'console', title: 'Oak media console' },
  { id: 'stand', title: 'Oak tv stand' },
];
const ask = async (q: string, lines: readonly string[]) => {
  const index = await indexOf(shop);
  const synonyms = compileSynonyms(lines.flatMap(readSynonyms));
  const context = () => ({ index, minCosine: 1, taxonomy: undefined, synonyms });
  const { hits, understood } = await search(context, searchRequestSchema.parse({ q }), undefined);
  index.close();
  return {
    ids: hits.filter(({ tier }) => tier !== 'partial').map(({ id }) => id),
    said: understood.synonyms,
  };
};

describe('synonyms', () => {
  it('find other words, after the words as typed', async () => {
    expect(await ask('sofas', ['sofa, couch'])).toEqual({ ids: ['sofa', 'couch'], said: ['sofa → couch'] });
    expect((await ask('couch', ['sofa, couch'])).ids).toEqual(['couch', 'sofa']);
    expect((await ask('couch', ['sofa => couch'])).ids).toEqual(['couch']);
    expect(await ask('couch', ['couch, chesterfield'])).toEqual({ ids: ['couch'], said: [] });
  });

  it('may be several words on either side', async () => {
    expect((await ask('tv stand', ['tv stand => media console'])).ids).toEqual(['stand', 'console']);
    expect((await ask('oak tv', ['tv stand => media console'])).said).toEqual([]);
  });

  it('come from the names and aliases of a taxonomy', () => {
    const taxonomy = taxonomySchema.parse({
      format: 1,
      version: 'v1',
      language: 'en',
      owner: 'shop',
      changelog: [{ version: 'v1', date: '2026-01-01', changes: ['first'] }],
      categories: [{ id: 'c', name: 'Sofas', aliases: ['Couches'] }],
      attributes: [
        { id: 'm', name: 'M', type: 'enum', values: [{ name: 'Grey', aliases: ['Gray', '#888'] }] },
      ],
    });
    expect(taxonomySynonyms(viewTaxonomy(taxonomy))).toEqual([
      { from: 'Couches', to: 'Sofas' },
      { from: 'Grey', to: 'Gray' },
      { from: 'Gray', to: 'Grey' },
    ]);
  });

  it('without effect are dropped', async () => {
    expect(compileSynonyms([{ from: 'red', to: 'brick red' }]).size).toBe(0);
    expect(compileSynonyms([{ from: 'brick red', to: 'red' }]).size).toBe(1);
  });

  it.each(['sofa', 'a => b => c', 'a =>', '=> b', ', b', ''])('refuses %j', (line) => {
    expect(() => readSynonyms(line)).toThrow("expected words such as 'tv, television'");
  });
});
