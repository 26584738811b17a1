import { existsSync } from 'node:fs';
import { SEED } from '../catalog/enrich/learnFromRows.js';
import { enricherFile } from '../catalog/enrich/savedEnricher.js';
import type { LazyEmbedder } from '../catalog/lazyEmbedder.js';
import { governStore } from '../catalog/taxonomy/governTaxonomy.js';
import { isEmptyVector } from '../domain/emptyVector.js';
import { sentenceOf, UnavailableError } from '../domain/errors.js';
import type { Fact } from '../domain/fact.js';
import { identityText } from '../domain/identityText.js';
import type { Product } from '../domain/product.js';
import { silent } from '../domain/progress.js';
import { ColumnNotation } from '../enrich/columnNotation.js';
import { learn } from '../enrich/learn/learn.js';
import { loadEnricher } from '../enrich/persistence/loadEnricher.js';
import type { Store } from '../store/open.js';
import { inSlices, type Steps } from '../structures/inSlices.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import type { ReaderParts } from './openReaderParts.js';

type EnrichProducts = (products: readonly Product[]) => Promise<{ id: string; facts: Fact[] }[]>;

/** Stored products read between two pauses. */
const PRODUCTS_A_STEP = 20;

/** Facts for products that are not stored, by the enricher of the last reindex, written as the stored products write. */
export class ProductEnricher {
  #loaded: { readonly generation: string; readonly enrich: Promise<EnrichProducts> } | undefined;

  constructor(
    private readonly store: Store,
    private readonly parts: Pick<ReaderParts, 'catalog' | 'embedder' | 'modelProblem'>,
  ) {}

  /** @throws UnavailableError without a usable model, or where what was learned cannot be read. */
  async enrich(products: readonly Product[]): Promise<{ id: string; facts: Fact[] }[]> {
    const { catalog, embedder, modelProblem } = this.parts;
    if (modelProblem !== undefined)
      throw new UnavailableError(`Nothing can be filled without the model: ${modelProblem}`);
    // A reindex learns again, so with a new generation the enricher is loaded again.
    const generation = catalog.index().generation.id;
    if (this.#loaded?.generation !== generation)
      this.#loaded = { generation, enrich: loadEnrichment(this.store, embedder) };
    const { enrich } = this.#loaded;
    const loaded = await enrich.catch((error: unknown) => {
      if (this.#loaded?.enrich === enrich) this.#loaded = undefined;
      throw error;
    });
    return loaded(products);
  }
}

/** By what the last reindex learned; by the governing taxonomy alone where nothing was learned yet. */
async function loadEnrichment(store: Store, embedder: LazyEmbedder): Promise<EnrichProducts> {
  const view = await governStore(store, undefined);
  const tools = { embed: (texts: readonly string[]) => embedder.run(texts) };
  const file = enricherFile(store);
  const enricher = existsSync(file)
    ? await loadEnricher(file, view).catch((cause: unknown) => {
        throw new UnavailableError(
          `What was learned cannot be read: ${sentenceOf(cause)} Run shelfwright reindex to learn it again.`,
          { cause },
        );
      })
    : await learn([], view, { ...tools, seed: SEED, progress: silent });
  const notation = await inSlices(observeStore(store, view));
  return async (products) => {
    const texts = products.map(identityText);
    const vectors = await embedder.run(texts.filter((text) => text !== ''));
    let next = 0;
    return products.map((product, place) => {
      const vector = texts[place] === '' ? undefined : vectors[next++];
      const isReadable = vector !== undefined && !isEmptyVector(vector);
      const facts = enricher.enrich(product, isReadable ? vector : undefined);
      return { id: product.id, facts: facts.map((fact) => notation.apply(fact)) };
    });
  };
}

function* observeStore(store: Store, view: TaxonomyView): Steps<ColumnNotation> {
  const notation = new ColumnNotation(view);
  let observed = 0;
  for (const product of store.products.each(100)) {
    notation.observe(product);
    if (++observed % PRODUCTS_A_STEP === 0) yield;
  }
  return notation;
}
