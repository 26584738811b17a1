import { UserError } from '../../domain/errors.js';
import { listGenerations } from '../../index/generation/generations.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Calibration } from '../../search/relevance/calibrate.js';

/** A generation takes as much memory as the one that serves, so an unused one is closed. */
const IDLE_MS = 5 * 60_000;

export interface OpenedGeneration {
  readonly index: LiveIndex;
  readonly calibration: Calibration;
}

/** Other generations than the one that serves, as they were built: opened to compare searches, one at a time. */
export class ComparedGenerations {
  #opened: (OpenedGeneration & { readonly id: string }) | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  /** `prepare` calibrates an index and builds what its searches need. */
  constructor(
    private readonly indexesDir: string,
    private readonly prepare: (index: LiveIndex) => Promise<Calibration>,
  ) {}

  /**
   * Works with a generation, which stays open until `work` has ended; one work after the other.
   * @throws UserError for an unknown or damaged generation.
   */
  use<T>(id: string, work: (opened: OpenedGeneration) => Promise<T>): Promise<T> {
    return this.#exclusively(async () => work(await this.#open(id)));
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#exclusively(async () => this.#close());
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    const done = this.#turn.then(work);
    this.#turn = done.then(
      () => this.#closeLater(),
      () => this.#closeLater(),
    );
    return done;
  }

  #closeLater(): void {
    clearTimeout(this.#idle);
    if (this.#opened === undefined) return;
    this.#idle = setTimeout(() => void this.close(), IDLE_MS);
    this.#idle.unref();
  }

  async #open(id: string): Promise<OpenedGeneration> {
    if (this.#opened?.id === id) return this.#opened;
    this.#close();
    const known = await listGenerations(this.indexesDir);
    if (!known.some((generation) => generation.id === id))
      throw new UserError(
        `There is no generation ${JSON.stringify(id)} any more: choose one that /v1/generations lists.`,
        { field: 'generation' },
      );
    const index = await openGeneration(this.indexesDir, id);
    try {
      this.#opened = { id, index, calibration: await this.prepare(index) };
      return this.#opened;
    } catch (error) {
      index.close();
      throw error;
    }
  }

  #close(): void {
    this.#opened?.index.close();
    this.#opened = undefined;
  }
}
