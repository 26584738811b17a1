import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { experimentSchema } from '../../../src/experiments/definition.js';
import type { Hit, SearchAnswer } from '../../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { searchVariantSchema } from '../../../src/search/searchVariant.js';
import { searchInExperiment } from '../../../src/service/lab/searchInExperiment.js';
import { openService } from '../../../src/service/openService.js';
import type { Reader } from '../../../src/service/reader.js';
import { memoryService } from '../../http/memoryService.js';
import { indexedCatalog } from '../../support/indexedCatalog.js';

const MIXED = {
  experiment: experimentSchema.parse({
    ...{ name: 'words', mode: 'interleaving', share: 1 },
    variants: [{ name: 'serving' }, { name: 'words', search: { meaning: false } }],
  }),
  ...{ started: 0, stopped: null },
};

/** A reader whose two variants list these groups of ids, the first id of a group as the hit. */
function readerOf(a: readonly string[][], b: readonly string[][]) {
  const recorded: SearchRequest[] = [];
  const base = memoryService([]);
  const reader: Reader = {
    ...base,
    searchInExperiment: async (request, { meaning }): Promise<SearchAnswer> => {
      const all = meaning ? a : b;
      const from = (request.page - 1) * request.per_page;
      const hits = all.slice(from, from + request.per_page).map((ids): Hit => {
        const id = ids[0] ?? '';
        return {
          ...{ id, score: 1, tier: 'all', product: { id } },
          ...(request.group && { variants: { count: ids.length, ids } }),
        };
      });
      return { ...(await base.search(request)), total: all.length, hits };
    },
    recordQuery: (request) => void recorded.push(request),
  };
  return { reader, recorded };
}

test('a mixed result lists the products of the first variant, each once, wherever its pages end', async () => {
  const size = fc.integer({ min: 0, max: 140 });
  await fc.assert(
    fc.asyncProperty(
      ...[size, fc.integer(), fc.integer({ min: 3, max: 130 }), fc.boolean()],
      async (count, seed, per_page, group) => {
        const groups = Array.from({ length: count + 20 }, (_, place) => [`p${place}`, `v${place}`]);
        const mixed = groups.toSorted((x, y) => hash(seed, x[0]) - hash(seed, y[0]));
        // The second variant has other products too, lacks some, and shows another product of a group.
        const a = groups.slice(0, count);
        const b = mixed.slice(5).map((ids) => (group ? ids.toReversed() : ids));
        const { reader, recorded } = readerOf(a, b);
        const ids: string[] = [];
        let teams: (string | null)[] = [];
        const pages = Math.ceil(count / per_page) + 1;
        for (let page = 1; page <= pages; page++) {
          const request = searchRequestSchema.parse({ q: 'x', per_page, page, group });
          const found = await searchInExperiment(reader, MIXED, 'c1', request);
          expect(found).toMatchObject({ variant: 'interleaved', answer: { total: count, page, per_page } });
          const hits = found?.answer.hits ?? [];
          expect(hits).toHaveLength(Math.max(0, Math.min(per_page, count - ids.length)));
          if (found?.teams !== undefined) expect(found.teams).toHaveLength(hits.length);
          ids.push(...hits.map(({ id }) => id));
          teams = teams.concat(found?.teams ?? []);
        }
        expect(ids.toSorted()).toEqual(a.map(([id]) => id).toSorted());
        // What the first variant has at the end stays where it is.
        expect(ids.slice(100)).toEqual(a.slice(100).map(([id]) => id));
        const own = teams.filter((team) => team === 'A').length;
        expect(Math.abs(own - teams.filter((team) => team === 'B').length)).toBeLessThanOrEqual(1);
        // One search of the shopper is one search, also of a further page.
        expect(recorded.map(({ page }) => page)).toEqual(
          Array.from({ length: pages }, (_, place) => place + 1),
        );
        expect(new Set(recorded.map((request) => request.per_page))).toEqual(new Set([per_page]));
      },
    ),
    { numRuns: 60 },
  );
});

function hash(seed: number, text = ''): number {
  let state = seed | 0;
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 0x5bd1e995) ^ (state >>> 13);
  return state;
}

test('each variant remembers its own answers, also the one that equals what serves', async () => {
  const service = await openService({ ...indexedCatalog(), modelDir: packagePaths.model, workers: 1 });
  onTestFinished(() => service.close());
  const request = searchRequestSchema.parse({ q: 'clothes for a party' });
  const serving = searchVariantSchema.parse({});
  const usual = await service.search(request);
  const asked = service.figures().answersAsked;
  const timed: unknown[] = [];
  service.onSearched((parts) => timed.push(parts));
  for (const variant of [serving, searchVariantSchema.parse({ meaning: false })]) {
    const before = timed.length;
    const first = await service.searchInExperiment(request, variant);
    expect(timed).toHaveLength(before + 1);
    const again = await service.searchInExperiment(request, { ...variant });
    expect(timed).toHaveLength(before + 1);
    const compared = await service.searchVariant(request, variant);
    const untimed = ({ took_ms: _, ...answer }: SearchAnswer) => answer;
    expect(untimed(first)).toEqual(untimed(again));
    expect(untimed(first)).toEqual(untimed(compared));
    if (variant.meaning) expect(untimed(first)).toEqual(untimed(usual));
  }
  // The shoppers who take no part have another cache.
  expect(service.figures().answersAsked).toBe(asked);
});
