import { isEmptyVector } from '../../domain/emptyVector.js';
import { identityText } from '../../domain/identityText.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { type Embedded, mayBeUnreadable, vectorKey } from '../../embed/embeddingCache.js';
import type { GenerationWriter } from '../../index/generation/generationWriter.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';

const BLOCK = 512;
/** Blocks at work: one is embedded while the one before is stored, so that the embedding threads never wait. */
const MAX_AT_WORK = 2;

/**
 * Adds the vectors that the previous generation lacks to the graph, from the cache or the model, in the order of the
 * products. Returns the keys of texts that the model cannot read, which have none.
 */
export async function embedMissing(
  products: Iterable<Product>,
  keys: ReadonlySet<string>,
  { graph }: Pick<GenerationWriter, 'graph'>,
  embedder: LazyEmbedder,
  progress: Progress,
): Promise<ReadonlySet<string>> {
  const unreadable = new Set<string>();
  if (graph === undefined) return unreadable;
  let missing = 0;
  for (const key of keys) if (!graph.has(key)) missing++;
  if (missing === 0) return unreadable;
  progress('embed', 0, missing);
  const model = await embedder.model();
  let done = 0;
  const add = async (texts: ReadonlyMap<string, string>, all: readonly Embedded[]): Promise<void> => {
    // An empty vector of any other text is a fault of the model, and the product counts as one without a vector.
    const isUnreadable = (key: string, vector: Float32Array): boolean =>
      isEmptyVector(vector) && mayBeUnreadable(texts.get(key) ?? '');
    const embedded = all.filter(({ key, vector }) => !isUnreadable(key, vector) || !unreadable.add(key));
    const block = new Float32Array(embedded.length * model.dimension);
    for (const [row, { vector }] of embedded.entries()) block.set(vector, row * model.dimension);
    await graph.add(
      embedded.map(({ key }) => key),
      block,
    );
    done += texts.size;
    progress('embed', done, missing);
  };
  /** Blocks that are not in the graph yet, oldest first. They are added in order, so that the graph is the same each time. */
  const atWork: { readonly texts: ReadonlyMap<string, string>; readonly added: Promise<void> }[] = [];
  const flush = async (texts: ReadonlyMap<string, string>): Promise<void> => {
    const before = atWork.at(-1)?.added;
    const made = embedder.embed([...texts.values()]);
    // A block that fails is reported by `added`; the next ones must not fail unheard.
    made.catch(() => undefined);
    const added = Promise.resolve(before).then(async () => add(texts, await made));
    added.catch(() => undefined);
    atWork.push({ texts, added });
    if (atWork.length >= MAX_AT_WORK) await finishOldest();
  };
  const finishOldest = async (): Promise<void> => {
    await atWork[0]?.added;
    atWork.shift();
  };
  let batch = new Map<string, string>();
  for (const product of products) {
    const text = identityText(product);
    if (text === '') continue;
    const key = vectorKey(model, text);
    // A product written since the keys were read is in the delta, and in the graph of the next generation.
    if (graph.has(key) || !keys.has(key) || atWork.some(({ texts }) => texts.has(key))) continue;
    batch.set(key, text);
    if (batch.size < BLOCK) continue;
    await flush(batch);
    batch = new Map();
  }
  if (batch.size > 0) await flush(batch);
  while (atWork.length > 0) await finishOldest();
  return unreadable;
}
