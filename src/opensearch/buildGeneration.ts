import { UserError } from '../domain/errors.js';
import type { Progress } from '../domain/progress.js';
import type { LiveIndex } from '../index/liveIndex.js';
import { BulkWriter } from './bulk.js';
import type { Engine } from './engine.js';
import { FollowedChanges } from './followed.js';
import { createIndex, type IndexMeta, openIndex } from './generationIndexes.js';
import { productDocument } from './productDocument.js';

/** Products read between two pauses, in which other work of the process can run. */
const PRODUCTS_A_STEP = 50;

/**
 * Writes the products of a generation into an index of its own, with their vectors, and makes its copies. Nothing serves
 * it yet. Returns what it says of itself.
 * @throws UserError with the first product that the engine does not take.
 */
export async function buildIndex(engine: Engine, source: LiveIndex, progress: Progress): Promise<IndexMeta> {
  const { generation: manifest, columns } = source;
  const { id: generation, created, taxonomy, model, sequence } = manifest;
  const meta: IndexMeta = {
    ...{ generation, created, taxonomy, complete: false },
    model: model === null ? null : { name: model.name, sha256: model.sha256, dimension: model.dimension },
    products: source.live,
    vectors: 0,
  };
  const index = await createIndex(engine, meta);
  const writer = new BulkWriter(engine);
  let written = 0;
  let vectors = 0;
  progress('index', 0, source.live);
  for (let ordinal = 0; ordinal < source.size; ordinal++) {
    if (!source.alive(ordinal)) continue;
    const product = source.document(ordinal);
    const document = productDocument(product, source.vectorOf(ordinal), columns);
    if (document.vector !== undefined) vectors++;
    await writer.add({ index, id: product.id, version: sequence, document });
    if (++written % PRODUCTS_A_STEP === 0) {
      progress('index', written, source.live);
      await new Promise(setImmediate);
    }
  }
  await writer.finish();
  const [refused] = writer.refused;
  if (refused !== undefined) {
    throw new UserError(
      `The search engine did not take ${writer.refused.length} products, such as ${JSON.stringify(refused.id)} (${refused.reason}): correct it, and reindex.`,
    );
  }
  await openIndex(engine, index);
  await new FollowedChanges(engine).advance(generation, sequence);
  progress('index', written, source.live);
  return { ...meta, vectors };
}
