import { configurationSchema } from '../../src/configuration/configuration.js';
import { describeSettings } from '../../src/configuration/describeSettings.js';
import { BusyError, UserError } from '../../src/domain/errors.js';
import type { Fact } from '../../src/domain/fact.js';
import { fieldValue } from '../../src/domain/field.js';
import type { Job } from '../../src/domain/job.js';
import { mergeProduct } from '../../src/domain/mergeProduct.js';
import { type Product, readProduct } from '../../src/domain/product.js';
import { clearedFields } from '../../src/domain/readRow.js';
import { NO_TRAFFIC } from '../../src/experiments/duration.js';
import { type Filter, parseFilter } from '../../src/search/filter/parseFilter.js';
import type { FacetValue, Hit } from '../../src/search/searchAnswer.js';
import type { Health } from '../../src/service/reader.js';
import type { Service } from '../../src/service/service.js';
import { fold } from '../../src/text/fold.js';

/** A naive service in memory, for tests of the routes. */
export function memoryService(products: readonly Product[], overrides: Partial<Service> = {}): Service {
  const shelf = new Map(products.map((product) => [product.id, product]));
  const serving = { id: 'g1' };
  const jobs = memoryJobs();
  const health: Health = { ready: true, mode: 'hybrid', generation: 'g1', products: shelf.size, reasons: [] };
  const search: Service['search'] = async (request) => {
    const filter =
      request.filter === undefined || request.filter.trim() === '' ? undefined : parseFilter(request.filter);
    const terms = fold(request.q)
      .split(' ')
      .filter((term) => term !== '');
    const candidates = [...shelf.values()].flatMap((product): Hit[] => {
      if (filter !== undefined && !passes(product, filter)) return [];
      const text = fold(JSON.stringify(product));
      const found = terms.filter((term) => text.includes(term)).length;
      if (terms.length > 0 && found === 0) return [];
      const tier = found === terms.length ? 'all' : found > 1 ? 'partial' : 'semantic';
      return [{ id: product.id, score: found / Math.max(1, terms.length), tier, product }];
    });
    const [order] = request.sort;
    if (order !== undefined && !/^[\w.]+:(asc|desc)$/.test(order)) {
      throw new UserError(`sort: found '${order}', expected a field and a direction like price:asc.`, {
        field: 'sort',
      });
    }
    const priced = (hit: Hit) => Number(hit.product.price ?? Number.POSITIVE_INFINITY);
    candidates.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    if (order === 'price:asc') candidates.sort((a, b) => priced(a) - priced(b));
    if (order === 'price:desc') candidates.sort((a, b) => priced(b) - priced(a));
    const from = (request.page - 1) * request.per_page;
    return {
      query: request.q,
      total: candidates.length,
      page: request.page,
      per_page: request.per_page,
      hits: candidates.slice(from, from + request.per_page),
      facets: facetsOf(candidates, request.facets, request.facet_limit),
      understood: { filters: [], corrections: [], synonyms: [], readings: [], relaxed: [] },
      mode: 'hybrid',
      generation: serving.id,
      took_ms: 1.2,
    };
  };
  return {
    search,
    searchMany: (requests) =>
      Promise.all(requests.map((request) => (overrides.search ?? search)(request).catch(userErrorOf))),
    searchUncached: search,
    searchByWords: search,
    changesSince: () => ({ changes: [], last: 0 }),
    experiments: {
      search: async () => undefined,
      list: () => [],
      start: async (experiment) => ({ experiment, started: 0, stopped: null }),
      stop: async () => undefined,
      report: async () => undefined,
      offers: async () => [],
      adopt: async () => undefined,
      undoAdoption: () => {
        throw new UserError('rankings are not stored here');
      },
      adoptions: () => [],
      onStopped: () => {},
      duration: () => NO_TRAFFIC,
    },
    events: {
      add: async (events) => events.map(() => ({ status: 'stored' })),
      recordSearch: () => undefined,
    },
    learned: { complements: () => [], fixes: () => [], retrainings: () => [], due: () => null },
    searchUnenriched: async () => undefined,
    searchWithWeights: search,
    ranking: () => ({}),
    searchVariant: search,
    searchInExperiment: search,
    recordQuery: () => undefined,
    synonymSuggestions: async () => [],
    suggest: async ({ q }) => ({ query: q, suggestions: [], took_ms: 0.1 }),
    product: (id) => shelf.get(id),
    original: (id) => shelf.get(id),
    within: async (filter) =>
      memoryService([...shelf.values()].filter((product) => passes(product, parseFilter(filter)))),
    similar({ ids, limit }) {
      const unknown = ids.filter((id) => !shelf.has(id));
      if (unknown.length > 0) return { unknown, hits: [] };
      const category = shelf.get(ids[0] ?? '')?.category;
      const others = [...shelf.values()].filter((other) => !ids.includes(other.id));
      const near = others.filter((other) => other.category === category);
      const hits = [...near, ...others]
        .slice(0, limit)
        .map((product, at) => ({ id: product.id, score: 0.9 - at / 100, product }));
      return { unknown, hits };
    },
    async upsert(rows) {
      return rows.map((row, index) => {
        const read = readProduct(row);
        if ('problems' in read) {
          const [first] = read.problems;
          return {
            row: index,
            status: 'refused' as const,
            field: first?.field ?? '',
            reason: first?.reason ?? '',
          };
        }
        const status = shelf.has(read.product.id) ? ('updated' as const) : ('created' as const);
        shelf.set(read.product.id, read.product);
        return { id: read.product.id, status };
      });
    },
    async merge(rows) {
      return rows.map((row, index) => {
        const read = readProduct(row);
        const refused = { row: index, status: 'refused' as const };
        if ('problems' in read) return { ...refused, field: '', reason: '', ...read.problems[0] };
        const stored = shelf.get(read.product.id);
        if (stored === undefined) return { ...refused, field: 'id', reason: 'unknown' };
        shelf.set(stored.id, mergeProduct(stored, { ...read, cleared: clearedFields(row, read.product) }));
        return { id: stored.id, status: 'updated' as const };
      });
    },
    async patch(id, live) {
      const before = shelf.get(id);
      if (before === undefined) return undefined;
      const after = { ...before, ...live };
      shelf.set(id, after);
      return after;
    },
    remove: async (id) => shelf.delete(id),
    async enrich(given) {
      return given.map(({ id, title = '' }) => ({ id, facts: factsIn(title) }));
    },
    spellings: {
      list: async () => ({ clusters: [], runs: [] }),
      runs: () => [],
      apply: async () => ({ clusters: [], products: 0, values: 0, run: null }),
      undo: async () => undefined,
    },
    audits: {
      latest: () => undefined,
      running: () => undefined,
      findings: () => ({ total: 0, findings: [] }),
      duplicates: () => ({ total: 0, duplicates: [] }),
      clusters: () => ({ total: 0, clusters: [] }),
      removeDuplicates: async () => ({ products: 0, values: 0, run: null }),
      correctCategories: async () => ({ products: 0, values: 0, run: null }),
    },
    taxonomies: {
      current: () => undefined,
      counts: async () => [],
      category: () => undefined,
      draft: () => undefined,
      touched: async () => [],
      edit: () => undefined,
      undoEdit: () => false,
      discard: () => undefined,
      proposals: async () => [],
      migrations: () => [],
    },
    review: {
      suggestions: ({ page, per_page }) => ({
        ...{ total: 0, suggestions: 0, page, per_page },
        ...{ fields: [], groups: [] },
      }),
      values: async (field) => ({ field, type: 'text', open: true, total: 0, values: [] }),
      members: () => undefined,
      decide: async () => [],
      decisions: ({ page, per_page }) => ({ total: 0, page, per_page, decisions: [] }),
      decision: () => undefined,
    },
    insights: {
      completeness: async () => ({
        ...{ products: 0, counted: 0, under: null, before: 0, after: 0, expected: 0 },
        ...{ cells: 0, filled: 0, applied: 0, suggested: 0, categories: [], starts: [], proposals: 0 },
      }),
      queries: () => ({ recorded: false, days: 0, searches: 0, empty: 0, queries: [] }),
      quality: () => ({ last: undefined, history: [] }),
      completenessHistory: () => [],
      reindexReports: () => [],
    },
    rules: {
      current: () => ({ ...NO_RULES, findings: [] }),
      versions: () => [],
      version: () => undefined,
      lint: () => ({ rules: 0, errors: 0, warnings: 0, findings: [] }),
      publish: () => ({ ...NO_RULES, findings: [] }),
      rollBack: () => ({ ...NO_RULES, findings: [] }),
      preview: async (_, request) => {
        const now = await search(request);
        return { findings: [], now, with_rules: now, changes: { in: [], out: [], moved: [] } };
      },
    },
    generations: async () => [
      {
        id: 'g1',
        created: '2026-01-01T00:00:00Z',
        products: shelf.size,
        taxonomy: 'starter 1',
        model: 'm',
        current: serving.id === 'g1',
      },
      {
        id: 'g2',
        created: '2026-01-02T00:00:00Z',
        products: shelf.size,
        taxonomy: 'starter 1',
        model: 'm',
        current: serving.id === 'g2',
      },
    ],
    async activate(id) {
      serving.id = id;
    },
    onSearched: () => {},
    access: { needed: () => false, check: () => undefined },
    keys: {
      list: () => [],
      create: () => {
        throw new UserError('keys are not stored here');
      },
      revoke: () => undefined,
    },
    settings: () => describeSettings(configurationSchema.parse({})),
    jobs,
    imports: {
      ofFile: async (request) => jobs.submit('import', request),
      ofUpload: async (body, how) => {
        for await (const _ of body);
        return jobs.submit('import', { ...how, upload: 'kept' });
      },
      fill: async (body, how) => {
        for await (const _ of body);
        return jobs.submit('fill', { ...how, upload: 'kept' });
      },
      preview: () => Promise.reject(new Error('no files in memory')),
      filled: async () => [],
      quarantine: () => undefined,
    },
    webhooks: { state: [], onReport: () => {} },
    mappings: { list: () => [], save: () => undefined, remove: () => false, matching: () => undefined },
    monitor: {
      state: { quality: undefined, alerts: [], unposted: 0, problem: undefined },
      onAlert: () => {},
      onProblem: () => {},
    },
    figures: () => ({
      products: shelf.size,
      delta: 2,
      generationAge: 60,
      jobsQueued: 1,
      vectorsAsked: 5,
      vectorsRemembered: 4,
      answersAsked: 9,
      answersRemembered: 3,
      searchThreads: 2,
      importedRows: 20,
      quarantinedRows: 7,
    }),
    health: () => health,
    async close() {},
    ...overrides,
  };
}

function userErrorOf(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}

/** The first two jobs are done at once; the third stays queued forever. */
function memoryJobs(): Service['jobs'] {
  const jobs: Job[] = [];
  const get = (id: string) => jobs.find((job) => job.id === id);
  return {
    submit(kind, request) {
      if (jobs.length > 2) throw new BusyError('3 jobs are waiting already: try again when some are done.');
      const job: Job = {
        id: `j${jobs.length + 1}`,
        kind,
        state: jobs.length < 2 ? 'done' : 'queued',
        request: { ...request },
        created: '2026-11-21T00:00:00.000Z',
        started: null,
        finished: null,
        attempts: 0,
        progress: null,
        report: null,
        error: null,
      };
      jobs.push(job);
      return job;
    },
    get,
    standDown: () => undefined,
    list: (limit) => jobs.toReversed().slice(0, limit),
    cancel: get,
  };
}
const NO_RULES = { version: 0, published_at: undefined, by: undefined, note: '', text: '' };

function factsIn(title: string): Fact[] {
  const start = title.indexOf('Navy');
  if (start < 0) return [];
  return [
    {
      field: 'attributes.color',
      value: 'Navy',
      status: 'applied',
      confidence: 0.97,
      source: 'model',
      method: 'lookup',
      evidence: { field: 'title', start, end: start + 4, quote: 'Navy' },
    },
  ];
}

function facetsOf(
  hits: readonly Hit[],
  fields: readonly string[],
  limit: number,
): Record<string, FacetValue[]> {
  const named = fields.flatMap((field) =>
    field === '*'
      ? [
          ...new Set(
            hits.flatMap((hit) =>
              Object.keys(Object(hit.product.attributes)).map((name) => `attributes.${name}`),
            ),
          ),
        ]
      : [field],
  );
  return Object.fromEntries(
    named.map((field) => {
      const counts = new Map<string | number | boolean, number>();
      for (const hit of hits) {
        const value = fieldValue(hit.product, field);
        for (const one of Array.isArray(value) ? value : [value]) {
          if (one !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1);
        }
      }
      const values = [...counts].map(([value, count]) => ({ value, count }));
      return [
        field,
        values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, limit),
      ];
    }),
  );
}

function passes(product: Product, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => passes(product, part));
    case 'or':
      return filter.parts.some((part) => passes(product, part));
    case 'not':
      return !passes(product, filter.part);
    case 'exists':
      return fieldValue(product, filter.field) !== undefined;
    case 'in': {
      const value = fieldValue(product, filter.field);
      const own = Array.isArray(value) ? value : [value];
      return own.some((one) => one !== undefined && filter.values.includes(one));
    }
    case 'compare': {
      const value = fieldValue(product, filter.field);
      if (value === undefined || Array.isArray(value)) return false;
      if (filter.operator === '=') return value === filter.value;
      if (filter.operator === '!=') return value !== filter.value;
      if (filter.operator === '<') return value < filter.value;
      if (filter.operator === '<=') return value <= filter.value;
      return filter.operator === '>' ? value > filter.value : value >= filter.value;
    }
  }
}
