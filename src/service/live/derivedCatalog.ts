import type { LiveIndex } from '../../index/liveIndex.js';

/** Writes of the last seconds need not show in a comparison, and opening takes a while. */
const MAX_AGE_MS = 60_000;

interface Opened {
  readonly of: LiveIndex;
  readonly revision: number;
  readonly at: number;
  readonly derived: LiveIndex | undefined;
}

/**
 * The catalog as it would be otherwise, such as without enrichment: opened when it is first asked for, and again when it
 * has changed.
 */
export class DerivedCatalog {
  #opened: Opened | undefined;
  #opening: Promise<void> | undefined;

  constructor(
    private readonly index: () => LiveIndex,
    /** Undefined if it would be the same. */
    private readonly derive: (index: LiveIndex) => Promise<LiveIndex | undefined>,
  ) {}

  /** The index after `prepare`; undefined if it is the same. Valid until the event loop turns. */
  get current(): LiveIndex | undefined {
    return this.#opened?.derived;
  }

  async prepare(): Promise<void> {
    if (this.#opened !== undefined && !this.#isOutdated(this.#opened)) return;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  /** The same without waiting where one of the current generation is open, which may lack what was written last. */
  async prepareSoon(): Promise<void> {
    const prepared = this.prepare();
    if (this.#opened?.of !== this.index()) return prepared;
    // Shown by the next search that has to wait for it.
    prepared.catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    this.#opened?.derived?.close();
    this.#opened = undefined;
  }

  #isOutdated({ of, revision, at }: Opened): boolean {
    const index = this.index();
    return index !== of || (index.revision !== revision && Date.now() - at > MAX_AGE_MS);
  }

  async #open(): Promise<void> {
    const index = this.index();
    const { revision } = index;
    const derived = await this.derive(index);
    const before = this.#opened;
    this.#opened = { of: index, revision, at: Date.now(), derived };
    before?.derived?.close();
  }
}
