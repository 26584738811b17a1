import { expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.js';
import { searchAlike } from '../../../src/search/search.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { searchMany } from '../../../src/service/queries/searchMany.js';
import { indexOf } from '../../search/indexOf.js';

const read = (requests: Partial<SearchRequest>[]): SearchRequest[] =>
  requests.map((request) => searchRequestSchema.parse(request));

it('answers in order, with one retrieval and one vector for searches that differ in what is ticked', async () => {
  const index = await indexOf([
    { id: 'a', title: 'red mug', brand: 'Acme' },
    { id: 'b', title: 'blue mug', brand: 'Oak' },
    { id: 'c', title: 'red hat', brand: 'Oak' },
  ]);
  const context = () => ({ index, minCosine: 0.3, taxonomy: undefined });
  const embedded: string[] = [];
  const embed = async (text: string) => {
    embedded.push(text);
    return undefined;
  };
  const sizes: number[] = [];
  const requests = read([
    { q: 'mug', refine: "brand = 'Oak'" },
    { q: 'hat' },
    { q: 'mug' },
    { q: 'mug', refine: 'brnd = 1' },
    { q: 'mug', refine: "brand = 'Acme'", facets: ['brand'] },
  ]);
  const answers = await searchMany(requests, (alike) => {
    sizes.push(alike.length);
    return searchAlike(context, alike, embed);
  });
  expect(sizes).toEqual([4, 1]);
  expect(embedded).toEqual(['mug', 'hat']);
  const found = answers.map((answer) =>
    answer instanceof UserError ? answer.field : answer.hits.map(({ id }) => id),
  );
  expect(found).toEqual([['b'], ['c'], ['a', 'b'], 'refine', ['a']]);
});

it('lets other requests in between', async () => {
  const requests = read(Array.from({ length: 20 }, (_, at) => ({ q: 'mug', page: at + 1 })));
  const sizes: number[] = [];
  await searchMany(requests, async (alike) => {
    sizes.push(alike.length);
    return alike.map(() => new UserError('none'));
  });
  expect(sizes).toEqual([8, 8, 4]);
});
