import { expect, test } from 'vitest';
import { CatalogConcepts } from '../../../src/search/concepts/catalogConcepts.js';
import { NounHierarchy, writeNouns } from '../../../src/search/concepts/nounHierarchy.js';
import { Query } from '../../../src/search/understand/query.js';
import { withoutRelatedNouns } from '../../../src/search/understand/relatedNouns.js';
import { understandQuery } from '../../../src/search/understand/understandQuery.js';
import { indexOf } from '../indexOf.js';

const nouns = new NounHierarchy(
  writeNouns({
    above: [[], [0], [1], [2], [2]],
    specificity: [0, 0.5, 0.7, 1, 1],
    isThing: [false, true, true, true, true],
    names: new Map([
      ['seat', [1]],
      ['sofa', [2]],
      ['couch', [2]],
      ['settee', [3]],
      ['lounge', [3]],
      ['sofa bed', [4]],
      ['biro', []],
    ]),
  }),
);
const concepts = new CatalogConcepts(nouns, ['Sofas']);

test('a query that no product has the words of finds what categories hold', async () => {
  const index = await indexOf(
    ['Velvet sofa green', 'Corner couch', 'Sofa cushion', 'Wooden bed frame'].map((title, i) => ({
      id: `${i}`,
      title,
      category: title.includes('bed') ? 'Beds' : 'Sofas',
    })),
  );
  const understand = (q: string) => understandQuery(index, new Query(q), { correct: true, concepts });
  const settee = understand('settee');
  expect(settee.related).toEqual(['settee → couch', 'settee → sofa']);
  expect(settee.words[0]?.others?.map(({ terms }) => terms)).toEqual([['couch'], ['sofa']]);
  expect(withoutRelatedNouns(settee).words[0]?.others).toEqual([]);
  expect(withoutRelatedNouns(settee).related).toBeUndefined();
  // Both words are known, but only in different products.
  expect(understand('sofa bed').related).toEqual(['sofa bed → couch', 'sofa bed → sofa']);
  expect(understand('sofa').related).toBeUndefined();
  expect(understand('biro').related).toBeUndefined();
  expect(understand('wood settee').related).toBeUndefined();
  // A name of the settee does not stand for what it is for.
  expect(understand('settee for gardens').related).toBeUndefined();
  expect(understand('settee with wood').words.flatMap(({ others = [] }) => others)).toEqual([]);
  expect(withoutRelatedNouns(understand('sofa'))).toEqual(understand('sofa'));
});

test('a noun is spelled correctly, and not completed if a category holds it', async () => {
  const index = await indexOf([
    { id: 'a', title: 'Bio apples', category: 'Sofas' },
    { id: 'b', title: 'Lounges with armrests', category: 'Sofas' },
    { id: 'c', title: 'Grey sofa', category: 'Sofas' },
  ]);
  const understand = (q: string, known: CatalogConcepts | undefined) =>
    understandQuery(index, new Query(q), { correct: true, concepts: known });
  expect(understand('biro', undefined).corrections).toEqual([{ typed: 'biro', read: 'bio' }]);
  expect(understand('biro', concepts).corrections).toEqual([]);
});
