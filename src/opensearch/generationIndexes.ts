import { z } from 'zod';
import { UserError } from '../domain/errors.js';
import type { Engine } from './engine.js';
import { DOCUMENT_VERSION, indexTemplate, vectorMapping } from './indexTemplate.js';

/** What an index says of the generation that it holds. */
const metaSchema = z.object({
  generation: z.string(),
  /** ISO 8601. */
  created: z.string(),
  taxonomy: z.string(),
  /** The transformer of its vectors; null without. */
  model: z.object({ name: z.string(), sha256: z.string(), dimension: z.number().int() }).nullable(),
  /** Products when it was built. */
  products: z.number().int(),
  vectors: z.number().int(),
  /** Set once it is built and checked. */
  complete: z.boolean(),
});
export type IndexMeta = z.infer<typeof metaSchema>;

export interface GenerationIndex extends IndexMeta {
  readonly index: string;
  readonly current: boolean;
}

const acknowledged = z.object({ acknowledged: z.literal(true) });
const mappingsSchema = z.record(
  z.string(),
  z.object({ mappings: z.object({ _meta: z.unknown() }).partial() }),
);
const aliasesSchema = z.record(z.string(), z.unknown());
const healthSchema = z.object({
  number_of_data_nodes: z.number(),
  status: z.enum(['green', 'yellow', 'red']),
  timed_out: z.boolean(),
});

/** How long copies of a new index may take to be made, in seconds. */
const COPY_SECONDS = 600;

/** Creates the index of a generation, for writing as fast as possible: without copies and without searches. */
export async function createIndex(engine: Engine, meta: IndexMeta): Promise<string> {
  const { names, connection } = engine;
  await engine.ask(acknowledged, {
    method: 'PUT',
    path: ['_index_template', names.template],
    body: indexTemplate(names.pattern, connection.layout),
  });
  const index = names.index(meta.generation);
  await engine.ask(acknowledged, {
    method: 'PUT',
    path: [index],
    body: {
      settings: { index: { refresh_interval: '-1', number_of_replicas: 0 } },
      mappings: { _meta: writtenMeta(meta), properties: vectorMapping(meta.model?.dimension) },
    },
  });
  return index;
}

/** Makes what was written searchable, and its copies; waits for them where there are nodes for them. */
export async function openIndex(engine: Engine, index: string): Promise<void> {
  const { replicas } = engine.connection.layout;
  await engine.ask(acknowledged, {
    method: 'PUT',
    path: [index, '_settings'],
    body: { index: { refresh_interval: null, number_of_replicas: replicas } },
  });
  await refreshIndexes(engine, [index]);
  const health = await engine.ask(healthSchema, { method: 'GET', path: ['_cluster', 'health', index] });
  const hasNodes = health.number_of_data_nodes > replicas;
  const reached = await engine.request(healthSchema, {
    method: 'GET',
    path: ['_cluster', 'health', index],
    query: { wait_for_status: hasNodes ? 'green' : 'yellow', timeout: `${COPY_SECONDS}s` },
    timeoutSeconds: COPY_SECONDS + 10,
    unless: [408],
  });
  if (reached === undefined || reached.timed_out) {
    throw new UserError(
      `The index ${index} has not all of its shards after ${COPY_SECONDS} seconds: look at GET /_cluster/allocation/explain of the search engine, or lower engine.replicas.`,
    );
  }
}

/** Says of an index that it is complete. */
export async function markComplete(engine: Engine, meta: IndexMeta): Promise<void> {
  await engine.ask(acknowledged, {
    method: 'PUT',
    path: [engine.names.index(meta.generation), '_mapping'],
    body: { _meta: writtenMeta({ ...meta, complete: true }) },
  });
}

/** Makes what was written to the indexes visible to searches. Those that are gone are left out. */
export async function refreshIndexes(engine: Engine, indexes: readonly string[]): Promise<void> {
  if (indexes.length === 0) return;
  await engine.ask(z.unknown(), {
    method: 'POST',
    path: [indexes.join(','), '_refresh'],
    query: { ignore_unavailable: true },
  });
}

/** The indexes of all generations in the engine, oldest first. Indexes of another version are none. */
export async function listIndexes(engine: Engine): Promise<GenerationIndex[]> {
  const { names } = engine;
  const metas = await readMetas(engine, names.pattern);
  const current = await currentIndex(engine);
  const found = metas.map((meta) => {
    const index = names.index(meta.generation);
    return { ...meta, index, current: index === current };
  });
  return found.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** What the index of one generation says of it; undefined where there is none. */
export async function readIndexMeta(engine: Engine, generation: string): Promise<IndexMeta | undefined> {
  return (await readMetas(engine, engine.names.index(generation)))[0];
}

async function readMetas(engine: Engine, indexes: string): Promise<IndexMeta[]> {
  const mappings = await engine.request(mappingsSchema, {
    method: 'GET',
    path: [indexes, '_mapping'],
    // A catalog may have thousands of fields.
    query: { filter_path: '*.mappings._meta' },
    unless: [404],
  });
  return Object.entries(mappings ?? {}).flatMap(([index, { mappings: mapping }]) => {
    const parsed = metaSchema.safeParse(mapping._meta);
    return parsed.success && engine.names.generationOf(index) === parsed.data.generation ? [parsed.data] : [];
  });
}

/** The index that serves; undefined where none does. */
export async function currentIndex(engine: Engine): Promise<string | undefined> {
  const aliases = await engine.request(aliasesSchema, {
    method: 'GET',
    path: ['_alias', engine.names.current],
    unless: [404],
  });
  return aliases === undefined ? undefined : Object.keys(aliases)[0];
}

/** Makes the index of a generation the one that serves, in one step. @throws UserError where it is not there. */
export async function switchTo(engine: Engine, generation: string): Promise<void> {
  const { names } = engine;
  const index = names.index(generation);
  const found = (await listIndexes(engine)).find((one) => one.index === index);
  if (found === undefined || !found.complete) {
    throw new UserError(
      `The search engine has no ${found === undefined ? '' : 'complete '}index of generation ${generation}: run \`shelfwright reindex\`.`,
      { field: 'id' },
    );
  }
  await engine.ask(acknowledged, {
    method: 'POST',
    path: ['_aliases'],
    body: {
      actions: [
        { remove: { index: names.pattern, alias: names.current, must_exist: false } },
        { add: { index, alias: names.current } },
      ],
    },
  });
}

/** Deletes the indexes of generations; never the one that serves. */
export async function removeIndexes(engine: Engine, generations: readonly string[]): Promise<void> {
  const current = await currentIndex(engine);
  for (const generation of generations) {
    const index = engine.names.index(generation);
    if (index === current) continue;
    await engine.request(acknowledged, { method: 'DELETE', path: [index], unless: [404] });
  }
}

function writtenMeta(meta: IndexMeta): object {
  return { ...meta, version: DOCUMENT_VERSION };
}

function orderOf({ created, generation }: IndexMeta): string {
  return `${created} ${generation}`;
}
