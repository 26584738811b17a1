import { z } from 'zod';
import { UserError } from '../domain/errors.js';
import type { LiveIndex } from '../index/liveIndex.js';
import type { Engine } from './engine.js';
import type { IndexMeta } from './generationIndexes.js';

/** What was found when an index was checked. */
export interface IndexCheck {
  readonly products: number;
  readonly vectors: number;
  /** Products whose vectors were searched for. */
  readonly probes: number;
  /** Mean share of the nearest products that the approximate search by distance finds, of those that an exact scan finds. */
  readonly recall: number;
}

const PROBES = 20;
const NEAREST = 10;
/** Cosines are rounded to 32 bits on both sides. */
const SAME = 1e-5;

const countSchema = z.object({ count: z.number(), _shards: z.object({ failed: z.number() }) });
const probeSchema = z.object({
  timed_out: z.boolean(),
  _shards: z.object({ failed: z.number() }),
  hits: z.object({
    total: z.object({ value: z.number() }),
    hits: z.array(z.object({ _source: z.object({ id: z.string() }) })),
  }),
});

/**
 * Compares an index with the generation that it was written from: the number of products and of vectors, and for products
 * at even distances whether each is found by its id and by its vector, and how many of its nearest products the
 * approximate search within their distance finds.
 * @throws UserError for what differs, and for a mean recall below `minRecall`.
 */
export async function checkIndex(
  engine: Engine,
  source: LiveIndex,
  { generation, vectors }: IndexMeta,
  minRecall: number,
): Promise<IndexCheck> {
  const index = engine.names.index(generation);
  const count = async (query: object): Promise<number> => {
    const answer = await engine.ask(countSchema, {
      method: 'POST',
      path: [index, '_count'],
      body: { query },
    });
    if (answer._shards.failed > 0) throw different(index, 'has shards that do not answer');
    return answer.count;
  };
  const products = await count({ match_all: {} });
  if (products !== source.live)
    throw different(index, `has ${products} products where ${source.live} were written`);
  const found = await count({ exists: { field: 'vector' } });
  if (found !== vectors) throw different(index, `has ${found} vectors where ${vectors} were written`);
  const probed = evenly(source.aliveSet().toArray(), PROBES);
  const recalls: number[] = [];
  for (const ordinal of probed) {
    const id = source.idOf(ordinal);
    if ((await count({ term: { id } })) !== 1) throw different(index, `does not hold the product ${id} once`);
    const recall = await probeVector(engine, index, source, ordinal);
    if (recall !== undefined) recalls.push(recall);
  }
  const recall = recalls.length === 0 ? 1 : recalls.reduce((sum, one) => sum + one, 0) / recalls.length;
  if (recall < minRecall) {
    throw new UserError(
      `The search engine finds ${recall.toFixed(2)} of the nearest products of generation ${generation}, expected at least ${minRecall}: reindex, or lower checks.min_probe_recall.`,
    );
  }
  return { products, vectors: found, probes: recalls.length, recall };
}

/** Undefined for a product without a vector. */
async function probeVector(
  engine: Engine,
  index: string,
  source: LiveIndex,
  ordinal: number,
): Promise<number | undefined> {
  const vector = source.vectorOf(ordinal);
  if (vector === undefined) return undefined;
  const exact = source.nearestWithin(vector, { min: -1, share: 0, max: NEAREST });
  const min = Math.min(...exact.cosines) - SAME;
  const answer = await engine.ask(probeSchema, {
    method: 'POST',
    path: [index, '_search'],
    body: {
      size: 10 * NEAREST,
      _source: ['id'],
      track_total_hits: true,
      query: { knn: { vector: { vector: Array.from(vector), min_score: (1 + min) / 2 } } },
    },
  });
  if (answer.timed_out || answer._shards.failed > 0) throw different(index, 'has shards that do not answer');
  return Math.min(1, answer.hits.total.value / Math.max(1, exact.ordinals.length));
}

function different(index: string, found: string): UserError {
  return new UserError(`The index ${index} ${found}: reindex.`);
}

function evenly(members: ArrayLike<number>, count: number): number[] {
  const step = Math.max(1, members.length / count);
  return Array.from(
    { length: Math.min(count, members.length) },
    (_, at) => members[Math.floor(at * step)] ?? 0,
  );
}
