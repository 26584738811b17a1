import type { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { governingTaxonomy } from '../../catalog/taxonomy/governingTaxonomy.js';
import { sentenceOf } from '../../domain/errors.js';
import { identityText } from '../../domain/identityText.js';
import { storageErrorOf } from '../../domain/storageError.js';
import type { ModelCard } from '../../embed/model.js';
import { ModelError } from '../../embed/modelError.js';
import { readVocabulary } from '../../embed/readVocabulary.js';
import { currentGeneration } from '../../index/generation/generations.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { type Calibration, calibrate, UNCALIBRATED } from '../../search/relevance/calibrate.js';
import type { SearchContext } from '../../search/search.js';
import type { SynonymRule } from '../../search/understand/synonyms.js';
import type { ChangeKind } from '../../store/changes.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { ChangeFollower } from './followChanges.js';
import { SynonymsFollower } from './followSynonyms.js';
import { openNewestUsableGeneration } from './openNewestUsableGeneration.js';
import { readNouns } from './readNouns.js';

/** How often to look for a switched generation, changed synonyms and missing vectors, in milliseconds. */
const CHECK_INTERVAL_MS = 500;
/** A search applies at most so many changes of other processes, for so long; the rest follow between searches. */
const MAX_CHANGES_A_SEARCH = 1000;
const MAX_MS_A_SEARCH = 20;
/** A large feed is taken in for so long at a time, and searches have the event loop for as long in between. */
const FEED_SLICE_MS = 5;
const FEED_PAUSE_MS = 5;
const TEXTS_A_BATCH = 64;
/** How long to wait before reading a store again that could not be read, in milliseconds. */
const RETRY_READ_MS = 2000;

export interface LiveCatalogOptions {
  readonly indexesDir: string;
  readonly dataDir: string;
  readonly store: Store;
  readonly embedder: LazyEmbedder;
  /** Undefined where search must do without. */
  readonly model: ModelCard | undefined;
  /** Whether to write an empty first generation where there is none. */
  readonly createGeneration: boolean;
  /** Builds what the first searches and writes need; called before an index serves. */
  readonly prepare: (index: LiveIndex, taxonomy: TaxonomyView | undefined) => Promise<void>;
}

/**
 * The current generation with the changes written since, opened once. It follows the change log, and switches when
 * `current` names another generation: after a reindex or a rollback by any process.
 */
export class LiveCatalog {
  private readonly timer: NodeJS.Timeout;
  private round: Promise<void> = Promise.resolve();
  private busy = false;
  private closing = false;
  /** Taking in more changes than a search can wait for. */
  private feed: Promise<void> | undefined;
  private readonly synonyms: SynonymsFollower;
  private readonly missingVectors: string[] = [];
  /** A generation that could not be opened. */
  private failedGeneration: string | undefined;
  private retryReadAt = 0;
  private switchProblem: string | undefined;
  private readProblem: string | undefined;
  private embeddingProblem: string | undefined;

  private constructor(
    private readonly options: LiveCatalogOptions,
    private follower: ChangeFollower,
    private calibration: Calibration,
    private readonly vocabulary: ReadonlySet<string>,
    private taxonomy: TaxonomyView | undefined,
    private openWarnings: readonly string[],
  ) {
    this.synonyms = new SynonymsFollower(options.dataDir);
    this.timer = setInterval(() => this.tick(), CHECK_INTERVAL_MS);
    this.timer.unref();
  }

  /** Opens the current generation, or the best there is: see `openNewestUsableGeneration`. */
  static async open(options: LiveCatalogOptions): Promise<LiveCatalog> {
    const { indexesDir, store, model, embedder, createGeneration, prepare } = options;
    const { index, warnings } = await openNewestUsableGeneration(indexesDir, model, createGeneration);
    const usable = usableModel(model, index);
    const taxonomy = governingTaxonomy(store);
    await prepare(index, taxonomy);
    const calibration = await calibrationOf(index, taxonomy, usable, embedder);
    const vocabulary = model === undefined ? new Set<string>() : await readVocabulary(model);
    const follower = new ChangeFollower(index, store, usable);
    const catalog = new LiveCatalog(options, follower, calibration, vocabulary, taxonomy, warnings);
    const current = await currentGeneration(indexesDir).catch(() => undefined);
    if (current !== index.generation.id) catalog.failedGeneration = current;
    await catalog.synonyms.reloadIfChanged(taxonomy);
    catalog.catchUp();
    return catalog;
  }

  /** What is wrong, found on opening or when it last followed: one sentence each. */
  problems(): string[] {
    return [
      ...this.openWarnings,
      this.switchProblem,
      this.readProblem,
      this.modelMismatch,
      this.embeddingProblem,
      this.synonyms.problem,
    ].filter((problem) => problem !== undefined);
  }

  /** Whether queries can be compared by meaning: the generation has vectors, made by the model in use. */
  get hasVectors(): boolean {
    return usableModel(this.options.model, this.follower.index) !== undefined;
  }

  /** The index with what was written by now (see MAX_CHANGES_A_SEARCH); the same object until a switch. */
  index(): LiveIndex {
    this.follow(MAX_CHANGES_A_SEARCH);
    return this.follower.index;
  }

  /** What searches run on: `index`, its catalog's calibration, the store's taxonomy and synonyms. */
  context(): SearchContext {
    return {
      index: this.index(),
      ...this.calibration,
      vocabulary: this.vocabulary,
      taxonomy: this.taxonomy,
      synonyms: this.synonyms.synonyms,
    };
  }

  /** The synonyms of `synonyms.yaml`. */
  get ownSynonyms(): readonly SynonymRule[] {
    return this.synonyms.ownRules;
  }

  /** The calibration of an index of these products, or of some of them. */
  calibrate(index: LiveIndex): Promise<Calibration> {
    return calibrationOf(index, this.taxonomy, usableModel(this.options.model, index), this.options.embedder);
  }

  /**
   * Applies what was written by now, a little at a time; while a large feed is taken in, only these products. Throws where
   * the store cannot be read.
   */
  async sync(changed?: ReadonlyMap<string, ChangeKind>): Promise<void> {
    if (changed !== undefined && this.feed !== undefined) {
      for (const one of changed) {
        this.follower.applyNow(new Map([one]), this.missingVectors);
        if (changed.size > 1) await new Promise(setImmediate);
      }
      return;
    }
    while (!this.follower.catchUp(this.missingVectors, MAX_CHANGES_A_SEARCH, MAX_MS_A_SEARCH))
      await new Promise(setImmediate);
  }

  /** Switches to the generation that `current` names. One that failed to open is tried again only with `retry`. */
  async reloadIfSwitched(retry = false): Promise<void> {
    const { indexesDir, store, embedder, prepare } = this.options;
    const id = await currentGeneration(indexesDir);
    if (id === undefined || id === this.follower.index.generation.id) {
      this.switchProblem = undefined;
      return;
    }
    if (id === this.failedGeneration && !retry) return;
    const index = await this.openGeneration(id);
    const model = usableModel(this.options.model, index);
    const next = new ChangeFollower(index, store, model);
    try {
      const taxonomy = governingTaxonomy(store);
      const calibration = await calibrationOf(index, taxonomy, model, embedder);
      await prepare(index, taxonomy);
      while (!next.catchUp(this.missingVectors, MAX_CHANGES_A_SEARCH, MAX_MS_A_SEARCH))
        await new Promise(setImmediate);
      this.taxonomy = taxonomy;
      this.calibration = calibration;
    } catch (error) {
      index.close();
      throw error;
    }
    const before = this.follower;
    this.follower = next;
    this.switchProblem = undefined;
    // They were about the generation opened first.
    this.openWarnings = [];
    before.index.close();
  }

  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    await this.round;
    await this.feed;
    this.follower.index.close();
  }

  private get modelMismatch(): string | undefined {
    const { model } = this.options;
    const { generation } = this.follower.index;
    if (model === undefined || generation.model === null || this.hasVectors) return undefined;
    return `Search answers by words only: generation ${generation.id} was built with another model (${generation.model.name}) than the one in use (${model.name}); run shelfwright reindex.`;
  }

  private async openGeneration(id: string): Promise<LiveIndex> {
    try {
      return await openGeneration(this.options.indexesDir, id);
    } catch (error) {
      this.failedGeneration = id;
      throw error;
    }
  }

  /** As `sync`, but where the store cannot be read the index stays as it is, and `problems` says so. */
  private follow(max?: number): void {
    if (this.feed === undefined && !this.catchUp(max, max === undefined ? undefined : MAX_MS_A_SEARCH))
      this.feed = this.takeInFeed().finally(() => {
        this.feed = undefined;
      });
  }

  /** True where nothing is left that could be read. */
  private catchUp(max?: number, milliseconds?: number): boolean {
    if (Date.now() < this.retryReadAt) return true;
    try {
      const isDone = this.follower.catchUp(this.missingVectors, max, milliseconds);
      this.readProblem = undefined;
      return isDone;
    } catch (error) {
      const trouble = storageErrorOf(error);
      if (trouble === undefined) throw error;
      this.readProblem = `Searches go on without what was written last: ${sentenceOf(trouble)}`;
      this.retryReadAt = Date.now() + RETRY_READ_MS;
      return true;
    }
  }

  private async takeInFeed(): Promise<void> {
    do await new Promise((resolve) => setTimeout(resolve, FEED_PAUSE_MS));
    while (!this.closing && !this.catchUp(undefined, FEED_SLICE_MS));
  }

  private tick(): void {
    if (this.busy) return;
    this.busy = true;
    this.round = this.reloadIfSwitched()
      .catch((error: unknown) => {
        this.switchProblem = `The switch to another generation failed, so the one before still serves: ${sentenceOf(error)}`;
      })
      .then(() => this.synonyms.reloadIfChanged(this.taxonomy))
      .then(() => this.embedMissing())
      .then(
        () => {
          this.embeddingProblem = undefined;
        },
        (error: unknown) => {
          this.embeddingProblem = `What was written last is found by words only: ${sentenceOf(error)}`;
        },
      )
      .finally(() => {
        this.busy = false;
      });
  }

  /** Other processes may write products without a vector; those are found by words until it is made. */
  private async embedMissing(): Promise<void> {
    const { store, embedder } = this.options;
    this.follow(MAX_CHANGES_A_SEARCH);
    if (!this.hasVectors) return;
    while (this.missingVectors.length > 0 && !this.closing) {
      const ids = this.missingVectors.splice(0, TEXTS_A_BATCH);
      const texts = ids
        .map((id) => identityText(store.products.get(id) ?? { id }))
        .filter((text) => text !== '');
      let vectors: ReadonlyMap<string, Float32Array>;
      try {
        const embedded = await embedder.embed(texts);
        vectors = new Map(embedded.map(({ key, vector }) => [key, vector]));
      } catch (error) {
        // Tried again later, unless the model cannot take one of these texts.
        if (!(error instanceof ModelError) || error.gone) this.missingVectors.push(...ids);
        throw error;
      }
      this.follower.reapply(ids, vectors);
    }
  }
}

/** The model, where it made the generation's vectors: those of another model cannot be compared with its own. */
function usableModel(model: ModelCard | undefined, { generation }: LiveIndex): ModelCard | undefined {
  return generation.model?.sha256 === model?.revision ? model : undefined;
}

async function calibrationOf(
  index: LiveIndex,
  taxonomy: TaxonomyView | undefined,
  model: ModelCard | undefined,
  embedder: LazyEmbedder,
): Promise<Calibration> {
  if (model === undefined) return UNCALIBRATED;
  try {
    return await calibrate(
      index,
      taxonomy,
      (texts, asQueries) => embedder.embedReference(texts, asQueries),
      readNouns(),
    );
  } catch (error) {
    // Searches are answered by words until the model is back; the next switch calibrates again.
    if (error instanceof ModelError) return UNCALIBRATED;
    throw error;
  }
}
