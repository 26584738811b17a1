import type { Product } from '../../src/domain/product.js';
import { newGenerationId } from '../../src/index/generation/generations.js';
import { GenerationWriter } from '../../src/index/generation/generationWriter.js';
import type { Manifest } from '../../src/index/generation/manifest.js';
import type { HnswPlan } from '../../src/index/vectors/hnswPlan.js';
import type { TaxonomyView } from '../../src/taxonomy/view.js';

/** Writes a generation; `vectors` by product id, products of equal vectors share a key. */
export async function makeGeneration(
  dir: string,
  products: readonly Product[],
  options: {
    vectors?: ReadonlyMap<string, Float32Array>;
    previous?: string;
    id?: string;
    sha256?: string;
    sequence?: number;
    taxonomy?: TaxonomyView;
  } = {},
): Promise<{ manifest: Manifest; plan: HnswPlan | undefined; added: number }> {
  const { vectors } = options;
  const keyed = new Map<string, Float32Array>();
  const keyOf = new Map<string, string>();
  for (const { id } of products) {
    const vector = vectors?.get(id);
    if (vector === undefined) continue;
    const key = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
      .toString('base64')
      .slice(0, 60);
    keyed.set(key, vector);
    keyOf.set(id, key);
  }
  const dimension = keyed.values().next().value?.length ?? 8;
  const writer = await GenerationWriter.create(dir, {
    id: options.id ?? newGenerationId(),
    sequence: options.sequence ?? 7,
    taxonomyVersion: 'test-1',
    taxonomy: options.taxonomy,
    model: vectors === undefined ? null : { name: 'random', sha256: options.sha256 ?? 'cafe', dimension },
    vectorKeys: new Set(keyed.keys()),
    previous: options.previous,
  });
  for (const product of products) writer.add(product, keyOf.get(product.id));
  let added = 0;
  const { graph } = writer;
  if (graph !== undefined) {
    const missing = [...keyed].filter(([key]) => !graph.has(key));
    added = missing.length;
    for (let i = 0; i < missing.length; i += 100) {
      const batch = missing.slice(i, i + 100);
      const rows = new Float32Array(batch.length * dimension);
      for (const [row, [, vector]] of batch.entries()) rows.set(vector, row * dimension);
      await graph.add(
        batch.map(([key]) => key),
        rows,
      );
    }
  }
  return { manifest: await writer.finish(), plan: graph?.plan, added };
}
