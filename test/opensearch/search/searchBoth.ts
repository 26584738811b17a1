import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { buildIndex } from '../../../src/opensearch/buildGeneration.js';
import type { Bundle } from '../../../src/opensearch/bundle.js';
import type { Engine } from '../../../src/opensearch/engine.js';
import { readVocabularyPart } from '../../../src/opensearch/readVocabularyPart.js';
import { BundleSearches } from '../../../src/opensearch/search/bundleSearches.js';
import { compileRules } from '../../../src/search/rules/compileRules.js';
import { lintRules } from '../../../src/search/rules/lintRules.js';
import { type EmbedQuery, search } from '../../../src/search/search.js';
import type { SearchAnswer } from '../../../src/search/searchAnswer.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { indexOf } from '../../search/indexOf.js';

const MIN_COSINE = 0.3;

/** Answers one request with the products in this process, and with the products in the engine. */
export interface BothEngines {
  embedded(request: object, embed?: EmbedQuery): Promise<SearchAnswer>;
  openSearch(request: object, embed?: EmbedQuery): Promise<SearchAnswer>;
}

/** Writes the products to both. `rules` is a file of merchandising rules. */
export async function searchBoth(
  engine: Engine,
  products: readonly Product[],
  vectors: ReadonlyMap<string, Float32Array>,
  rules = '',
): Promise<BothEngines> {
  const index = await indexOf(products, vectors);
  await buildIndex(engine, index, () => undefined);
  const searches = new BundleSearches(engine, { nouns: undefined, words: undefined });
  const bundle = await bundleOf(engine, index, rules);
  const read = rules === '' ? undefined : lintRules(rules, undefined).rules;
  const compiled = read === undefined ? undefined : compileRules(read);
  return {
    embedded: (request, embed) =>
      search(
        () => ({ index, minCosine: MIN_COSINE, taxonomy: undefined, rules: compiled }),
        searchRequestSchema.parse(request),
        embed,
      ),
    openSearch: (request, embed) => searches.search(bundle, searchRequestSchema.parse(request), embed),
  };
}

async function bundleOf(engine: Engine, index: LiveIndex, rules: string): Promise<Bundle> {
  const { id, created, model } = index.generation;
  return {
    settings: { rules: { version: 1, text: rules }, synonyms: [], keys: { needed: false, valid: [] } },
    catalog: {
      ...{ generation: id, created, index: engine.names.index(id), model, taxonomy: null },
      ...{ valueRules: index.columns.rules.toJson(), minCosine: MIN_COSINE, relevance: null },
    },
    // As it is read from the engine.
    vocabulary: JSON.parse(JSON.stringify(await readVocabularyPart(index, index, 1, undefined))),
  };
}

/** What must be the same whatever holds the products. */
export function comparable(answer: SearchAnswer): object {
  const { total, facets, facet_stats, facet_ranges, category_tree, understood, rules, redirect } = answer;
  return {
    ...{ total, facets, facet_stats, facet_ranges, category_tree, understood, rules, redirect },
    hits: answer.hits.map(({ id, tier, variants, _highlight }) => ({ id, tier, variants, _highlight })),
    close: answer.close_products?.map(({ id }) => id),
  };
}

const COLORS = ['red', 'blue', 'green'];
const BRANDS = ['Acme', 'Zenith', 'Bolt'];
const KINDS = ['skater dress', 'running shoe', 'tea pot', 'usb cable'];
const CATEGORIES = ['Clothing > Dresses', 'Clothing > Shoes', 'Home > Kitchen', 'Electronics > Cables'];

/** A catalog of so many products with values of every kind, and vectors by kind. */
export function mixedCatalog(count: number): {
  readonly products: Product[];
  readonly vectors: Map<string, Float32Array>;
} {
  const products: Product[] = [];
  const vectors = new Map<string, Float32Array>();
  for (let i = 0; i < count; i++) {
    const id = `p${i}`;
    products.push({
      id,
      title: `${BRANDS[i % 3]} ${KINDS[i % 4]} ${i}`,
      brand: BRANDS[i % 3],
      category: i % 11 === 0 ? undefined : CATEGORIES[i % 4],
      price: ((i * 7) % 50) + 0.5,
      ...(i % 5 === 0 && { group_id: `g${i % 7}` }),
      attributes: {
        color: i % 6 === 0 ? [COLORS[i % 2] ?? '', 'green'] : (COLORS[i % 3] ?? ''),
        weight: i % 2 === 0 ? `${i / 10} kg` : `${i} g`,
        released: `2024-${String(1 + (i % 12)).padStart(2, '0')}-15`,
        note: i % 8 === 0 ? 'without lead' : `lead ${i % 3}`,
      },
    });
    if (i % 10 !== 0) vectors.set(id, vectorOf(i));
  }
  return { products, vectors };
}

/** Near to the axis of its kind. */
function vectorOf(i: number): Float32Array {
  const vector = Float32Array.from({ length: 8 }, (_, d) => (((i + 1) * (d + 3) * 7919) % 101) / 101 - 0.5);
  vector[i % 4] = 1.5 + (vector[i % 4] ?? 0);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
