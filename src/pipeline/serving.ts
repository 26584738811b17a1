import { sentenceOf } from '../domain/errors.js';
import { identityText } from '../domain/identity.js';
import type { ModelCard } from '../embed/model.js';
import { activateGeneration } from '../index/generation/activateGeneration.js';
import { currentGeneration, listGenerations, newGenerationId } from '../index/generation/generations.js';
import { GenerationWriter } from '../index/generation/generationWriter.js';
import { openGeneration } from '../index/generation/openGeneration.js';
import type { LiveIndex } from '../index/live.js';
import { calibrateTail, DEFAULT_LEAST_COSINE } from '../search/retrieve/calibrateTail.js';
import type { SearchGround } from '../search/search.js';
import { vocabularyOf } from '../search/understand/structure/vocabulary.js';
import type { Store } from '../store/open.js';
import { type TaxonomyView, viewTaxonomy } from '../taxonomy/view.js';
import { Follower } from './followChanges.js';
import { FollowSynonyms } from './followSynonyms.js';
import { governingTaxonomy } from './governTaxonomy.js';
import type { LazyEmbedder } from './lazyEmbedder.js';

/** How often it is looked whether another generation serves now, in milliseconds. */
const LOOK_EVERY = 500;
/** A search does not wait for more than this of what another process wrote; the rest follows between searches. */
const CHANGES_A_SEARCH = 1000;
const TEXTS_A_ROUND = 64;

/**
 * The generation that serves, opened once, level with the change log, and exchanged when `current` names
 * another: by a reindex or a rollback of any process.
 */
export class Serving {
  private readonly timer: NodeJS.Timeout;
  private round: Promise<void> = Promise.resolve();
  private busy = false;
  private closing = false;
  private behind: string | undefined;
  private refused: string | undefined;
  private readonly lacking: string[] = [];

  private constructor(
    private follower: Follower,
    private leastCosine: number,
    private taxonomy: TaxonomyView | undefined,
    private readonly indexesDir: string,
    private readonly store: Store,
    private readonly embedder: LazyEmbedder,
    private readonly model: ModelCard | undefined,
    private readonly found: readonly string[],
    private readonly synonyms: FollowSynonyms,
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
  ): Promise<Serving> {
    const index = (await openNewestWhole(indexesDir, reasons)) ?? (await openEmpty(indexesDir, model));
    const leastCosine = await cutOff(index, model, embedder);
    const taxonomy = taxonomyOf(store);
    vocabularyOf(index, taxonomy);
    const serving = new Serving(
      new Follower(index, store, model),
      leastCosine,
      taxonomy,
      indexesDir,
      store,
      embedder,
      model,
      reasons,
      new FollowSynonyms(dataDir),
    );
    await serving.synonyms.look(serving.taxonomy);
    serving.level();
    return serving;
  }

  /** Sentences about what is not as it should be: found on opening, and the last attempt to follow. */
  reasons(): string[] {
    return [...this.found, this.behind, this.synonyms.reason].filter((reason) => reason !== undefined);
  }

  /** The index with what was written by now (see CHANGES_A_SEARCH); the same object until a switch. */
  index(): LiveIndex {
    this.follower.catchUp(this.lacking, CHANGES_A_SEARCH);
    return this.follower.index;
  }

  /** What searches run on: the index as above, its catalog's cut-off, and the taxonomy of the last reindex. */
  ground(): SearchGround {
    return {
      index: this.index(),
      leastCosine: this.leastCosine,
      taxonomy: this.taxonomy,
      synonyms: this.synonyms.synonyms,
    };
  }

  /** Lays over everything that was written by now. */
  level(): void {
    this.follower.catchUp(this.lacking);
  }

  /** Serves what `current` names, now. */
  async look(): Promise<void> {
    const id = await currentGeneration(this.indexesDir);
    if (id === undefined || id === this.follower.index.generation.id) return;
    const index = await this.openOnce(id);
    if (index === undefined) return;
    const leastCosine = await cutOff(index, this.model, this.embedder);
    const next = new Follower(index, this.store, this.model);
    while (!next.catchUp(this.lacking, CHANGES_A_SEARCH)) await new Promise(setImmediate);
    const before = this.follower;
    this.follower = next;
    this.leastCosine = leastCosine;
    this.taxonomy = taxonomyOf(this.store);
    vocabularyOf(index, this.taxonomy);
    before.index.close();
  }

  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    await this.round;
    this.follower.index.close();
  }

  /** A generation that cannot be opened is tried once, not twice a second. */
  private async openOnce(id: string): Promise<LiveIndex | undefined> {
    if (id === this.refused) return undefined;
    try {
      const index = await openGeneration(this.indexesDir, id);
      this.behind = undefined;
      return index;
    } catch (error) {
      this.refused = id;
      throw error;
    }
  }

  private tick(): void {
    if (this.busy) return;
    this.busy = true;
    this.round = this.look()
      .then(() => this.synonyms.look(this.taxonomy))
      .then(() => this.makeVectors())
      .catch((error: unknown) => {
        this.behind = `The serving generation was kept: ${sentenceOf(error)}`;
      })
      .finally(() => {
        this.busy = false;
      });
  }

  /** Products that another process wrote come without a vector; they are found by words until it is made. */
  private async makeVectors(): Promise<void> {
    this.follower.catchUp(this.lacking, CHANGES_A_SEARCH);
    if (this.model === undefined) return;
    while (this.lacking.length > 0 && !this.closing) {
      const ids = this.lacking.splice(0, TEXTS_A_ROUND);
      const texts = ids
        .map((id) => identityText(this.store.products.get(id) ?? { id }))
        .filter((text) => text !== '');
      await this.embedder.embed(texts);
      this.follower.relay(ids);
    }
  }
}

function taxonomyOf(store: Store): TaxonomyView | undefined {
  const own = governingTaxonomy(store);
  return own === undefined ? undefined : viewTaxonomy(own);
}

async function cutOff(
  index: LiveIndex,
  model: ModelCard | undefined,
  embedder: LazyEmbedder,
): Promise<number> {
  return model === undefined ? DEFAULT_LEAST_COSINE : calibrateTail(index, (texts) => embedder.run(texts));
}

async function openNewestWhole(indexesDir: string, reasons: string[]): Promise<LiveIndex | undefined> {
  const all = (await listGenerations(indexesDir)).map(({ id }) => id);
  const current = await currentGeneration(indexesDir).catch((error: unknown) => {
    if (all.length === 0) throw error;
    reasons.push(`The newest whole generation serves: ${sentenceOf(error)}`);
    return all.at(-1);
  });
  if (current === undefined) return undefined;
  const place = all.includes(current) ? all.indexOf(current) : all.length;
  // Older ones first: what is newer than the current one, somebody went back from.
  for (const id of [current, ...all.slice(0, place).reverse(), ...all.slice(place + 1)]) {
    try {
      return await openGeneration(indexesDir, id);
    } catch (error) {
      reasons.push(`Generation ${id} is passed over: ${sentenceOf(error)}`);
    }
  }
  return undefined;
}

async function openEmpty(indexesDir: string, model: ModelCard | undefined): Promise<LiveIndex> {
  const writer = await GenerationWriter.create(indexesDir, {
    id: newGenerationId(),
    sequence: 0,
    taxonomyVersion: 'none',
    model:
      model === undefined ? null : { name: model.name, sha256: model.revision, dimension: model.dimension },
  });
  const { id } = await writer.finish();
  await activateGeneration(indexesDir, id);
  return openGeneration(indexesDir, id);
}
