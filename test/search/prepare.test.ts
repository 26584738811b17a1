import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LiveIndex } from '../../src/index/liveIndex.js';
import { parseFilter } from '../../src/search/filter/parseFilter.js';
import { restrictIndex } from '../../src/search/filter/restrictIndex.js';
import { KnownQueries } from '../../src/search/suggest/knownQueries.js';
import { Suggester } from '../../src/search/suggest/suggester.js';
import {
  isVocabularyKnown,
  prepareVocabulary,
  vocabularyOf,
} from '../../src/search/understand/structure/valueVocabulary.js';
import { products as anyProduct } from '../index/products.js';
import { indexOf } from './indexOf.js';

/** Writes come before the steps up to this one. */
const LAST_STEP = 40;
const nothing = new KnownQueries([]);

/** What can be read of an index that it builds on first use. */
function shown(index: LiveIndex): unknown {
  const columns = index.columns.names().map((name) => {
    const column = index.columns.field(name);
    const values = column?.values ?? [];
    const live = values.flatMap((value, code) => {
      const products = column?.documents(code) ?? 0;
      return products === 0
        ? []
        : [{ value, products, isFound: column?.codeOf(value) === code, number: column?.numbers[code] }];
    });
    // Codes of a restricted index are in the order in which they were first needed.
    return [name, live.sort((a, b) => (a.value < b.value ? -1 : 1))];
  });
  const near = ['red', 'shoe', 'acme'].map((word) => index.lexical.wordsWithinEdits(word, 2));
  return { columns, near };
}

it('an index that is written to while it is prepared shows the same as one that is not prepared', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyProduct, { selector: ({ id }) => id, minLength: 3, maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(LAST_STEP), anyProduct), { maxLength: 5 }),
      async (products, writes) => {
        const [prepared, plain] = [await indexOf(products), await indexOf(products)];
        const steps = prepared.prepare();
        const whole = restrictIndex(prepared, parseFilter('price > 1'));
        const restricted = whole.prepare();
        for (let step = 0, left = true; left || step <= LAST_STEP; step++) {
          for (const [when, product] of writes)
            if (when === step) prepared.apply({ upserts: [{ product, vector: undefined }] });
          whole.update();
          left = [steps.next(), restricted.next()].some(({ done }) => done !== true);
        }
        for (const [, product] of writes.toSorted(([a], [b]) => a - b))
          plain.apply({ upserts: [{ product, vector: undefined }] });
        expect(shown(prepared)).toEqual(shown(plain));
        const other = restrictIndex(plain, parseFilter('price > 1'));
        whole.update();
        expect(shown(whole)).toEqual(shown(other));
        prepared.close();
        plain.close();
      },
    ),
    { numRuns: 15 },
  );
});

it('completions that were prepared in slices are those built at once, with what was written meanwhile', async () => {
  const index = await indexOf([
    { id: 'a', title: 'Red enamel mug', brand: 'Linnet', category: 'Kitchen > Mugs' },
    { id: 'b', title: 'Blue enamel pot', brand: 'Linnet', category: 'Kitchen > Pots' },
  ]);
  const preparing = Suggester.prepare(index);
  index.apply({
    upserts: [{ product: { id: 'c', title: 'Enamelled kettle' }, vector: undefined }],
    deletes: ['b'],
  });
  const prepared = await preparing;
  const atOnce = new Suggester(index);
  for (const q of ['en', 'enam', 'k', 'li', 'po', 'mgu']) {
    const { suggestions } = prepared.suggest({ q, limit: 20 }, nothing);
    expect(suggestions).toEqual(atOnce.suggest({ q, limit: 20 }, nothing).suggestions);
  }
  expect(prepared.suggest({ q: 'enamelled', limit: 20 }, nothing).suggestions).not.toEqual([]);
  index.close();
});

it('a vocabulary is learned once, and again when the catalog has grown', async () => {
  const mugs = Array.from({ length: 6 }, (_, n) => ({ id: `m${n}`, title: `Red mug ${n}`, brand: 'Linnet' }));
  const index = await indexOf(mugs);
  expect(isVocabularyKnown(index, undefined)).toBe(false);
  await Promise.all([prepareVocabulary(index, undefined), prepareVocabulary(index, undefined)]);
  expect(isVocabularyKnown(index, undefined)).toBe(true);
  const first = vocabularyOf(index, undefined);
  expect(first.meaning('linnet')?.filter).toBe("brand = 'Linnet'");
  expect(vocabularyOf(index, undefined)).toBe(first);
  const more = Array.from({ length: 60 }, (_, n) => ({
    id: `p${n}`,
    title: `Blue pot ${n}`,
    brand: 'Halden',
  }));
  index.apply({ upserts: more.map((product) => ({ product, vector: undefined })) });
  expect(isVocabularyKnown(index, undefined)).toBe(false);
  expect(vocabularyOf(index, undefined).meaning('halden')?.filter).toBe("brand = 'Halden'");
  index.close();
});
