import type { LiveIndex } from '../../index/liveIndex.js';
import { openWithoutFacts } from './withoutFacts.js';

/** Writes of the last seconds need not show in a comparison, and opening takes a while. */
const MAX_AGE_MS = 60_000;

interface Opened {
  readonly of: LiveIndex;
  readonly revision: number;
  readonly at: number;
  /** Undefined if no fact is applied. */
  readonly bare: LiveIndex | undefined;
}

/** The catalog as it would be without enrichment, opened when it is first asked for, and again when it has changed. */
export class UnenrichedCatalog {
  #opened: Opened | undefined;
  #opening: Promise<void> | undefined;

  constructor(
    private readonly indexesDir: string,
    private readonly index: () => LiveIndex,
  ) {}

  /** The index after `prepare`; undefined if no fact is applied. Valid until the event loop turns. */
  get current(): LiveIndex | undefined {
    return this.#opened?.bare;
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
    this.#opened?.bare?.close();
    this.#opened = undefined;
  }

  #isOutdated({ of, revision, at }: Opened): boolean {
    const index = this.index();
    return index !== of || (index.revision !== revision && Date.now() - at > MAX_AGE_MS);
  }

  async #open(): Promise<void> {
    const index = this.index();
    const { revision } = index;
    const bare = await openWithoutFacts(this.indexesDir, index);
    const before = this.#opened;
    this.#opened = { of: index, revision, at: Date.now(), bare };
    before?.bare?.close();
  }
}
