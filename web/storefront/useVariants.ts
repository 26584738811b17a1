import { useEffect, useState } from 'preact/hooks';
import { type Hit, type Product, search } from '../shared/api.js';
import { quotedValue } from './filter.js';

const MAX_VARIANTS = 250;

/** The variants of the hits' groups, by `group_id`; empty until they are there. */
export function useVariants(hits: readonly Hit[]): ReadonlyMap<string, readonly Product[]> {
  const [variants, setVariants] = useState<ReadonlyMap<string, readonly Product[]>>(new Map());
  const groups = hits
    .filter((hit) => (hit.variants?.count ?? 1) > 1)
    .flatMap(({ product }) => (typeof product.group_id === 'string' ? [product.group_id] : []));
  const key = groups.join('\n');
  // The key stands for the groups.
  useEffect(() => {
    if (groups.length === 0) return;
    const asking = new AbortController();
    variantsOf(groups, asking.signal)
      .then((found) => setVariants(found))
      // The cards then say how many there are, without their colours.
      .catch(() => undefined);
    return () => asking.abort();
  }, [key]);
  return variants;
}

/** The products of these groups, by `group_id`. */
export async function variantsOf(
  groups: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Product[]>> {
  const answer = await search(
    { filter: `group_id IN [${groups.map(quotedValue).join(', ')}]`, per_page: MAX_VARIANTS, fields: ['*'] },
    signal,
  );
  const found = new Map<string, Product[]>();
  for (const { product } of answer.hits) {
    const group = String(product.group_id);
    found.set(group, [...(found.get(group) ?? []), product]);
  }
  return found;
}
