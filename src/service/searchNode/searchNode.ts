import { openEngine } from '../../catalog/engine/openEngine.js';
import { type LoadedModel, ModelRunner } from '../../catalog/modelRunner.js';
import type { EngineSettings } from '../../configuration/engine.js';
import { UnavailableError, UsageError, UserError } from '../../domain/errors.js';
import { workersOfMachine } from '../../embed/embedder.js';
import { readVocabulary } from '../../embed/readVocabulary.js';
import type { Bundle, BundleFollower } from '../../opensearch/bundle.js';
import type { Engine } from '../../opensearch/engine.js';
import { followBundle } from '../../opensearch/followBundle.js';
import { BundleSearches } from '../../opensearch/search/bundleSearches.js';
import type { EmbedQuery } from '../../search/search.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import { type ApiKeys, openApiKeys } from '../apiKeys.js';
import { readNouns } from '../live/readNouns.js';
import { QueryVectors } from '../queries/queryVectors.js';
import type { Answered } from '../queries/recentAnswers.js';
import type { CatalogReader, Health, TimingListener } from '../reader.js';

/** A process that answers searches from the engine, without a store. What it knows of the catalog, the writer published. */
export interface SearchNode {
  readonly searchMany: CatalogReader['searchMany'];
  /** @throws UserError always: only the writer answers keys that see a part of the catalog. */
  within(filter: string): Promise<Pick<CatalogReader, 'searchMany'>>;
  readonly access: ApiKeys;
  health(): Health;
  onSearched(listener: TimingListener): void;
  close(): Promise<void>;
}

export interface SearchNodeOptions {
  readonly engine: EngineSettings;
  readonly modelDir: string;
  /** Number of embedding threads. Default: `workersOfMachine`. */
  readonly workers?: number | undefined;
}

/**
 * Opens a search node. Neither the engine nor the writer need be there yet.
 * @throws UsageError where products are not searched by an engine.
 */
export async function openSearchNode(options: SearchNodeOptions): Promise<SearchNode> {
  const engine = await openEngine(options.engine);
  if (engine === undefined) {
    throw new UsageError(
      '--role search needs a search engine: set engine.kind to opensearch, and engine.urls to its nodes.',
      { field: '--role' },
    );
  }
  const runner = new ModelRunner(options.modelDir, options.workers ?? workersOfMachine());
  const follower = await followBundle(engine);
  const loaded = await runner.load();
  return nodeOver(engine, follower, runner, loaded, {
    nouns: readNouns(),
    words: loaded.model === undefined ? undefined : await readVocabulary(loaded.model),
  });
}

function nodeOver(
  engine: Engine,
  follower: BundleFollower,
  runner: ModelRunner,
  loaded: LoadedModel,
  words: ConstructorParameters<typeof BundleSearches>[1],
): SearchNode {
  const searches = new BundleSearches(engine, words);
  const vectors = new QueryVectors((text) => runner.runQueries([text]));
  const listeners: TimingListener[] = [];
  const embed: EmbedQuery = (text) => vectors.get(text).catch(() => undefined);
  const answer = async (request: SearchRequest): Promise<Answered> => {
    try {
      const bundle = bundleOf(follower);
      const answered = await searches.search(bundle, request, hasVectors(bundle, loaded) ? embed : undefined);
      for (const listener of listeners) if (answered.parts !== undefined) listener(answered.parts);
      return answered;
    } catch (error) {
      // A search that cannot be read is no reason to refuse the others.
      if (error instanceof UserError && error.constructor === UserError) return error;
      throw error;
    }
  };
  return {
    searchMany: (requests) => Promise.all(requests.map(answer)),
    within: async () => {
      throw new UserError(
        'This key has a filter, and a search node answers keys without one only: send the request to the writer.',
      );
    },
    access: openApiKeys({ keys: keysOf(follower) }),
    health: () => healthOf(follower, runner, loaded),
    onSearched: (listener) => void listeners.push(listener),
    close: async () => {
      await follower.close();
      await runner.close();
      await engine.close();
    },
  };
}

function bundleOf(follower: BundleFollower): Bundle {
  const bundle = follower.current();
  if (bundle !== undefined) return bundle;
  throw new UnavailableError(
    follower.problem ??
      'Nothing is published in the search engine yet: run shelfwright reindex and shelfwright serve where the store is.',
  );
}

/** Vectors of another model cannot be compared with those of the index. */
function hasVectors({ catalog }: Bundle, { model }: LoadedModel): boolean {
  return model !== undefined && catalog.model?.sha256 === model.revision;
}

/** Until something is published, every request needs a key, and none is valid. */
function keysOf(follower: BundleFollower): Parameters<typeof openApiKeys>[0]['keys'] {
  return {
    anyExisted: () => follower.current()?.settings.keys.needed ?? true,
    get: (id) => {
      const found = follower.current()?.settings.keys.valid.find(({ key }) => key.id === id);
      return found === undefined ? undefined : { key: found.key, hash: Buffer.from(found.hash, 'base64') };
    },
  };
}

function healthOf(follower: BundleFollower, runner: ModelRunner, loaded: LoadedModel): Health {
  const bundle = follower.current();
  const isOther = bundle !== undefined && loaded.model !== undefined && !hasVectors(bundle, loaded);
  const problem =
    loaded.problem ??
    runner.trouble ??
    (isOther ? 'the index was built with another model than the one in use' : undefined);
  const reasons = [
    ...(bundle === undefined ? ['Nothing is published in the search engine yet.'] : []),
    ...(follower.problem === undefined ? [] : [follower.problem]),
    ...(problem === undefined ? [] : [`Search answers by words only: ${problem}`]),
  ];
  return {
    ready: bundle !== undefined,
    mode: problem === undefined ? 'hybrid' : 'lexical',
    generation: bundle?.catalog.generation,
    products: bundle?.vocabulary.allDocuments ?? 0,
    reasons,
  };
}
