import { beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { compileRules } from '../../../src/search/rules/compileRules.js';
import { type SearchContext, search } from '../../../src/search/search.js';
import type { SearchAnswer } from '../../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { RecentAnswers } from '../../../src/service/queries/recentAnswers.js';
import { indexOf } from '../../search/indexOf.js';

let index: LiveIndex;
let context: SearchContext;
let searched: number;
let answers: RecentAnswers;

async function ask(request: Partial<SearchRequest>, mode?: SearchAnswer['mode']): Promise<SearchAnswer> {
  const whole = searchRequestSchema.parse(request);
  const [answer] = await answers.get([whole], async () => {
    searched++;
    const answer = await search(() => context, whole, undefined);
    return [mode === undefined ? answer : { ...answer, mode }];
  });
  if (answer === undefined || answer instanceof UserError) throw answer ?? new Error('no answer');
  return answer;
}

beforeEach(async () => {
  index = await indexOf([
    { id: 'a', title: 'red mug', price: 5 },
    { id: 'b', title: 'blue mug', price: 9 },
  ]);
  context = { index, minCosine: 0.3, taxonomy: undefined };
  searched = 0;
  answers = new RecentAnswers(() => context, true);
});

describe('a cached answer', () => {
  it('is returned for an equal request, and for no other', async () => {
    const first = await ask({ q: 'mug' });
    const again = await ask({ q: 'mug' });
    expect({ ...again, took_ms: 0 }).toEqual({ ...first, took_ms: 0 });
    expect(searched).toBe(1);
    expect((await ask({ q: 'mug', sort: ['price:desc'] })).hits[0]?.id).toBe('b');
    expect((await ask({ q: 'mug', page: 2 })).hits).toEqual([]);
    expect(searched).toBe(3);
    expect([answers.asked, answers.remembered]).toEqual([4, 1]);
  });

  it('is invalid after a change of a price, or of anything else that it depends on', async () => {
    await ask({ q: 'mug', sort: ['price:asc'] });
    index.apply({ live: [{ id: 'b', fields: { price: 1 } }] });
    expect((await ask({ q: 'mug', sort: ['price:asc'] })).hits[0]?.product).toMatchObject({
      id: 'b',
      price: 1,
    });
    context = { ...context, minCosine: 0.4 };
    await ask({ q: 'mug', sort: ['price:asc'] });
    context = { ...context, index: await indexOf([{ id: 'c', title: 'mug' }]) };
    expect((await ask({ q: 'mug', sort: ['price:asc'] })).hits.map(({ id }) => id)).toEqual(['c']);
    expect(searched).toBe(4);
  });

  it('is not cached with rules, which depend on the time, nor with explanations', async () => {
    await ask({ q: 'mug', explain: true });
    await ask({ q: 'mug', explain: true });
    expect(searched).toBe(2);
    context = { ...context, rules: compileRules({ format: 1, rules: [] }) };
    await ask({ q: 'mug' });
    await ask({ q: 'mug' });
    expect(searched).toBe(4);
  });

  it('is cached with synonyms and no rules, until they change', async () => {
    const synonyms = (line: string) => compileRules({ format: 1, rules: [], synonyms: [line] });
    context = { ...context, rules: synonyms('mug, cup') };
    await ask({ q: 'mug' });
    await ask({ q: 'mug' });
    expect(searched).toBe(1);
    context = { ...context, rules: synonyms('mug, beaker') };
    await ask({ q: 'mug' });
    expect(searched).toBe(2);
  });

  it('by words only is not cached where the model failed temporarily', async () => {
    answers = new RecentAnswers(() => context, false);
    await ask({ q: 'mug' }, 'lexical');
    await ask({ q: 'mug' }, 'hybrid');
    await ask({ q: 'mug' }, 'lexical');
    expect(searched).toBe(2);
  });

  it('is evicted by newer ones', async () => {
    await ask({ q: 'mug' });
    for (let page = 2; page <= 501; page++) await ask({ q: 'mug', page });
    expect(searched).toBe(501);
    await ask({ q: 'mug', page: 501 });
    expect(searched).toBe(501);
    await ask({ q: 'mug' });
    expect(searched).toBe(502);
  });
});
