import type { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { governingTaxonomy } from '../../catalog/taxonomy/governingTaxonomy.js';
import { diskTrouble } from '../../domain/diskTrouble.js';
import { sentenceOf } from '../../domain/errors.js';
import { identityText } from '../../domain/identity.js';
import type { ModelCard } from '../../embed/model.js';
import { ModelError } from '../../embed/modelError.js';
import { currentGeneration } from '../../index/generation/generations.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/live.js';
import { calibrateTail, DEFAULT_MIN_COSINE } from '../../search/retrieve/calibrateTail.js';
import type { SearchContext } from '../../search/search.js';
import { vocabularyOf } from '../../search/understand/structure/vocabulary.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { ChangeFollower } from './followChanges.js';
import { SynonymsFollower } from './followSynonyms.js';
import { openNewestUsableGeneration } from './openNewestUsableGeneration.js';

/** How often it is looked whether another generation serves now, in milliseconds. */
const LOOK_EVERY = 500;
/** A search does not wait for more than this of what another process wrote; the rest follows between searches. */
const CHANGES_A_SEARCH = 1000;
const TEXTS_A_ROUND = 64;
/** A store that could not be read is read again after so many milliseconds. */
const REREAD_AFTER = 2000;

/**
 * The generation that serves, opened once, level with the change log, and exchanged when `current` names
 * another: by a reindex or a rollback of any process.
 */
export class LiveCatalog {
  private readonly timer: NodeJS.Timeout;
  private round: Promise<void> = Promise.resolve();
  private busy = false;
  private closing = false;
  private behind: string | undefined;
  private unread: string | undefined;
  private unreadUntil = 0;
  private unvectored: string | undefined;
  private refused: string | undefined;
  private readonly missingVectors: string[] = [];

  private constructor(
    private follower: ChangeFollower,
    private minCosine: number,
    private taxonomy: TaxonomyView | undefined,
    private readonly indexesDir: string,
    private readonly store: Store,
    private readonly embedder: LazyEmbedder,
    private readonly model: ModelCard | undefined,
    private openWarnings: readonly string[],
    private readonly synonyms: SynonymsFollower,
  ) {
    this.timer = setInterval(() => this.tick(), LOOK_EVERY);
    this.timer.unref();
  }

  /** Opens the current generation; a damaged one gives way to the newest whole one before it, none to an empty one. */
  static async open(
    indexesDir: string,
    store: Store,
    embedder: LazyEmbedder,
    model: ModelCard | undefined,
    reasons: string[],
    dataDir: string,
  ): Promise<LiveCatalog> {
    const index = await openNewestUsableGeneration(indexesDir, model, reasons);
    const minCosine = await cutOff(index, fitting(model, index), embedder);
    const taxonomy = governingTaxonomy(store);
    vocabularyOf(index, taxonomy);
    const serving = new LiveCatalog(
      new ChangeFollower(index, store, fitting(model, index)),
      minCosine,
      taxonomy,
      indexesDir,
      store,
      embedder,
      model,
      reasons,
      new SynonymsFollower(dataDir),
    );
    const current = await currentGeneration(indexesDir).catch(() => undefined);
    if (current !== index.generation.id) serving.refused = current;
    await serving.synonyms.reloadIfChanged(serving.taxonomy);
    serving.follow();
    return serving;
  }

  /** Sentences about what is not as it should be: found on opening, and the last attempt to follow. */
  reasons(): string[] {
    const { generation } = this.follower.index;
    const other =
      this.model === undefined || generation.model === null || this.byMeaning
        ? undefined
        : `Search answers by words only: generation ${generation.id} was built with another model (${generation.model.name}) than the one in use (${this.model.name}); run shelfwright reindex.`;
    return [
      ...this.openWarnings,
      this.behind,
      this.unread,
      other,
      this.unvectored,
      this.synonyms.reason,
    ].filter((reason) => reason !== undefined);
  }

  /** Whether queries can be compared by meaning: the generation has vectors, and they are of the model in use. */
  get byMeaning(): boolean {
    return fitting(this.model, this.follower.index) !== undefined;
  }

  /** The index with what was written by now (see CHANGES_A_SEARCH); the same object until a switch. */
  index(): LiveIndex {
    this.follow(CHANGES_A_SEARCH);
    return this.follower.index;
  }

  /** What searches run on: the index as above, its catalog's cut-off, and the taxonomy of the last reindex. */
  context(): SearchContext {
    return {
      index: this.index(),
      minCosine: this.minCosine,
      taxonomy: this.taxonomy,
      synonyms: this.synonyms.synonyms,
    };
  }

  /** Lays over everything that was written by now. Throws where the store cannot be read. */
  sync(): void {
    this.follower.catchUp(this.missingVectors);
  }

  /** Serves what `current` names, now; one that could not be opened is only tried `again` where that is asked for. */
  async reloadIfSwitched(again = false): Promise<void> {
    const id = await currentGeneration(this.indexesDir);
    if (id === undefined || id === this.follower.index.generation.id) {
      this.behind = undefined;
      return;
    }
    const index = await this.openOnce(id, again);
    if (index === undefined) return;
    const model = fitting(this.model, index);
    const next = new ChangeFollower(index, this.store, model);
    try {
      const minCosine = await cutOff(index, model, this.embedder);
      while (!next.catchUp(this.missingVectors, CHANGES_A_SEARCH)) await new Promise(setImmediate);
      const taxonomy = governingTaxonomy(this.store);
      vocabularyOf(index, taxonomy);
      this.taxonomy = taxonomy;
      this.minCosine = minCosine;
    } catch (error) {
      index.close();
      throw error;
    }
    const before = this.follower;
    this.follower = next;
    this.behind = undefined;
    // What was passed over on opening is no concern of the one that serves now.
    this.openWarnings = [];
    before.index.close();
  }

  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    await this.round;
    this.follower.index.close();
  }

  /** A generation that cannot be opened is tried once, not twice a second. */
  private async openOnce(id: string, again: boolean): Promise<LiveIndex | undefined> {
    if (id === this.refused && !again) return undefined;
    try {
      return await openGeneration(this.indexesDir, id);
    } catch (error) {
      this.refused = id;
      throw error;
    }
  }

  /** As `level`, of what others wrote; where the store cannot be read the index stays as it is, and `reasons` says so. */
  private follow(max?: number): void {
    if (Date.now() < this.unreadUntil) return;
    try {
      this.follower.catchUp(this.missingVectors, max);
      this.unread = undefined;
    } catch (error) {
      const trouble = diskTrouble(error);
      if (trouble === undefined) throw error;
      this.unread = `Searches go on without what was written last: ${sentenceOf(trouble)}`;
      this.unreadUntil = Date.now() + REREAD_AFTER;
    }
  }

  private tick(): void {
    if (this.busy) return;
    this.busy = true;
    this.round = this.reloadIfSwitched()
      .catch((error: unknown) => {
        this.behind = `The serving generation was kept: ${sentenceOf(error)}`;
      })
      .then(() => this.synonyms.reloadIfChanged(this.taxonomy))
      .then(() => this.makeVectors())
      .then(
        () => {
          this.unvectored = undefined;
        },
        (error: unknown) => {
          this.unvectored = `What was written last is found by words only: ${sentenceOf(error)}`;
        },
      )
      .finally(() => {
        this.busy = false;
      });
  }

  /** Products that another process wrote come without a vector; they are found by words until it is made. */
  private async makeVectors(): Promise<void> {
    this.follow(CHANGES_A_SEARCH);
    if (!this.byMeaning) return;
    while (this.missingVectors.length > 0 && !this.closing) {
      const ids = this.missingVectors.splice(0, TEXTS_A_ROUND);
      const texts = ids
        .map((id) => identityText(this.store.products.get(id) ?? { id }))
        .filter((text) => text !== '');
      try {
        await this.embedder.embed(texts);
      } catch (error) {
        // Tried again, but for a text that the model cannot take.
        if (!(error instanceof ModelError) || error.gone) this.missingVectors.push(...ids);
        throw error;
      }
      this.follower.reapply(ids);
    }
  }
}

/** The model, where the generation's vectors are its own: those of another mean nothing to it. */
function fitting(model: ModelCard | undefined, { generation }: LiveIndex): ModelCard | undefined {
  return generation.model?.sha256 === model?.revision ? model : undefined;
}

async function cutOff(
  index: LiveIndex,
  model: ModelCard | undefined,
  embedder: LazyEmbedder,
): Promise<number> {
  if (model === undefined) return DEFAULT_MIN_COSINE;
  try {
    return await calibrateTail(index, (texts) => embedder.run(texts));
  } catch (error) {
    // Searches are answered by words until the model is back; a cut-off of its own comes with the next switch.
    if (error instanceof ModelError) return DEFAULT_MIN_COSINE;
    throw error;
  }
}
