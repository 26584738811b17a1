import type { Product } from '../../domain/product.js';
import type { Products } from './products.js';

/** A product with what ranking needs. */
export interface FetchedProduct {
  readonly id: string;
  readonly product: Product;
  /** Terms, and for each the packed frequencies by field (see TF_BITS). */
  readonly terms: readonly string[];
  readonly packed: readonly number[];
  /** Tokens by lexical field. */
  readonly lengths: readonly number[];
  /** Unit vector, base64 of 32-bit floats; undefined without one. */
  readonly unit: string | undefined;
}

/** What a search asks while it is being understood. */
export type Question =
  | { readonly kind: 'count'; readonly products: Products }
  /** Products by id, at most `limit`. */
  | { readonly kind: 'products'; readonly products: Products; readonly limit: number }
  /** Vectors of some of the products, at most `limit`, always the same ones. */
  | { readonly kind: 'sample'; readonly products: Products; readonly limit: number }
  /** The products nearest to a vector, nearest first. */
  | {
      readonly kind: 'nearest';
      readonly vector: Float32Array;
      readonly within: Products;
      readonly limit: number;
    };

export type Answer =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'products'; readonly products: readonly FetchedProduct[]; readonly total: number }
  | { readonly kind: 'sample'; readonly vectors: readonly Float32Array[] }
  | { readonly kind: 'nearest'; readonly ids: readonly string[]; readonly cosines: readonly number[] };

/** What raises the first score of products, by which those are chosen that are ranked. */
export interface FirstScore {
  readonly products: Products;
  readonly weight: number;
}

export type SortKey =
  | { readonly by: 'id'; readonly direction: 'asc' | 'desc' }
  /** Numbers first if the field is numeric, then texts; products without a value last. */
  | {
      readonly by: 'field';
      readonly field: string;
      readonly direction: 'asc' | 'desc';
      readonly numeric: boolean;
      readonly texts: boolean;
      /** The number that stands for none; default: last. */
      readonly missing?: number;
    };

/** What is counted over some products, by name. */
export interface Counting {
  readonly products: Products;
  /** Whether the variants of a group count once. */
  readonly grouped: boolean;
  /** Fields whose values are counted, by key, and fields of paths whose levels are counted. */
  readonly values: readonly { readonly field: string; readonly max: number }[];
  readonly levels: readonly { readonly field: string; readonly max: number }[];
  readonly sets: readonly Products[];
}

export interface Counted {
  readonly values: readonly ReadonlyMap<string, number>[];
  readonly levels: readonly ReadonlyMap<string, number>[];
  readonly sets: readonly number[];
}

/** A page of products in an order that ends in the id. */
export interface ListRequest {
  readonly products: Products;
  readonly scores: readonly FirstScore[];
  /** Empty: by first score. */
  readonly sort: readonly SortKey[];
  readonly grouped: boolean;
  readonly from: number;
  readonly size: number;
  /** Whether to return the products, or only their ids. */
  readonly whole: boolean;
}

export interface Listed {
  /** Number of products, or of groups. */
  readonly total: number;
  readonly ids: readonly string[];
  /** In the order of `ids`; empty unless `whole`. */
  readonly products: readonly FetchedProduct[];
}

/**
 * An engine that holds the products. Everything that it answers is of one state of them, or `degraded` says why it may be
 * incomplete.
 */
export interface ProductEngine {
  answer(questions: readonly Question[]): Promise<readonly Answer[]>;
  /** In one request each way: pages of products, and counts. */
  list(
    requests: readonly ListRequest[],
    countings: readonly Counting[],
  ): Promise<{
    readonly listed: readonly Listed[];
    readonly counted: readonly Counted[];
  }>;
  /** Why answers since it was made may be incomplete; empty if they are not. */
  readonly degraded: readonly string[];
}
