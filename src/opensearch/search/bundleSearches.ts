import { ValueRules } from '../../index/columns/valueRules.js';
import { GENERATION_FORMAT, type Manifest } from '../../index/generation/manifest.js';
import type { NounHierarchy } from '../../search/concepts/nounHierarchy.js';
import type { EngineContext } from '../../search/engine/engineContext.js';
import { searchEngine } from '../../search/engine/searchEngine.js';
import { VocabularyIndex } from '../../search/engine/vocabularyIndex.js';
import { type CompiledRules, compileIfAny } from '../../search/rules/compileRules.js';
import { lintRules } from '../../search/rules/lintRules.js';
import type { EmbedQuery } from '../../search/search.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import { compileSynonyms, type Synonyms, taxonomySynonyms } from '../../search/understand/synonyms.js';
import { type TaxonomyView, viewTaxonomy } from '../../taxonomy/view.js';
import type { Bundle } from '../bundle.js';
import { readCalibration } from '../bundleCalibration.js';
import type { Engine } from '../engine.js';
import { makeSamples, OpenSearchProducts, type Samples } from './openSearchProducts.js';

export interface BundleSearchesOptions {
  /** The nouns of the package. */
  readonly nouns: NounHierarchy | undefined;
  /** The whole words that the transformer knows, folded. */
  readonly words: ReadonlySet<string> | undefined;
}

/** What a bundle says, read: parts that did not change are not read again. */
type Read = Omit<EngineContext, 'engine' | 'rules' | 'words'>;

/** Searches of a catalog of which only the bundle is here. */
export class BundleSearches {
  readonly #engine: Engine;
  readonly #options: BundleSearchesOptions;
  #bundle: Bundle | undefined;
  #read: Read | undefined;
  #rules: CompiledRules | undefined;
  #taxonomy: TaxonomyView | undefined;
  #samples: Samples = makeSamples();

  constructor(engine: Engine, options: BundleSearchesOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** See searchEngine. */
  search(bundle: Bundle, request: SearchRequest, embed: EmbedQuery | undefined): Promise<SearchAnswer> {
    return searchEngine(this.contextOf(bundle), request, embed);
  }

  /** What a search of this bundle runs on. */
  contextOf(bundle: Bundle): EngineContext {
    const read = this.#readBundle(bundle);
    return {
      ...read,
      words: this.#options.words,
      rules: this.#rules,
      engine: () =>
        new OpenSearchProducts(
          this.#engine,
          bundle.catalog.index,
          bundle.vocabulary.allDocuments,
          this.#samples,
        ),
    };
  }

  #readBundle(bundle: Bundle): Read {
    const before = this.#bundle;
    if (before === bundle && this.#read !== undefined) return this.#read;
    const { settings, catalog, vocabulary } = bundle;
    const isSameCatalog = before?.catalog === catalog;
    if (before?.settings !== settings)
      this.#rules = compileIfAny(lintRules(settings.rules.text, undefined).rules);
    if (!isSameCatalog) {
      this.#taxonomy = catalog.taxonomy === null ? undefined : viewTaxonomy(catalog.taxonomy);
      this.#samples = makeSamples();
    }
    const known = isSameCatalog ? this.#read : undefined;
    const calibration = known ?? readCalibration(catalog, this.#options.nouns);
    this.#read = {
      vocabulary:
        known !== undefined && before?.vocabulary === vocabulary
          ? known.vocabulary
          : new VocabularyIndex(manifestOf(bundle), vocabulary, ValueRules.parse(catalog.valueRules)),
      minCosine: calibration.minCosine,
      relevance: calibration.relevance,
      taxonomy: this.#taxonomy,
      synonyms: synonymsOf(bundle, this.#taxonomy),
    };
    this.#bundle = bundle;
    return this.#read;
  }
}

function synonymsOf({ settings }: Bundle, taxonomy: TaxonomyView | undefined): Synonyms {
  return compileSynonyms([
    ...settings.synonyms,
    ...(taxonomy === undefined ? [] : taxonomySynonyms(taxonomy)),
  ]);
}

/** What is known of the generation without its files. */
function manifestOf({ catalog, vocabulary }: Bundle): Manifest {
  const { generation: id, created, model, taxonomy } = catalog;
  return {
    ...{
      format: GENERATION_FORMAT,
      id,
      created,
      model,
      taxonomy: taxonomy?.version ?? '',
      sequence: vocabulary.sequence,
    },
    counts: { products: vocabulary.allDocuments, vectors: 0, points: 0, terms: vocabulary.terms.length },
    parameters: { m: 0, efConstruction: 0, seed: 0 },
    files: {},
  };
}
