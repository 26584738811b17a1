import { withoutField } from '../../domain/field.js';
import { factsOf } from '../../domain/filledProduct.js';
import { FACTS_KEY, type Product } from '../../domain/product.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { inSlices, type Steps } from '../../structures/inSlices.js';

/**
 * The catalog of an index as it would be without enrichment: the same products and vectors without the values that facts
 * filled in, whether the enricher applied them or a person accepted them. Undefined if there are none. The generation is
 * opened a second time and changed in memory, a little at a time; the caller closes it.
 */
export async function openWithoutFacts(indexesDir: string, index: LiveIndex): Promise<LiveIndex | undefined> {
  if (!hasAppliedFacts(index)) return undefined;
  const { generation } = index;
  const bare = await openGeneration(indexesDir, generation.id, { byWords: generation.model === null });
  try {
    await inSlices(removeFacts(bare, index));
  } catch (error) {
    bare.close();
    throw error;
  }
  return bare;
}

function* removeFacts(bare: LiveIndex, index: LiveIndex): Steps {
  const { generation } = index;
  const changed = new Set<string>();
  for (let ordinal = 0; ordinal < index.size; ordinal++) {
    if (!index.alive(ordinal)) continue;
    const filled = index.document(ordinal);
    const product = withoutFacts(filled);
    const isSame = product === filled && ordinal < generation.counts.products;
    if (isSame) continue;
    bare.apply({ upserts: [{ product, vector: index.vectorOf(ordinal) }] });
    changed.add(product.id);
    yield;
  }
  const deletes: string[] = [];
  for (let ordinal = 0; ordinal < generation.counts.products; ordinal++) {
    if (index.alive(ordinal)) continue;
    const id = index.idOf(ordinal);
    if (!changed.has(id)) deletes.push(id);
  }
  bare.apply({ deletes });
}

function hasAppliedFacts(index: LiveIndex): boolean {
  for (let ordinal = 0; ordinal < index.size; ordinal++)
    if (index.alive(ordinal) && appliedFields(index.document(ordinal)).length > 0) return true;
  return false;
}

function appliedFields(product: Product): string[] {
  return factsOf(product)
    .filter(({ status }) => status === 'applied')
    .map(({ field }) => field);
}

/** The same object if no fact filled a blank of it. */
function withoutFacts(filled: Product): Product {
  const fields = appliedFields(filled);
  return fields.length === 0
    ? filled
    : [FACTS_KEY, ...fields].reduce<Product>((product, field) => withoutField(product, field), filled);
}
