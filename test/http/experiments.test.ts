import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import type { ServedSearch } from '../../src/events/event.js';
import { EventStore } from '../../src/events/eventStore.js';
import { experimentSchema } from '../../src/experiments/definition.js';
import { buildApp } from '../../src/http/app.js';
import { learnedFiles } from '../../src/learning/learn.js';
import { WEIGHTS } from '../../src/search/rank/rankingWeights.js';
import { ExperimentBook } from '../../src/service/experiments.js';
import { openService } from '../../src/service/openService.js';
import { RankingBook } from '../../src/service/rankingBook.js';
import { openStore } from '../../src/store/open.js';
import { indexedCatalog } from '../support/indexedCatalog.js';
import { runInProcess } from '../support/runInProcess.js';
import { fileOf } from '../support/temporaryFolder.js';
import { webDir } from './serving.js';

const answerSchema = z.looseObject({
  total: z.number(),
  query_id: z.string(),
  hits: z.array(z.looseObject({ id: z.string() })),
  experiment: z.object({ name: z.string(), variant: z.string() }).optional(),
});
type Answer = z.infer<typeof answerSchema>;

const AB = {
  ...{ name: 'words', share: 1, planned_clients: 200 },
  variants: [{ name: 'serving' }, { name: 'words', search: { meaning: false } }],
};

async function shop() {
  const folders = indexedCatalog();
  const service = await openService({ ...folders, modelDir: packagePaths.model, workers: 1 });
  const app = await buildApp({ service, webDir, logger: false });
  onTestFinished(async () => {
    await app.close();
    await service.close();
  });
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
  const search = async (client: string | undefined, more: Record<string, string> = {}): Promise<Answer> => {
    const query = new URLSearchParams({ q: 'dress', ...(client && { client_id: client }), ...more });
    const response = await app.inject({ url: `/v1/search?${query}` });
    expect(response.statusCode).toBe(200);
    return answerSchema.parse(response.json());
  };
  const click = (
    client: string,
    { query_id }: Answer,
    id: string,
    action_name = 'click',
    more: object = {},
  ) =>
    post('/v1/events', {
      ...{ action_name, query_id, client_id: client, timestamp: new Date().toISOString() },
      event_attributes: { object: { object_id: id }, position: { ordinal: 1 }, ...more },
    });
  const report = async (name: string) => (await app.inject({ url: `/v1/experiments/${name}/report` })).json();
  return { app, post, search, click, report, folders };
}

const idsOf = ({ hits }: Answer): string[] => hits.map(({ id }) => id);

test('shoppers get variants, always the same, and the report counts what they did', async () => {
  const { post, search, click, report } = await shop();
  expect((await post('/v1/experiments', AB)).statusCode).toBe(200);
  const told = {
    serving: { clients: 0, clicked: 0, revenue: 0 },
    words: { clients: 0, clicked: 0, revenue: 0 },
  };
  for (let place = 0; place < 24; place++) {
    const client = `client ${place}`;
    const answer = await search(client);
    const variant = z.enum(['serving', 'words']).parse(answer.experiment?.variant);
    expect((await search(client)).experiment).toEqual({ name: 'words', variant });
    told[variant].clients++;
    if (place % 3 === 0) {
      await click(client, answer, idsOf(answer)[0] ?? '');
      told[variant].clicked++;
    }
    if (place % 6 === 0) {
      await click(client, answer, 'p', 'purchase', { price: 4, quantity: 2, order_id: client });
      told[variant].revenue += 8;
    }
  }
  expect(Math.min(told.serving.clients, told.words.clients)).toBeGreaterThan(3);
  expect((await search(undefined)).experiment).toBeUndefined();
  // The searches are written once a second.
  await expect
    .poll(async () => (await report('words')).variants[0].searches, { timeout: 10_000 })
    .toBeGreaterThan(2 * told.serving.clients - 1);
  const found = await report('words');
  for (const { name, clients, searches, metrics } of found.variants) {
    const own = told[z.enum(['serving', 'words']).parse(name)];
    expect([clients, searches]).toEqual([own.clients, 2 * own.clients]);
    expect(metrics.click_through_rate).toBeCloseTo(own.clicked / searches, 9);
    expect(metrics.revenue_per_search).toBeCloseTo(own.revenue / searches, 9);
  }
  expect(found.outcome).toBe('too_early');
  expect((await post('/v1/experiments/words/stop', {})).statusCode).toBe(200);
  expect((await search('client 1')).experiment).toBeUndefined();
});

test('a variant answers as its configuration does, and a sorted search is the same for all', async () => {
  const { app, post, search } = await shop();
  await post('/v1/experiments', AB);
  const words = (
    await app.inject({
      ...{ method: 'POST', url: '/v1/lab/compare' },
      payload: { search: { q: 'clothes for a party' }, second: { meaning: false } },
    })
  ).json();
  const seen = new Set<string>();
  for (let place = 0; seen.size < 2 && place < 40; place++) {
    const answer = await search(`client ${place}`, { q: 'clothes for a party' });
    const side = answer.experiment?.variant === 'words' ? words.second : words.first;
    seen.add(answer.experiment?.variant ?? '');
    expect([answer.total, idsOf(answer)]).toEqual([side.total, idsOf(side)]);
  }
  expect(seen).toEqual(new Set(['serving', 'words']));
  expect((await search('client 1', { sort: 'price:asc' })).experiment).toBeUndefined();
});

test('pages of a mixed result fit together, and its totals and facets are those of the first variant', async () => {
  const { post, search } = await shop();
  const plain = await search(undefined, { per_page: '250', facets: 'category' });
  await post('/v1/experiments', { ...AB, mode: 'interleaving' });
  for (const client of ['c1', 'c2', 'c3']) {
    const whole = await search(client, { per_page: '12', facets: 'category' });
    expect(whole.experiment).toEqual({ name: 'words', variant: 'interleaved' });
    expect([whole.total, whole.facets]).toEqual([plain.total, plain.facets]);
    const paged = [];
    for (const page of ['1', '2', '3']) paged.push(...idsOf(await search(client, { per_page: '4', page })));
    expect(paged).toEqual(idsOf(whole));
    expect(new Set(paged).size).toBe(paged.length);
  }
});

test('one experiment runs at a time, a name is used once, and definitions are checked', async () => {
  const { post } = await shop();
  expect((await post('/v1/experiments', AB)).statusCode).toBe(200);
  const second = await post('/v1/experiments', { ...AB, name: 'second' });
  expect([second.statusCode, second.json().detail]).toEqual([
    400,
    'The experiment words runs, and one runs at a time: stop it first, with shelfwright experiment stop words.',
  ]);
  await post('/v1/experiments/words/stop', {});
  expect((await post('/v1/experiments', AB)).json().detail).toMatch(
    /^name: an experiment words is stored already/,
  );
  for (const [wrong, field] of [
    [{ ...AB, name: 'Not a name' }, 'name'],
    [{ ...AB, name: 'x', share: 2 }, 'share'],
    [{ ...AB, name: 'x', variants: [{ name: 'a' }] }, 'variants'],
    [{ ...AB, name: 'x', variants: [{ name: 'a' }, { name: 'a' }] }, 'variants'],
    [
      { ...AB, name: 'x', mode: 'interleaving', variants: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
      'variants',
    ],
    [{ ...AB, name: 'x', target: 'happiness' }, 'target'],
    [{ ...AB, name: 'x', mode: 'interleaving', target: 'revenue_per_search' }, 'target'],
  ] as const) {
    const refused = await post('/v1/experiments', wrong);
    expect([refused.statusCode, refused.json().errors[0].field]).toEqual([400, field]);
  }
  expect((await post('/v1/experiments/nothing/stop', {})).statusCode).toBe(404);
});

test('learned weights are tried in one step, serve when they won, and can be undone', async () => {
  const { app, post, search, click, folders } = await shop();
  const { weights: file, products } = learnedFiles(folders.dataDir);
  mkdirSync(path.dirname(file), { recursive: true });
  // Only how often shoppers clicked counts.
  const zero = Object.fromEntries(Object.keys(WEIGHTS).map((feature) => [feature, 0]));
  writeFileSync(file, JSON.stringify({ version: 1, weights: { ...zero, popularity: 1 } }));
  const before = idsOf(await search(undefined));
  const last = before.at(-1) ?? '';
  writeFileSync(products, `${JSON.stringify([last, 9, 9, 9])}\n`);
  const offered = (await app.inject({ url: '/v1/experiments/offers' })).json().offers;
  expect(offered.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['learned', 'popular', 'exploring', 'diverse-brands', 'unfilled']),
  );
  const where = ['--data', folders.dataDir, '--json'];
  const run = (...args: string[]) => runInProcess(['experiment', ...args, ...where]);
  const wrong = await run('start', '--variant', 'luck');
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringMatching(/found "luck"; expected one of learned, popular/),
  ]);
  const popular = offered.find(({ name }: { name: string }) => name === 'popular').search;
  const variants = [
    { name: 'serving' },
    { name: 'popular', search: { ...popular, weights: { ...zero, popularity: 1 } } },
  ];
  await post('/v1/experiments', { name: 'clicks', share: 1, planned_clients: 200, variants });
  const early = await post('/v1/experiments/clicks/adopt', { by: 'Ann' });
  expect([early.statusCode, early.json().detail]).toEqual([
    400,
    expect.stringMatching(/^Nothing is adopted, because no variant won\. It is too early/),
  ]);
  for (let place = 0; place < 240; place++) {
    const client = `client ${place}`;
    const answer = await search(client);
    const isPopular = answer.experiment?.variant === 'popular';
    if (isPopular) expect(idsOf(answer)[0]).toBe(last);
    if (place % 3 === 0 ? !isPopular : isPopular) await click(client, answer, last);
  }
  await expect
    .poll(async () => (await app.inject({ url: '/v1/experiments/clicks/report' })).json().outcome, {
      timeout: 10_000,
    })
    .toBe('better');
  const adopted = JSON.parse((await run('adopt', 'clicks', '--by', 'Ann')).stdout);
  expect(adopted).toMatchObject({ version: 1, by: 'Ann', note: 'popular of the experiment clicks' });
  await expect.poll(async () => idsOf(await search('anybody'))[0], { timeout: 10_000 }).toBe(last);
  await expect.poll(async () => (await search('client 1')).experiment, { timeout: 10_000 }).toBeUndefined();
  // What serves is compared with, also where a variant says nothing of the ranking.
  const compared = (
    await post('/v1/lab/compare', { search: { q: 'dress' }, second: { correct: false } })
  ).json();
  expect([compared.first.hits[0].id, compared.second.hits[0].id]).toEqual([last, last]);
  expect((await post('/v1/ranking/undo', { by: 'Ben' })).json()).toMatchObject({ version: 2, ranking: {} });
  expect(idsOf(await search(undefined))).toEqual(before);
  const versions = (await app.inject({ url: '/v1/ranking/versions' })).json().versions;
  expect(versions.map(({ by }: { by: string }) => by)).toEqual(['Ben', 'Ann']);
  const started = JSON.parse((await run('start', '--variant', 'learned', '--name', 'fitted')).stdout);
  expect(started.variants[1]).toMatchObject({
    name: 'learned',
    search: { weights: { popularity: 1, words: 0 } },
  });
  const refused = await post('/v1/ranking/undo', { by: 'Ben' });
  expect(refused.json().detail).toMatch(/^The experiment fitted runs, and compares with what serves/);
});

test('a broken guardrail stops an experiment by itself, and says which and when', async () => {
  const folders = indexedCatalog();
  const sentences: string[] = [];
  const events = new EventStore(folders.dataDir, 1000);
  const book = new ExperimentBook({
    ...folders,
    reader: undefined,
    known: () => events,
    open: () => events,
    ranking: new RankingBook(openStore(folders.dataDir)),
    categoryOf: () => undefined,
  });
  onTestFinished(() => events.close());
  book.onStopped((sentence) => sentences.push(sentence));
  const started = await book.start(experimentSchema.parse(AB));
  expect(started.baseline).toBeNull();
  const searchesOf = (from: number, to: number, empty: number) =>
    Array.from({ length: to - from }, (_, place): ServedSearch => {
      const isWords = place % 2 === 1;
      return {
        ...{
          queryId: `q${from + place}`,
          at: Date.now(),
          query: 'mug',
          shown: [],
          tookMs: 1,
          page: 1,
          filtered: false,
        },
        ...{
          total: isWords && place % 4 === 1 && place < empty ? 0 : 3,
          teams: null,
          fields: [],
          device: null,
        },
        ...{ clientId: `c${from + place}`, experiment: 'words', variant: isWords ? 'words' : 'serving' },
      };
    });
  await events.addSearches(searchesOf(0, 100, 100));
  await book.checkGuardrails();
  expect([sentences, book.list()[0]?.stopped]).toEqual([[], null]);
  await events.addSearches(searchesOf(100, 2000, 2000));
  await book.checkGuardrails();
  const reason = expect.stringMatching(
    /^words makes something else worse than the guardrails allow: searches without results \d+/,
  );
  expect(book.list()[0]).toMatchObject({ stopped: expect.any(Number), stopReason: reason });
  expect(sentences).toEqual([
    expect.stringMatching(/^The experiment words was stopped by itself: words makes/),
  ]);
  expect(await book.report('words')).toMatchObject({
    outcome: 'guardrail',
    stop_reason: reason,
    verdict: reason,
  });
  await book.checkGuardrails();
  expect(sentences).toHaveLength(1);
});

test('an imported ranking and another generation are variants', async () => {
  const { app, post, folders, search } = await shop();
  const whole = await search(undefined, { per_page: '250' });
  const [a = '', b = '', c = ''] = idsOf(whole).toReversed();
  const file = fileOf(
    '.csv',
    `query,product_id,position\nDress,${a},3\ndress,${b},1\ndress,gone,2\n,x,1\ndress,${c},2.5\n`,
  );
  const imported = await runInProcess([
    'experiment',
    'import-ranking',
    file,
    '--name',
    'ours',
    '--data',
    folders.dataDir,
    '--json',
  ]);
  expect([imported.code, JSON.parse(imported.stdout)]).toEqual([
    3,
    { name: 'ours', queries: 1, refused: 1, left_out: 0 },
  ]);
  const compare = async (q: string, second: object, more: object = {}) =>
    (await post('/v1/lab/compare', { search: { q, ...more }, second })).json();
  const ours = (await compare('DRESS', { imported: 'ours' })).second;
  expect([ours.query, ours.total, idsOf(ours)]).toEqual(['DRESS', 3, [b, c, a]]);
  const paged = (await compare('dress', { imported: 'ours' }, { page: 2, per_page: 2 })).second;
  expect([paged.page, paged.total, idsOf(paged)]).toEqual([2, 3, [a]]);
  const other = await compare('shoes', { imported: 'ours' });
  expect(idsOf(other.second)).toEqual(idsOf(other.first));
  const offers = (await app.inject({ url: '/v1/experiments/offers' })).json().offers;
  expect(offers).toContainEqual(
    expect.objectContaining({ name: 'ours', search: expect.objectContaining({ imported: 'ours' }) }),
  );

  const before = (await app.inject({ url: '/health/ready' })).json().generation;
  expect(
    (
      await runInProcess([
        'reindex',
        '--no-enrich',
        '--data',
        folders.dataDir,
        '--indexes',
        folders.indexesDir,
      ])
    ).code,
  ).toBe(0);
  await app.inject({ method: 'PATCH', url: `/v1/products/${a}`, payload: { price: 123.45 } });
  await app.inject({ method: 'DELETE', url: `/v1/products/${b}` });
  await expect.poll(async () => (await search(undefined)).generation, { timeout: 20_000 }).not.toBe(before);
  const old = await compare('dress', { generation: before }, { per_page: 250 });
  expect(old.second.generation).toBe(before);
  expect(idsOf(old.second)).not.toContain(b);
  expect(old.second.hits.find(({ id }: { id: string }) => id === a).product.price).toBe(123.45);
  expect((await compare('dress', { generation: 'nothing' })).detail).toMatch(
    /^The generation nothing cannot be opened/,
  );
});

test('a command starts and stops an experiment of a running service, which follows', async () => {
  const { search, click, folders } = await shop();
  const where = ['--data', folders.dataDir, '--json'];
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runInProcess(['experiment', ...args, ...where]);
    return { code, stderr, result: stdout === '' ? undefined : JSON.parse(stdout) };
  };
  expect((await run('status')).result).toEqual({ experiments: [] });
  const file = fileOf(
    '.yaml',
    'name: more-words\nshare: 1\nvariants:\n  - name: a\n  - name: b\n    search: { meaning: false }\n',
  );
  expect((await run('start', file)).result).toMatchObject({ name: 'more-words', stopped: null });
  await expect.poll(async () => (await search('c')).experiment?.name, { timeout: 10_000 }).toBe('more-words');
  const answer = await search('c');
  await click('c', answer, idsOf(answer)[0] ?? '');
  await expect.poll(async () => (await run('report', 'more-words')).result.variants.length).toBe(2);
  await expect.poll(async () => (await run('duration')).result.clients_per_day, { timeout: 10_000 }).toBe(1);
  expect((await run('stop', 'more-words')).result.stopped).toMatch(/^20/);
  await expect.poll(async () => (await search('c')).experiment, { timeout: 10_000 }).toBeUndefined();
  const wrong = await run('start', fileOf('.yaml', 'name: x\nvariants:\n  - name: a\n'));
  expect([wrong.code, wrong.stderr]).toEqual([
    1,
    expect.stringMatching(/\.yaml: variants: found a list of 1; expected at least 2 entries\.\n$/),
  ]);
});
