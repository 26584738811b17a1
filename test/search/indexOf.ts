import type { Product } from '../../src/domain/product.js';
import { openGeneration } from '../../src/index/generation/openGeneration.js';
import type { LiveIndex } from '../../src/index/liveIndex.js';
import type { TaxonomyView } from '../../src/taxonomy/view.js';
import { makeGeneration } from '../index/makeGeneration.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** An index of a generation with these products, made for this test; `vectors` by product id. */
export async function indexOf(
  products: readonly Product[],
  vectors?: ReadonlyMap<string, Float32Array>,
  taxonomy?: TaxonomyView,
): Promise<LiveIndex> {
  const dir = temporaryFolder();
  const { manifest } = await makeGeneration(dir, products, {
    ...(vectors && { vectors }),
    ...(taxonomy && { taxonomy }),
  });
  return openGeneration(dir, manifest.id);
}

/** The index with some of its members replaced. */
export function overriding(index: LiveIndex, parts: Partial<LiveIndex>): LiveIndex {
  return new Proxy(index, {
    get(target, name) {
      if (Reflect.has(parts, name)) return Reflect.get(parts, name);
      const part: unknown = Reflect.get(target, name, target);
      return typeof part === 'function' ? part.bind(target) : part;
    },
  });
}
