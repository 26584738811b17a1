import { sentenceOf } from '../../domain/errors.js';
import { activateGeneration } from '../../index/generation/activateGeneration.js';
import { currentGeneration, listGenerations } from '../../index/generation/generations.js';
import { BundlePublisher } from '../../opensearch/bundlePublisher.js';
import { ChangeApplier } from '../../opensearch/changeApplier.js';
import type { Engine } from '../../opensearch/engine.js';
import { listIndexes } from '../../opensearch/generationIndexes.js';
import type { SynonymRule } from '../../search/understand/synonyms.js';
import type { Store } from '../../store/open.js';
import { CatalogPublisher, type CatalogSource } from './publishCatalog.js';
import { readSettingsPart } from './readSettingsPart.js';

/** How often to look for changes of other processes, in milliseconds: search nodes have them within a second. */
const FOLLOW_INTERVAL_MS = 250;
/** How often to compare which generation serves here and in the engine, in milliseconds. */
const COMPARE_INTERVAL_MS = 2000;
/** A write waits for the engine at most so long; it is on disk, and applied when the engine is back. */
const MAX_WAIT_MS = 5000;
/** An index that no longer serves still gets changes for so long, for search nodes that did not switch yet. */
const FOLLOWED_LONGER_MS = 30_000;

export interface LinkOptions extends CatalogSource {
  readonly engine: Engine;
  readonly store: Store;
  readonly indexesDir: string;
  /** Those of `synonyms.yaml`. */
  readonly synonyms: () => readonly SynonymRule[];
  /** Switches to the generation that is current on disk. */
  readonly reload: () => Promise<void>;
}

/**
 * Keeps the engine like the store of this service: changes of products, whoever writes them, go to the indexes that follow,
 * and what search nodes need is published. There is one such service for each store.
 */
export class EngineLink {
  readonly #options: LinkOptions;
  readonly #applier: ChangeApplier;
  readonly #publisher: BundlePublisher;
  readonly #catalog: CatalogPublisher;
  readonly #timers: NodeJS.Timeout[];
  readonly #running = new Set<Promise<void>>();
  readonly #problems = new Map<string, string>();
  /** When an index was first seen that no longer serves. */
  readonly #unused = new Map<string, number>();
  #settings = '';

  constructor(options: LinkOptions) {
    this.#options = options;
    const { engine, store, all } = options;
    this.#applier = new ChangeApplier({ engine, store, columns: () => all().columns });
    this.#publisher = new BundlePublisher(engine);
    this.#catalog = new CatalogPublisher(engine, this.#publisher, options);
    this.#timers = [
      this.#every(FOLLOW_INTERVAL_MS, 'What was written last is not in the search engine yet', () =>
        this.#applier.sync(),
      ),
      this.#every(FOLLOW_INTERVAL_MS, 'Search nodes do not have the last rules, synonyms and keys yet', () =>
        this.#publishSettings(),
      ),
      this.#every(FOLLOW_INTERVAL_MS, 'Search nodes do not have the last vocabulary yet', () =>
        this.#catalog.publish(),
      ),
      this.#every(COMPARE_INTERVAL_MS, 'The search engine may serve another generation', () =>
        this.#compare(),
      ),
    ];
  }

  /**
   * Applies what was committed by now. Where the engine does not answer in time it resolves all the same: the changes are
   * on disk, and `problems` says so.
   */
  async sync(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, MAX_WAIT_MS);
    });
    // The next round reports what it failed with.
    await Promise.race([this.#applier.sync().catch(() => undefined), timeout]);
    clearTimeout(timer);
  }

  /** One sentence each. */
  problems(): string[] {
    const [refused] = this.#applier.refused.slice(-1);
    return [
      ...this.#problems.values(),
      ...(this.#catalog.problem === undefined ? [] : [this.#catalog.problem]),
      ...(refused === undefined
        ? []
        : [
            `The search engine did not take ${this.#applier.refused.length} products, at last ${JSON.stringify(refused.id)} (${refused.reason}): correct it.`,
          ]),
    ];
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#running);
  }

  #every(milliseconds: number, failed: string, work: () => Promise<void>): NodeJS.Timeout {
    let isBusy = false;
    const timer = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      const running: Promise<void> = work()
        .then(
          () => void this.#problems.delete(failed),
          (error: unknown) => void this.#problems.set(failed, `${failed}: ${sentenceOf(error)}`),
        )
        .finally(() => {
          isBusy = false;
          this.#running.delete(running);
        });
      this.#running.add(running);
    }, milliseconds);
    timer.unref();
    return timer;
  }

  async #publishSettings(): Promise<void> {
    const { store, synonyms } = this.#options;
    const settings = readSettingsPart(store, synonyms());
    const text = JSON.stringify(settings);
    if (text === this.#settings) return;
    await this.#publisher.publish({ settings });
    this.#settings = text;
  }

  /** A process that was killed while it switched has switched the engine only. */
  async #compare(): Promise<void> {
    const { engine, indexesDir, reload } = this.#options;
    const indexes = await listIndexes(engine);
    const serving = indexes.find(({ current }) => current)?.generation;
    const here = await currentGeneration(indexesDir);
    const hasBoth = indexes.some(({ generation, complete }) => complete && generation === here);
    if (serving !== undefined && serving !== here && hasBoth) {
      const onDisk = (await listGenerations(indexesDir)).some(
        ({ id, manifest }) => id === serving && manifest,
      );
      if (onDisk) {
        await activateGeneration(indexesDir, serving);
        await reload();
      }
    }
    await this.#unfollow(
      indexes.flatMap(({ generation, complete }) => (complete ? [generation] : [])),
      serving,
    );
  }

  async #unfollow(complete: readonly string[], serving: string | undefined): Promise<void> {
    const { followed } = this.#applier;
    const now = Date.now();
    const unused: string[] = [];
    for (const target of await followed.targets()) {
      if (target === serving || target === this.#catalog.generation || !complete.includes(target)) {
        this.#unused.delete(target);
        continue;
      }
      const since = this.#unused.get(target) ?? now;
      this.#unused.set(target, since);
      if (now - since >= FOLLOWED_LONGER_MS) unused.push(target);
    }
    if (unused.length > 0) await followed.unfollow(unused);
  }
}
