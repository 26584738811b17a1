import { sentenceOf } from '../../domain/errors.js';
import { storageErrorOf } from '../../domain/storageError.js';
import type { Store } from '../../store/open.js';

/** How often to try whether a store that could not be written can be written again, in milliseconds. */
const PROBE_INTERVAL_MS = 1000;
/** The setting that a probe writes. */
const PROBE = 'last_write_trial';

/** A store that remembers why its last write failed, and probes until writes succeed again. */
export class StoreHealth {
  readonly store: Store;
  #problem: string | undefined;
  #damaged = false;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly opened: Store) {
    this.store = {
      ...opened,
      transaction: (work) => this.#write(work),
      transactionAsync: (work, lasting) => this.#writeAsync(work, lasting),
    };
    this.#problem = opened.readOnly;
    this.#timer = setInterval(() => this.#probe(), PROBE_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Why writes are refused; empty where they are not. */
  problems(): string[] {
    return this.#problem === undefined ? [] : [`Writes are refused: ${this.#problem}`];
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #write<T>(work: () => T): T {
    try {
      const result = this.opened.transaction(work);
      this.#noteSuccess();
      return result;
    } catch (error) {
      throw this.#noteFailure(error);
    }
  }

  async #writeAsync<T>(work: () => T, lasting: boolean | undefined): Promise<T> {
    try {
      const result = await this.opened.transactionAsync(work, lasting);
      this.#noteSuccess();
      return result;
    } catch (error) {
      throw this.#noteFailure(error);
    }
  }

  #noteSuccess(): void {
    if (!this.#damaged) this.#problem = undefined;
  }

  /** The error to throw; remembers it where the disk or the store is the cause. */
  #noteFailure(error: unknown): unknown {
    const trouble = storageErrorOf(error);
    const code = sqliteCodeOf(trouble);
    if (trouble !== undefined && code !== undefined && !code.startsWith('SQLITE_BUSY')) {
      this.#problem = sentenceOf(trouble);
      // A later write to one page says nothing about the damaged ones.
      this.#damaged ||= /^SQLITE_(?:CORRUPT|NOTADB)/.test(code);
    }
    return trouble ?? error;
  }

  #probe(): void {
    if (this.#problem === undefined || this.#damaged || this.opened.readOnly !== undefined) return;
    try {
      this.#write(() => this.opened.settings.set(PROBE, new Date().toISOString()));
    } catch {
      // `#problem` says why.
    }
  }
}

function sqliteCodeOf(error: Error | undefined): string | undefined {
  const cause = error?.cause;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}
