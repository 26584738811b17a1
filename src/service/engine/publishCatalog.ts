import type { LiveIndex } from '../../index/liveIndex.js';
import type { CatalogPart } from '../../opensearch/bundle.js';
import { publishCalibration } from '../../opensearch/bundleCalibration.js';
import type { BundlePublisher } from '../../opensearch/bundlePublisher.js';
import type { Engine } from '../../opensearch/engine.js';
import { readIndexMeta } from '../../opensearch/generationIndexes.js';
import { readVocabularyPart } from '../../opensearch/readVocabularyPart.js';
import type { SearchContext } from '../../search/search.js';
import type { Store } from '../../store/open.js';

/** The vocabulary is read again after so many times as long as it took, so that reading it costs little. */
const PAUSE_SHARE = 10;

export interface CatalogSource {
  readonly store: Pick<Store, 'changes'>;
  /** What searches of active products run on. */
  readonly context: () => SearchContext;
  /** The index with the products of every status. */
  readonly all: () => LiveIndex;
}

/** Publishes what a generation brings, and its vocabulary when products change. */
export class CatalogPublisher {
  /** The generation that search nodes use. */
  generation: string | undefined;
  /** Why it is not the one that serves here; undefined where it is. */
  problem: string | undefined;
  #published:
    | { readonly context: SearchContext; readonly all: LiveIndex; readonly revision: number }
    | undefined;
  #again = 0;

  constructor(
    private readonly engine: Engine,
    private readonly publisher: BundlePublisher,
    private readonly source: CatalogSource,
  ) {}

  /** Publishes what changed since. @throws UnavailableError where the engine does not answer. */
  async publish(): Promise<void> {
    const { store, context: contextOf, all: allOf } = this.source;
    const before = this.#published;
    const sequence = store.changes.last();
    const context = contextOf();
    const all = allOf();
    const { id } = all.generation;
    const isSameCatalog = before?.all === all && isSame(before.context, context);
    if (isSameCatalog && before.revision === all.revision) return;
    if (isSameCatalog && performance.now() < this.#again) return;
    if (id !== this.generation && (await readIndexMeta(this.engine, id))?.complete !== true) {
      this.problem = `The search engine has no index of generation ${id}: run shelfwright reindex.`;
      return;
    }
    const started = performance.now();
    const { revision } = all;
    const vocabulary = await readVocabularyPart(context.index, all, sequence);
    // It may have been closed meanwhile.
    if (allOf() !== all) return;
    await this.publisher.publish({
      vocabulary,
      ...(!isSameCatalog && { catalog: catalogPart(this.engine, context, all) }),
    });
    this.#published = { context, all, revision };
    this.generation = id;
    this.problem = undefined;
    this.#again = performance.now() + PAUSE_SHARE * (performance.now() - started);
  }
}

/** A context is a new object for each search. */
function isSame(a: SearchContext, b: SearchContext): boolean {
  return a.relevance === b.relevance && a.minCosine === b.minCosine && a.taxonomy === b.taxonomy;
}

function catalogPart(
  engine: Engine,
  context: SearchContext,
  { generation, columns }: LiveIndex,
): CatalogPart {
  const { id, created, model } = generation;
  return {
    ...{ generation: id, created, index: engine.names.index(id), model },
    taxonomy: context.taxonomy?.taxonomy ?? null,
    valueRules: columns.rules.toJson(),
    ...publishCalibration({ minCosine: context.minCosine, relevance: context.relevance }),
  };
}
