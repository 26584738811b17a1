import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { compileRules } from '../../../src/search/rules/compileRules.js';
import type { Rule } from '../../../src/search/rules/ruleSchema.js';
import { search } from '../../../src/search/search.js';
import type { SearchAnswer } from '../../../src/search/searchAnswer.js';
import type { SearchContext } from '../../../src/search/searchContext.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { RecentAnswers } from '../../../src/service/queries/recentAnswers.js';
import { indexOf } from '../../search/indexOf.js';

let index: LiveIndex;
let context: SearchContext;
let searched: number;
let answers: RecentAnswers;

async function ask(request: Partial<SearchRequest>, mode?: SearchAnswer['mode']): Promise<SearchAnswer> {
  const whole = searchRequestSchema.parse(request);
  const [answer] = await answers.get([whole], async (_, depends) => {
    searched++;
    return [
      await search(
        () => context,
        whole,
        undefined,
        undefined,
        (found, dependence) => {
          if (mode !== undefined) found.mode = mode;
          depends(found, dependence);
        },
      ),
    ];
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

  it('stays valid when prices change that it neither shows nor depends on', async () => {
    const first = { q: 'mug', sort: ['title:asc'], per_page: 1 };
    const priced = { q: 'mug', sort: ['price:asc'], per_page: 1, filter: "title EXISTS OR id != 'x'" };
    const asks: Partial<SearchRequest>[] = [
      first,
      { q: 'red', sort: ['price:asc'] },
      { q: 'red', facets: ['price'] },
    ];
    for (const one of asks) await ask(one);
    expect(searched).toBe(3);
    const price = (id: string, value: number) => index.apply({ live: [{ id, fields: { price: value } }] });
    // Sorted by title, the blue mug is shown. The red mug alone is red.
    price('a', 6);
    await ask(first);
    expect(searched).toBe(3);
    price('b', 8);
    expect((await ask(first)).hits[0]?.product.price).toBe(8);
    expect(searched).toBe(4);
    // Shows the red mug.
    expect((await ask({ q: 'red', facets: ['price'] })).facets.price).toEqual([{ value: '6', count: 1 }]);
    expect(searched).toBe(5);
    price('b', 7);
    await ask({ q: 'red', facets: ['price'] });
    expect(searched).toBe(5);
    await expect(ask(priced)).rejects.toThrow(UserError);
  });

  it('is not cached with explanations', async () => {
    await ask({ q: 'mug', explain: true });
    await ask({ q: 'mug', explain: true });
    expect(searched).toBe(2);
  });

  it('with rules is valid until one of them begins or ends, and never for new products', async () => {
    let now = Date.parse('2026-12-01T12:00Z');
    const rules = (rule: Partial<Rule>) => {
      const whole: Rule = { id: 'r', when: {}, then: { hide: ['a'] }, ...rule };
      context = { ...context, rules: compileRules({ format: 1, rules: [whole] }, () => now) };
    };
    rules({ when: { from: '2026-12-02', until: '2026-12-03' } });
    const ids = async () => (await ask({ q: 'mug' })).hits.map(({ id }) => id).sort();
    expect(await ids()).toEqual(['a', 'b']);
    now += 11 * 3_600_000;
    expect(await ids()).toEqual(['a', 'b']);
    expect(searched).toBe(1);
    now += 3_600_000;
    expect(await ids()).toEqual(['b']);
    now += 47 * 3_600_000;
    expect(await ids()).toEqual(['b']);
    expect(searched).toBe(2);
    now += 3_600_000;
    expect(await ids()).toEqual(['a', 'b']);
    expect(searched).toBe(3);
    rules({ then: { new_first: { field: 'price', days: 3 } } });
    await ids();
    await ids();
    expect(searched).toBe(5);
  });

  it('is invalid when a rule hides or moves other products than before', async () => {
    const rule: Rule = { id: 'r', when: {}, then: { hide: "availability = 'sold out'" } };
    index.apply({ live: [{ id: 'a', fields: { availability: 'sold out' } }] });
    context = { ...context, rules: compileRules({ format: 1, rules: [rule] }) };
    expect((await ask({ q: 'mug' })).hits.map(({ id }) => id)).toEqual(['b']);
    index.apply({ live: [{ id: 'a', fields: { price: 4 } }] });
    await ask({ q: 'mug' });
    expect(searched).toBe(1);
    index.apply({ live: [{ id: 'a', fields: { availability: 'soon' } }] });
    expect((await ask({ q: 'mug' })).total).toBe(2);
  });

  it('equals a fresh answer, whatever is written and asked', async () => {
    let kept = 0;
    const word = fc.constantFrom('red', 'blue', 'mug', 'lamp');
    const live = fc.record(
      {
        price: fc.nat(4),
        stock: fc.nat(2),
        availability: fc.constantFrom('in stock', 'In Stock', 'sold out', 'soon'),
      },
      { requiredKeys: [] },
    );
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const product = fc
      .tuple(id, word, word, fc.constantFrom('Ace', 'Bolt'), live)
      .map(([own, one, other, brand, fields]) => ({
        ...{ id: own, title: `${one} ${other}`, brand, group_id: brand, ...fields },
      }));
    const request = fc.record(
      {
        q: fc.constantFrom('', 'mug', 'red lamp', 'mug under 3', 'soon', 'ace mug', 'cheap lamp', 'zebra'),
        filter: fc.constantFrom("brand = 'Ace'", "availability = 'in stock'", 'price < 3'),
        refine: fc.constantFrom("brand = 'Bolt'", 'price >= 1'),
        sort: fc.constantFrom<string[][]>(['price:asc'], ['title:desc'], ['availability:asc']),
        facets: fc.constantFrom<string[][]>(['*'], ['price'], ['brand'], ['availability', 'stock']),
        facet_ranges: fc.constantFrom<string[][]>(['price:3'], ['stock:..1..']),
        group: fc.boolean(),
        per_page: fc.constantFrom(1, 2, 20),
      },
      { requiredKeys: ['q'] },
    );
    const effects: (Rule['then'] | undefined)[] = [
      undefined,
      { in_stock_first: true },
      { boost: [{ filter: 'price < 2', by: 0.3 }] },
      { hide: "availability = 'sold out'" },
      { by_field: [{ field: 'stock', weight: 0.2 }] },
    ];
    const rules = fc.constantFrom(...effects);
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ live: fc.record({ id, fields: live }) }) },
      { weight: 1, arbitrary: fc.record({ product }) },
      { weight: 1, arbitrary: fc.record({ gone: id }) },
      { weight: 1, arbitrary: fc.record({ then: rules }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(product, { selector: (one) => one.id }),
        fc.uniqueArray(request, { minLength: 2, maxLength: 5, selector: (one) => JSON.stringify(one) }),
        fc.array(step, { maxLength: 12 }),
        async (products, requests, steps) => {
          index = await indexOf(products);
          context = { index, minCosine: 0.3, taxonomy: undefined };
          answers = new RecentAnswers(() => context, true);
          for (const one of [undefined, ...steps]) {
            if (one !== undefined && 'live' in one) index.apply({ live: [one.live] });
            if (one !== undefined && 'product' in one) index.apply({ upserts: [{ product: one.product }] });
            if (one !== undefined && 'gone' in one) index.apply({ deletes: [one.gone] });
            if (one !== undefined && 'then' in one) {
              const rule = one.then === undefined ? [] : [{ id: 'r', when: {}, then: one.then }];
              context = { ...context, rules: compileRules({ format: 1, rules: rule }) };
            }
            for (const each of requests) {
              const whole = searchRequestSchema.parse(each);
              const fresh = await search(() => context, whole, undefined).catch(String);
              const given = await ask(each).catch(String);
              expect(timeless(given)).toEqual(timeless(fresh));
            }
          }
          kept += answers.remembered;
          index.close();
        },
      ),
      { numRuns: 25 },
    );
    expect(kept).toBeGreaterThan(50);
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

function timeless(answer: SearchAnswer | string): object | string {
  return typeof answer === 'string' ? answer : { ...answer, took_ms: 0 };
}
