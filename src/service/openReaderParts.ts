import { openEngine } from '../catalog/engine/openEngine.js';
import { listWithCurrent } from '../catalog/generations.js';
import { LazyEmbedder } from '../catalog/lazyEmbedder.js';
import type { EngineSettings } from '../configuration/engine.js';
import { UserError } from '../domain/errors.js';
import { applyFacts, documentOf } from '../domain/filledProduct.js';
import type { Product } from '../domain/product.js';
import { factsForOriginal } from '../domain/readableProduct.js';
import { workersOfMachine } from '../embed/embedder.js';
import type { LiveIndex } from '../index/liveIndex.js';
import type { Engine } from '../opensearch/engine.js';
import { dependenceOnAll, stateOf } from '../search/answerDependence.js';
import { type Depends, type EmbedQuery, search, searchAlike } from '../search/search.js';
import type { SearchContext } from '../search/searchContext.js';
import type { SearchRequest, SearchStatus } from '../search/searchRequest.js';
import { findSimilar } from '../search/similar/findSimilar.js';
import { prepareVocabulary } from '../search/understand/structure/valueVocabulary.js';
import type { Store } from '../store/open.js';
import { inSlices } from '../structures/inSlices.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { EngineSearches } from './engine/engineSearches.js';
import { ImportedReader } from './lab/importedReader.js';
import { VariantSearches } from './lab/variantSearches.js';
import { DerivedCatalog } from './live/derivedCatalog.js';
import { LiveCatalog } from './live/liveCatalog.js';
import { LiveRanking } from './live/liveRanking.js';
import { openOtherGeneration } from './live/openOtherGeneration.js';
import { readNouns } from './live/readNouns.js';
import { StatusIndexes } from './live/statusIndexes.js';
import { openWithoutFacts } from './live/withoutFacts.js';
import { QueryCompletion } from './queries/queryCompletion.js';
import { QueryVectors } from './queries/queryVectors.js';
import { type Answered, RecentAnswers } from './queries/recentAnswers.js';
import { answerOf, type SearchAlike, searchMany, statusOf, userErrorOf } from './queries/searchMany.js';
import type { Reader, TimingListener } from './reader.js';
import { RestrictedReaders } from './restrictedReaders.js';
import { LiveRules } from './rules/liveRules.js';
import { openRules } from './rules/openRules.js';
import type { RuleBook } from './rules/ruleBook.js';
import { SearchThreads, type SearchThreadsOptions } from './threads/searchThreads.js';

export interface ReaderOptions {
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly modelDir: string;
  /** Number of embedding threads. Default: `workersOfMachine`. */
  readonly workers?: number | undefined;
  /** Where products are searched; default: in this process. */
  readonly engine?: EngineSettings | undefined;
  /** Threads that answer searches; default: none, the main thread does. */
  readonly searchThreads?: Pick<SearchThreadsOptions, 'count' | 'minProducts'> | undefined;
}

interface PartsOptions extends ReaderOptions {
  readonly store: Store;
  /** Days that searches are recorded for; 0 records none. */
  readonly queryDays: number;
  /** Whether to write an empty first generation where there is none; a reader must not. */
  readonly createGeneration: boolean;
}

/** A reader and the parts that it is made of, for a service to build on. Closing it does not close the store. */
export interface ReaderParts {
  readonly reader: Reader;
  readonly catalog: LiveCatalog;
  readonly embedder: LazyEmbedder;
  /** Why the model cannot be used; undefined where it can. */
  readonly modelProblem: string | undefined;
  readonly queries: QueryCompletion;
  readonly rules: RuleBook;
  /** The caches, for their hit rates. */
  readonly queryVectors: QueryVectors;
  readonly recentAnswers: RecentAnswers;
  /** What searches of this status run on. */
  readonly contextOf: (status: SearchStatus) => SearchContext;
  /** The cluster that the settings name; undefined where products are searched in this process. */
  readonly engine: Engine | undefined;
  /** Undefined where only the main thread answers searches. */
  readonly searchThreads: SearchThreads | undefined;
}

export async function openReaderParts(options: PartsOptions): Promise<ReaderParts> {
  const { store, dataDir, indexesDir, queryDays, createGeneration } = options;
  const engine = await openEngine(options.engine);
  const embedder = new LazyEmbedder(options.modelDir, store, options.workers ?? workersOfMachine());
  const { model, problem: modelProblem } = await embedder.load();
  const statuses = new StatusIndexes();
  const queries = new QueryCompletion(dataDir, store, queryDays, () => indexOf('active'));
  let isServing = false;
  /** What a single command does not need is built when it is needed. */
  const prepareIndex = async (whole: LiveIndex, taxonomy: TaxonomyView | undefined): Promise<void> => {
    const index = statuses.of(whole, 'active');
    await prepareVocabulary(index, taxonomy);
    if (!createGeneration) return;
    await inSlices(whole.prepare());
    await statuses.prepare(whole, 'active');
    if (isServing) await queries.prepare(index);
  };
  const catalog = await LiveCatalog.open({
    indexesDir,
    dataDir,
    store,
    embedder,
    model,
    createGeneration,
    prepare: prepareIndex,
  }).catch(async (error: unknown) => {
    // The embedding threads would keep the process alive.
    await embedder.close();
    queries.close();
    await engine?.close();
    throw error;
  });
  isServing = true;
  const indexOf = (status: SearchStatus): LiveIndex => statuses.of(catalog.index(), status);
  // The first completions wait for it, but nothing else does.
  if (createGeneration) queries.prepare(indexOf('active')).catch(() => undefined);
  const queryVectors = new QueryVectors((text) => embedder.runQueries([text]));
  const liveRules = new LiveRules(store);
  const liveRanking = new LiveRanking(store, dataDir);
  const contextOf = (status: SearchStatus): SearchContext => {
    const found = catalog.context();
    const index = statuses.of(found.index, status);
    return { ...found, index, rules: liveRules.current(), ...liveRanking.current() };
  };
  const context = (): SearchContext => contextOf('active');
  // A query that cannot be embedded is answered by words; the embedder keeps the reason.
  const embedQuery: EmbedQuery | undefined =
    model === undefined
      ? undefined
      : async (text) => (catalog.hasVectors ? queryVectors.get(text).catch(() => undefined) : undefined);
  const listeners: TimingListener[] = [];
  const notify: TimingListener = (parts) => {
    for (const listener of listeners) listener(parts);
  };
  const { searchThreads: threadSettings } = options;
  const searchThreads =
    threadSettings === undefined || threadSettings.count === 0
      ? undefined
      : new SearchThreads(catalog.index(), {
          ...{ ...threadSettings, dataDir, model },
          help: {
            embedQuery: async (text) => embedQuery?.(text),
            embedReference: (texts, asQueries) => embedder.embedReference(texts, asQueries),
            notify,
          },
        });
  if (searchThreads !== undefined) catalog.keepInStep(searchThreads);
  const recentAnswers = new RecentAnswers(context, model === undefined);
  const rules = openRules(store, context, embedQuery);
  /** Searches of people who look for drafts are no sign of what shoppers want. */
  const recorded = (requests: readonly SearchRequest[], answers: Answered[]): Answered[] => {
    for (const [place, request] of requests.entries()) {
      const answer = answers[place];
      if (answer === undefined || answer instanceof UserError || request.status !== 'active') continue;
      queries.record(request, answer);
    }
    return answers;
  };
  const product = (id: string): Product | undefined => {
    const stored = store.products.get(id);
    return stored === undefined ? undefined : documentOf(applyFacts(stored, store.facts.get(id)));
  };
  const original = (id: string): Product | undefined => {
    const stored = store.products.original(id);
    if (stored === undefined) return undefined;
    return documentOf(applyFacts(stored, factsForOriginal(stored, store.facts.get(id))));
  };
  const restrictedReaders = new RestrictedReaders({
    ...{ catalog, indexOf, context, queries, product, original },
    answer: async (requests, within) =>
      recorded(requests, await searchAlike(within, requests, embedQuery, notify)),
  });
  const unenriched = new DerivedCatalog(
    () => indexOf('active'),
    (index) => openWithoutFacts(indexesDir, index),
  );
  /** The vectors are the same, and so is what was calibrated with them. */
  const withoutFacts = (found: SearchContext): SearchContext => ({
    ...found,
    index: unenriched.current ?? found.index,
  });
  const searches =
    engine === undefined
      ? undefined
      : new EngineSearches({
          ...{ engine, store, context, all: () => catalog.index(), synonyms: () => catalog.ownSynonyms },
          ...{ nouns: readNouns(), words: catalog.context().vocabulary },
        });
  const imported = new ImportedReader(dataDir);
  const variants = new VariantSearches({
    ...{ context, embedQuery, unenriched, notify, ranking: liveRanking },
    generationOf: (id) =>
      new DerivedCatalog(
        () => indexOf('active'),
        (index) => openOtherGeneration(indexesDir, id, index),
      ),
    imported: (name, query) => imported.of(name, query),
  });
  /** On a searching thread if there is one. */
  const searchHere = async (missing: readonly SearchRequest[], depends: Depends): Promise<Answered[]> => {
    const asked = (): SearchContext => contextOf(statusOf(missing));
    const before = searchThreads === undefined ? undefined : stateOf(asked());
    const answers = await searchThreads?.search(missing, catalog.sequence);
    if (answers === undefined || before === undefined)
      return searchAlike(asked, missing, embedQuery, notify, depends);
    const dependence = dependenceOnAll(before);
    for (const answer of answers) if (!(answer instanceof UserError)) depends(answer, dependence);
    return answers;
  };
  /** The requests have one status. */
  const answerAlike: SearchAlike = async (requests) => {
    if (createGeneration) await statuses.prepare(catalog.index(), statusOf(requests));
    return recorded(
      requests,
      searches === undefined
        ? await recentAnswers.get(requests, searchHere)
        : await Promise.all(
            requests.map((request) => searches.search(request, embedQuery).catch(userErrorOf)),
          ),
    );
  };
  const reader: Reader = {
    search: async (request) => answerOf(await answerAlike([request])),
    searchMany: (requests) => searchMany(requests, answerAlike),
    searchUncached: (request, timed) => search(() => contextOf(request.status), request, embedQuery, timed),
    searchByWords: (request) =>
      searches === undefined ? search(context, request, undefined) : searches.search(request, undefined),
    searchUnenriched: async () => {
      await unenriched.prepare();
      if (unenriched.current === undefined) return undefined;
      return (request) => search(() => withoutFacts(context()), request, embedQuery);
    },
    searchWithWeights: (request, weights) =>
      search(
        () => ({ ...context(), rules: undefined, arrangement: undefined, weights }),
        request,
        embedQuery,
      ),
    ranking: () => liveRanking.adopted(),
    searchVariant: (request, variant) => variants.compare(request, variant),
    searchInExperiment: (request, variant) => variants.serve(request, variant),
    recordQuery: (request, answer) => void recorded([request], [answer]),
    suggest: (request) => queries.suggest(request),
    synonymSuggestions: async (limit) =>
      model === undefined ? [] : queries.synonyms(context(), (texts) => embedder.run(texts), limit),
    product,
    original,
    similar: (request) => findSimilar(indexOf('active'), request),
    within: (filter) => restrictedReaders.within(filter),
    rules,
    generations: () => listWithCurrent(indexesDir, engine),
    health: () => {
      const index = catalog.index();
      const problem = modelProblem ?? embedder.trouble;
      return {
        ready: true,
        mode: catalog.hasVectors && embedder.trouble === undefined ? 'hybrid' : 'lexical',
        generation: index.generation.id,
        products: index.live,
        reasons: [
          ...(problem === undefined ? [] : [`Search answers by words only: ${problem}`]),
          ...catalog.problems(),
          ...(searchThreads?.problem === undefined ? [] : [searchThreads.problem]),
          ...liveRules.problems(),
          ...liveRanking.problems(),
          ...queries.problems(),
        ],
      };
    },
    onSearched: (listener) => {
      listeners.push(listener);
    },
    close: async () => {
      queries.close();
      await searchThreads?.close();
      await unenriched.close();
      await variants.close();
      imported.close();
      await catalog.close();
      await embedder.close();
      await searches?.close();
      await engine?.close();
    },
  };
  return {
    ...{ reader, catalog, embedder, modelProblem, queries, rules, queryVectors, recentAnswers },
    ...{ contextOf, engine, searchThreads },
  };
}
