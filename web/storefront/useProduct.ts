import { useEffect, useState } from 'preact/hooks';
import { getProduct, getSimilar, type Product, type SimilarHit } from '../shared/api.js';
import { ApiError, KeyError } from '../shared/call.js';
import { variantsOf } from './useVariants.js';

const MAX_SIMILAR = 6;

export interface OpenProduct {
  readonly product?: Product;
  readonly similar: readonly SimilarHit[];
  readonly variants: readonly Product[];
  readonly error?: ApiError;
}

const NONE: OpenProduct = { similar: [], variants: [] };

/**
 * A product, then similar ones and its variants. What belongs to the one before is never shown.
 * @param turn another number asks for the same product again
 */
export function useProduct(id: string, turn: number): OpenProduct {
  const [open, setOpen] = useState<OpenProduct & { readonly id?: string }>(NONE);
  // Another turn asks again.
  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    const add = (more: Partial<OpenProduct>) => {
      if (!signal.aborted) setOpen((before) => ({ ...before, ...more }));
    };
    getProduct(id, signal)
      .then(async (product) => {
        if (signal.aborted) return;
        setOpen({ ...NONE, id, product });
        const group = product.group_id;
        await Promise.all([
          getSimilar(id, MAX_SIMILAR, signal)
            .catch(() => [])
            .then((similar) => add({ similar })),
          typeof group === 'string' &&
            variantsOf([group], signal)
              .catch(() => new Map<string, Product[]>())
              .then((found) => add({ variants: found.get(group) ?? [] })),
        ]);
      })
      .catch((error: unknown) => {
        if (signal.aborted) return;
        const shown =
          error instanceof ApiError ? error : new ApiError(0, 'The product could not be shown.', []);
        setOpen({ ...NONE, id, error: shown });
      });
    return () => asking.abort();
  }, [id, turn]);
  // A form for a key that turned out wrong stays until there is an answer.
  return open.id === id || open.error instanceof KeyError ? open : NONE;
}
