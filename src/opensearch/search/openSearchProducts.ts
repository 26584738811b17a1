import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { UnavailableError, UserError } from '../../domain/errors.js';
import { productSchema } from '../../domain/product.js';
import { readUnit } from '../../search/engine/engineIndex.js';
import type {
  Answer,
  Counted,
  Counting,
  FetchedProduct,
  Listed,
  ListRequest,
  ProductEngine,
  Question,
} from '../../search/engine/productEngine.js';
import { keyOfToken } from '../documentNames.js';
import type { Engine } from '../engine.js';
import { countingBody, listBody, nearestBody, SHARDS_EXACT } from './bodies.js';
import { translate } from './translate.js';

const hitSchema = z.object({
  _id: z.string(),
  _score: z.number().nullish(),
  sort: z.array(z.unknown()).optional(),
  fields: z
    .object({ id: z.array(z.string()) })
    .partial()
    .optional(),
  _source: z
    .object({
      id: z.string(),
      product: productSchema,
      lexical: z.object({
        terms: z.array(z.string()),
        packed: z.array(z.number()),
        lengths: z.array(z.number()),
      }),
      unit: z.string().optional(),
    })
    .partial()
    .optional(),
});
type EngineHit = z.infer<typeof hitSchema>;

const bucketsSchema = z.object({
  buckets: z.array(
    z.object({ key: z.string(), doc_count: z.number(), groups: z.object({ value: z.number() }).optional() }),
  ),
});
const filterSchema = z.object({ doc_count: z.number(), groups: z.object({ value: z.number() }).optional() });

const responseSchema = z.object({
  error: z.object({ type: z.string(), reason: z.string().nullish() }).optional(),
  timed_out: z.boolean().optional(),
  _shards: z.object({ total: z.number(), failed: z.number() }).optional(),
  hits: z.object({ total: z.object({ value: z.number() }).optional(), hits: z.array(hitSchema) }).optional(),
  aggregations: z.record(z.string(), z.unknown()).optional(),
});
type EngineResponse = z.infer<typeof responseSchema>;

const pitSchema = z.object({ pit_id: z.string() });
const answersSchema = z.object({ responses: z.array(responseSchema) });

/** Vectors of the products with a word, by word: what a word says about a query is asked again and again. */
const MAX_SAMPLES = 2000;
export type Samples = LRUCache<string, readonly Float32Array[]>;

export function makeSamples(): Samples {
  return new LRUCache({ max: MAX_SAMPLES });
}

/** The engine lists so many products by their place; those beyond are reached by going through all before them. */
const MAX_PLACE = 10_000;

/** The products of one index of the engine, for one search. */
export class OpenSearchProducts implements ProductEngine {
  readonly #degraded = new Set<string>();

  constructor(
    private readonly engine: Engine,
    private readonly index: string,
    /** Products of the index: a small index is scanned for the nearest products, which is exact. */
    private readonly size: number,
    /** Shared by all searches of the index. */
    private readonly samples: Samples,
    private readonly maxPlace = MAX_PLACE,
  ) {}

  get degraded(): readonly string[] {
    return [...this.#degraded];
  }

  async answer(questions: readonly Question[]): Promise<readonly Answer[]> {
    const answers: (Answer | undefined)[] = questions.map((question) => this.#known(question));
    const open = questions.filter((_, place) => answers[place] === undefined);
    const responses = await this.#search(open.map((question) => this.#bodyOf(question)));
    for (const [place, question] of questions.entries()) {
      if (answers[place] !== undefined) continue;
      const response = responses[open.indexOf(question)];
      if (response !== undefined) answers[place] = this.#read(question, response);
    }
    return answers.filter((answer) => answer !== undefined);
  }

  async list(
    requests: readonly ListRequest[],
    countings: readonly Counting[],
  ): Promise<{ readonly listed: readonly Listed[]; readonly counted: readonly Counted[] }> {
    const near = requests.filter((request) => !this.#isDeep(request));
    const responses = await this.#search([...near.map(listBody), ...countings.map(countingBody)]);
    const listed: Listed[] = [];
    for (const request of requests) {
      const response = this.#isDeep(request) ? await this.#walk(request) : responses[near.indexOf(request)];
      listed.push(readList(request, response));
    }
    return {
      listed,
      counted: countings.map((counting, place) => readCounts(counting, responses[near.length + place])),
    };
  }

  #isDeep({ from, size }: ListRequest): boolean {
    return size > 0 && from + size > this.maxPlace;
  }

  /** Goes through the products before the page in one state of the index. */
  async #walk(request: ListRequest): Promise<EngineResponse> {
    if (request.grouped) {
      throw new UserError(
        `page: found groups beyond the first ${this.maxPlace}, expected a page among them; ask with a filter, or without group.`,
        { field: 'page' },
      );
    }
    const { pit_id: id } = await this.engine.ask(pitSchema, {
      method: 'POST',
      path: [this.index, '_search', 'point_in_time'],
      query: { keep_alive: '1m' },
    });
    try {
      let after: readonly unknown[] | undefined;
      for (let at = 0; ; ) {
        const size = Math.min(this.maxPlace, at < request.from ? request.from - at : request.size);
        const isPage = at >= request.from;
        const response = await this.engine.ask(responseSchema, {
          method: 'POST',
          path: ['_search'],
          body: {
            ...listBody({ ...request, from: 0, size, whole: isPage && request.whole }),
            pit: { id, keep_alive: '1m' },
            ...(after !== undefined && { search_after: after }),
          },
        });
        this.#note(response);
        const hits = response.hits?.hits ?? [];
        after = hits.at(-1)?.sort;
        if (isPage || hits.length < size) return isPage ? response : withoutHits(response);
        at += hits.length;
      }
    } finally {
      await this.engine.request(z.unknown(), {
        method: 'DELETE',
        path: ['_search', 'point_in_time'],
        body: { pit_id: [id] },
        unless: [404],
      });
    }
  }

  #known(question: Question): Answer | undefined {
    if (question.kind !== 'sample') return undefined;
    const vectors = this.samples.get(sampleKey(question));
    return vectors === undefined ? undefined : { kind: 'sample', vectors };
  }

  #bodyOf(question: Question): object {
    switch (question.kind) {
      case 'count':
        return { size: 0, track_total_hits: true, query: translate(question.products) };
      case 'products':
        return {
          size: question.limit,
          track_total_hits: true,
          query: { bool: { filter: [translate(question.products)] } },
          sort: [{ id: 'asc' }],
        };
      case 'sample':
        return {
          size: question.limit,
          track_total_hits: false,
          _source: ['unit'],
          query: { bool: { filter: [translate(question.products), { exists: { field: 'vector' } }] } },
          sort: [{ id: 'asc' }],
        };
      case 'nearest':
        return nearestBody(question, this.size <= SHARDS_EXACT);
    }
  }

  #read(question: Question, response: EngineResponse): Answer {
    const hits = response.hits?.hits ?? [];
    switch (question.kind) {
      case 'count':
        return { kind: 'count', count: response.hits?.total?.value ?? 0 };
      case 'products':
        return {
          kind: 'products',
          products: hits.flatMap(readProduct),
          total: response.hits?.total?.value ?? 0,
        };
      case 'sample': {
        const vectors = hits.flatMap(({ _source }) =>
          _source?.unit === undefined ? [] : [readUnit(_source.unit)],
        );
        this.samples.set(sampleKey(question), vectors);
        return { kind: 'sample', vectors };
      }
      case 'nearest':
        return {
          kind: 'nearest',
          ids: hits.flatMap(({ fields }) => fields?.id?.[0] ?? []),
          // Scores are (1 + cosine) / 2.
          cosines: hits.map(({ _score }) => 2 * (_score ?? 0) - 1),
        };
    }
  }

  async #search(bodies: readonly object[]): Promise<EngineResponse[]> {
    if (bodies.length === 0) return [];
    const header = JSON.stringify({ index: this.index });
    const { responses } = await this.engine.ask(answersSchema, {
      method: 'POST',
      path: ['_msearch'],
      lines: bodies.map((body) => `${header}\n${JSON.stringify(body)}\n`).join(''),
    });
    for (const response of responses) this.#note(response);
    return responses;
  }

  /** @throws UnavailableError for a search that failed; one that failed in some shards is noted. */
  #note({ error, timed_out, _shards }: EngineResponse): void {
    if (error !== undefined) {
      throw new UnavailableError(
        `The search engine could not search ${this.index} (${error.type}: ${error.reason ?? ''}): look at its log, then try again.`,
      );
    }
    if (timed_out === true) this.#degraded.add('The search engine ran out of time.');
    if (_shards !== undefined && _shards.failed > 0)
      this.#degraded.add(`${_shards.failed} of ${_shards.total} shards of the search engine did not answer.`);
  }
}

function withoutHits(response: EngineResponse): EngineResponse {
  return { ...response, hits: { ...response.hits, hits: [] } };
}

function sampleKey({ products, limit }: Extract<Question, { kind: 'sample' }>): string {
  return `${limit} ${JSON.stringify(products)}`;
}

function readProduct({ _source }: EngineHit): FetchedProduct[] {
  const { id, product, lexical, unit } = _source ?? {};
  if (id === undefined || product === undefined || lexical === undefined) return [];
  return [{ id, product, ...lexical, unit }];
}

function readList({ grouped, whole }: ListRequest, response: EngineResponse | undefined): Listed {
  const hits = response?.hits?.hits ?? [];
  const groups = z.object({ value: z.number() }).safeParse(response?.aggregations?.groups);
  return {
    total: grouped ? (groups.data?.value ?? 0) : (response?.hits?.total?.value ?? 0),
    ids: hits.flatMap(({ fields, _source }) => fields?.id?.[0] ?? _source?.id ?? []),
    products: whole ? hits.flatMap(readProduct) : [],
  };
}

function readCounts(
  { values, levels, sets, grouped }: Counting,
  response: EngineResponse | undefined,
): Counted {
  const all = response?.aggregations ?? {};
  const countOf = (found: {
    readonly doc_count: number;
    readonly groups?: { readonly value: number } | undefined;
  }) => (grouped ? (found.groups?.value ?? 0) : found.doc_count);
  const read = (name: string, field: string): ReadonlyMap<string, number> => {
    const { buckets } = bucketsSchema.parse(all[name] ?? { buckets: [] });
    return new Map(buckets.map((bucket) => [keyOfToken(field, bucket.key), countOf(bucket)]));
  };
  return {
    values: values.map(({ field }, place) => read(`values-${place}`, field)),
    levels: levels.map(({ field }, place) => read(`levels-${place}`, field)),
    sets: sets.map((_, place) => countOf(filterSchema.parse(all[`set-${place}`] ?? { doc_count: 0 }))),
  };
}
