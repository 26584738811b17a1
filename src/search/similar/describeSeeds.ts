import type { LiveIndex } from '../../index/liveIndex.js';

/** The combined features of the seed products. */
export interface Seeds {
  readonly ordinals: ReadonlySet<number>;
  /** Centroid of their unit vectors; undefined if none has one, or if they cancel out. */
  readonly vector: Float32Array | undefined;
  /** The text of their records, used if there is no vector. */
  readonly text: string;
  readonly titles: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly categories: readonly string[];
  /** Geometric mean of the prices in `currency`, the first one found; undefined if none has a price. */
  readonly price: number | undefined;
  readonly currency: string | undefined;
}

/** Characters of a description that are used. */
const MAX_DESCRIPTION = 300;

export function describeSeeds(index: LiveIndex, ordinals: readonly number[]): Seeds {
  const products = ordinals.map((ordinal) => index.document(ordinal));
  const priced = products.filter(({ price }) => price !== undefined && price > 0);
  const currency = priced[0]?.currency;
  const comparable = priced.filter((product) => product.currency === currency);
  const logarithms = comparable.map(({ price = 1 }) => Math.log(price));
  return {
    ordinals: new Set(ordinals),
    vector: centroid(index, ordinals),
    text: products
      .map(({ title, brand, category, attributes, description }) =>
        [
          title,
          brand,
          category,
          ...Object.values(attributes ?? {}).flat(),
          description?.slice(0, MAX_DESCRIPTION),
        ]
          .filter((part) => part !== undefined)
          .join(' '),
      )
      .join(' '),
    titles: new Set(products.flatMap(({ title }) => title ?? [])),
    groups: new Set(products.flatMap(({ group_id }) => group_id ?? [])),
    categories: [...new Set(products.flatMap(({ category }) => category ?? []))],
    price:
      logarithms.length === 0
        ? undefined
        : Math.exp(logarithms.reduce((sum, one) => sum + one, 0) / logarithms.length),
    currency,
  };
}

function centroid(index: LiveIndex, ordinals: readonly number[]): Float32Array | undefined {
  let sum: Float32Array | undefined;
  for (const ordinal of ordinals) {
    const vector = index.vectorOf(ordinal);
    if (vector === undefined) continue;
    if (sum === undefined) sum = vector;
    else for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + (vector[d] ?? 0);
  }
  return sum?.some((number) => Math.abs(number) > 1e-6) ? sum : undefined;
}
