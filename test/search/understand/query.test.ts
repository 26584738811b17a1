import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze, analyzeWords } from '../../../src/index/lexical/analyze.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { compileRules } from '../../../src/search/rules/compileRules.js';
import { lintRules } from '../../../src/search/rules/lintRules.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { Query } from '../../../src/search/understand/query.js';
import { foldLetters } from '../../../src/text/fold.js';
import { tokens } from '../../../src/text/tokens.js';
import { indexOf, overriding } from '../indexOf.js';

const shop = [
  { id: '1', title: 'Blue cotton shirt', brand: 'Nordvik', sku: 'KX-4417', price: 30 },
  { id: '2', title: 'Red cotton shirt', brand: 'Nordvik', price: 60 },
];

/** The index, recording the texts that are looked up whole. */
function counting(index: LiveIndex): { counted: LiveIndex; identified: string[]; titled: string[] } {
  const identified: string[] = [];
  const titled: string[] = [];
  const counted = overriding(index, {
    findByIdentifier: (text) => {
      identified.push(text);
      return index.findByIdentifier(text);
    },
    findByTitle: (text) => {
      titled.push(text);
      return index.findByTitle(text);
    },
  });
  return { counted, identified, titled };
}

describe('a query', () => {
  it('analyses its text once, however often it is read', () => {
    const query = new Query('Blue T-Shirt under 30');
    expect(query.tokens).toBe(query.tokens);
    expect(query.words).toBe(query.words);
    expect(query.keyWords).toBe(query.keyWords);
  });

  it('has the tokens and terms of its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const query = new Query(text);
        expect(query.tokens).toEqual(tokens(text));
        expect(query.words).toEqual(analyzeWords(text));
        expect(query.folded).toBe(foldLetters(text));
        const whole = query.words.flatMap(({ alternatives, parts }) => [...alternatives, ...parts]);
        expect(whole).toEqual(
          analyze(text).flatMap(({ text: term, role }) => (role === 'atom' ? [] : [term])),
        );
      }),
    );
  });

  it('looks up its whole text once per state of an index', async () => {
    const index = await indexOf(shop);
    const { counted, identified, titled } = counting(index);
    const query = new Query('kx 4417');
    for (let times = 0; times < 3; times++) {
      expect(query.identifierMatches(counted)).toEqual([0]);
      expect(query.titleMatches(counted)).toEqual([]);
    }
    expect([identified, titled]).toEqual([['kx 4417'], ['kx 4417']]);
    index.apply({ upserts: [{ product: { id: '3', title: 'KX 4417', sku: 'KX4417' } }] });
    expect(query.identifierMatches(counted)).toEqual([0, 2]);
    expect(query.titleMatches(counted)).toEqual([2]);
  });

  it('is looked up whole once in a search with rules, corrections and structure', async () => {
    const { counted, identified, titled } = counting(await indexOf(shop));
    const linted = lintRules('{ format: 1, rules: [{ id: r, then: { in_stock_first: true } }] }', undefined);
    const rules = compileRules(linted.rules ?? { format: 1, rules: [] });
    const context = () => ({ index: counted, minCosine: 0.3, taxonomy: undefined, rules });
    await search(context, searchRequestSchema.parse({ q: 'blue cottn shirt', explain: true }), undefined);
    expect(identified.filter((text) => text === 'blue cottn shirt')).toHaveLength(1);
    expect(titled).toEqual(['blue cottn shirt']);
  });
});
