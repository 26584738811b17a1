import { UnavailableError } from '../../domain/errors.js';
import type { Bundle, BundleFollower } from '../../opensearch/bundle.js';
import type { Engine } from '../../opensearch/engine.js';
import { followBundle } from '../../opensearch/followBundle.js';
import { currentIndex } from '../../opensearch/generationIndexes.js';
import { readVocabularyPart } from '../../opensearch/readVocabularyPart.js';
import { BundleSearches, type BundleSearchesOptions } from '../../opensearch/search/bundleSearches.js';
import type { EmbedQuery } from '../../search/search.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import type { SynonymRule } from '../../search/understand/synonyms.js';
import type { Store } from '../../store/open.js';
import { type CatalogSource, catalogPart } from './publishCatalog.js';
import { readSettingsPart } from './readSettingsPart.js';

export interface EngineSearchesOptions extends CatalogSource, BundleSearchesOptions {
  readonly engine: Engine;
  readonly store: Store;
  /** Those of `synonyms.yaml`. */
  readonly synonyms: () => readonly SynonymRule[];
}

/**
 * Searches of a catalog whose products are in the engine, where the store is here. What is published is used; where a
 * service never published anything, what it would publish is read here.
 */
export class EngineSearches {
  readonly #options: EngineSearchesOptions;
  readonly #searches: BundleSearches;
  #follower: Promise<BundleFollower> | undefined;
  #own: Promise<Bundle> | undefined;

  constructor(options: EngineSearchesOptions) {
    this.#options = options;
    this.#searches = new BundleSearches(options.engine, options);
  }

  /** @throws UserError for what cannot be read, UnavailableError where the engine does not answer. */
  async search(request: SearchRequest, embed: EmbedQuery | undefined): Promise<SearchAnswer> {
    return this.#searches.search(await this.#bundle(), request, embed);
  }

  async close(): Promise<void> {
    await (await this.#follower)?.close();
  }

  async #bundle(): Promise<Bundle> {
    this.#follower ??= followBundle(this.#options.engine);
    const published = (await this.#follower).current();
    if (published !== undefined) return published;
    this.#own ??= this.#read();
    return this.#own;
  }

  async #read(): Promise<Bundle> {
    const { engine, store, context: contextOf, all: allOf, synonyms } = this.#options;
    const context = contextOf();
    const all = allOf();
    const { id } = all.generation;
    if ((await currentIndex(engine)) !== engine.names.index(id)) {
      throw new UnavailableError(
        `The search engine does not serve generation ${id}: run \`shelfwright reindex\`, or start a service.`,
      );
    }
    const sequence = store.changes.last();
    return {
      settings: readSettingsPart(store, synonyms()),
      catalog: catalogPart(engine, context, all),
      vocabulary: await readVocabularyPart(context.index, all, sequence, context.taxonomy),
    };
  }
}
