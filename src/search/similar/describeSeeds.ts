import type { LiveIndex } from '../../index/liveIndex.js';

/** What is known of the products asked about, taken together. */
export interface Seeds {
  readonly ordinals: ReadonlySet<number>;
  /** Mean of their unit vectors; undefined where none has one, or they cancel out. */
  readonly vector: Float32Array | undefined;
  /** What their records say, where there is no vector to go by. */
  readonly text: string;
  readonly titles: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly categories: readonly string[];
  /** Geometric mean of the prices in `currency`, the first one met; undefined where none has a price. */
  readonly price: number | undefined;
  readonly currency: string | undefined;
}

/** Of a description the beginning says what a thing is. */
const MAX_DESCRIBED = 300;

export function describeSeeds(index: LiveIndex, ordinals: readonly number[]): Seeds {
  const products = ordinals.map((ordinal) => index.document(ordinal));
  const priced = products.filter(({ price }) => price !== undefined && price > 0);
  const currency = priced[0]?.currency;
  const comparable = priced.filter((product) => product.currency === currency);
  const logarithms = comparable.map(({ price = 1 }) => Math.log(price));
  return {
    ordinals: new Set(ordinals),
    vector: meanVector(index, ordinals),
    text: products
      .map(({ title, brand, category, attributes, description }) =>
        [
          title,
          brand,
          category,
          ...Object.values(attributes ?? {}).flat(),
          description?.slice(0, MAX_DESCRIBED),
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

function meanVector(index: LiveIndex, ordinals: readonly number[]): Float32Array | undefined {
  let sum: Float32Array | undefined;
  for (const ordinal of ordinals) {
    const vector = index.vectorOf(ordinal);
    if (vector === undefined) continue;
    if (sum === undefined) sum = vector;
    else for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + (vector[d] ?? 0);
  }
  return sum?.some((number) => Math.abs(number) > 1e-6) ? sum : undefined;
}
