import { governingTaxonomy } from '../../catalog/taxonomy/governingTaxonomy.js';
import type { ModelCard } from '../../embed/model.js';
import { readVocabulary } from '../../embed/readVocabulary.js';
import type { GenerationMemory } from '../../index/generation/generationMemory.js';
import { openGenerationMemory } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Calibration } from '../../search/relevance/calibrate.js';
import type { EmbedTexts } from '../../search/relevance/calibrateRelevance.js';
import type { SearchContext } from '../../search/searchContext.js';
import type { SearchStatus } from '../../search/searchRequest.js';
import { prepareVocabulary } from '../../search/understand/structure/valueVocabulary.js';
import type { Store } from '../../store/open.js';
import { inSlices } from '../../structures/inSlices.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { calibrateIndex, usableModel } from '../live/calibrateIndex.js';
import { ChangeFollower } from '../live/followChanges.js';
import { SynonymsFollower } from '../live/followSynonyms.js';
import { LiveRanking } from '../live/liveRanking.js';
import { StatusIndexes } from '../live/statusIndexes.js';
import { LiveRules } from '../rules/liveRules.js';

const MAX_CHANGES = 1000;
const MAX_MS = 50;

interface ThreadCatalogOptions {
  readonly dataDir: string;
  readonly store: Store;
  readonly model: ModelCard | undefined;
  readonly thread: number;
  readonly embedReference: EmbedTexts;
}

/** What a thread shows of one generation. */
interface Opened {
  readonly follower: ChangeFollower;
  readonly calibration: Calibration;
  readonly taxonomy: TaxonomyView | undefined;
}

/**
 * What a searching thread searches: a generation in memory that threads share, with the changes since, which each thread
 * reads from the change log itself. When to switch, the main thread says.
 */
export class ThreadCatalog {
  private readonly synonyms: SynonymsFollower;
  private readonly rules: LiveRules;
  private readonly ranking: LiveRanking;
  private readonly statuses = new StatusIndexes();
  private next: Opened | undefined;

  private constructor(
    private readonly options: ThreadCatalogOptions,
    private readonly vocabulary: ReadonlySet<string>,
    private opened: Opened,
  ) {
    this.synonyms = new SynonymsFollower(options.dataDir);
    this.rules = new LiveRules(options.store);
    this.ranking = new LiveRanking(options.store, options.dataDir);
  }

  static async open(options: ThreadCatalogOptions, memory: GenerationMemory): Promise<ThreadCatalog> {
    const { model } = options;
    const vocabulary = model === undefined ? new Set<string>() : await readVocabulary(model);
    const catalog = new ThreadCatalog(options, vocabulary, await openMemory(options, memory));
    await catalog.reloadSynonyms();
    return catalog;
  }

  /** Opens the generation that serves after the next `switch`. */
  async prepare(memory: GenerationMemory): Promise<void> {
    this.next?.follower.index.close();
    this.next = await openMemory(this.options, memory);
  }

  async switch(): Promise<void> {
    if (this.next === undefined) return;
    const before = this.opened;
    this.opened = this.next;
    this.next = undefined;
    before.follower.index.close();
    await this.reloadSynonyms();
  }

  reapply(ids: readonly string[], vectors: ReadonlyMap<string, Float32Array>): void {
    this.opened.follower.reapply(ids, vectors);
  }

  reloadSynonyms(): Promise<void> {
    return this.synonyms.reloadIfChanged(this.opened.taxonomy);
  }

  /** Applies what was written up to this change, a little at a time. */
  async reach(sequence: number): Promise<void> {
    while (this.opened.follower.sequence < sequence) {
      if (this.opened.follower.catchUp([], MAX_CHANGES, MAX_MS)) return;
      await new Promise(setImmediate);
    }
  }

  context(status: SearchStatus): SearchContext {
    const { follower, calibration, taxonomy } = this.opened;
    follower.catchUp([], MAX_CHANGES, MAX_MS);
    return {
      index: this.statuses.of(follower.index, status),
      ...calibration,
      vocabulary: this.vocabulary,
      taxonomy,
      synonyms: this.synonyms.synonyms,
      rules: this.rules.current(),
      ...this.ranking.current(),
    };
  }

  close(): void {
    this.next?.follower.index.close();
    this.opened.follower.index.close();
  }
}

/** As the main thread opens it, so that both give the same answers. */
async function openMemory(
  { store, model, thread, embedReference }: ThreadCatalogOptions,
  memory: GenerationMemory,
): Promise<Opened> {
  const whole = await openGenerationMemory(memory, thread);
  const usable = usableModel(model, whole);
  const taxonomy = governingTaxonomy(store);
  const index: LiveIndex = new StatusIndexes().of(whole, 'active');
  await prepareVocabulary(index, taxonomy);
  await inSlices(whole.prepare());
  const calibration = await calibrateIndex(whole, taxonomy, usable, embedReference);
  const follower = new ChangeFollower(whole, store, usable);
  while (!follower.catchUp([], MAX_CHANGES, MAX_MS)) await new Promise(setImmediate);
  return { follower, calibration, taxonomy };
}
