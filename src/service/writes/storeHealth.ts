import { diskTrouble } from '../../domain/diskTrouble.js';
import { sentenceOf } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';

/** How often it is tried whether a store that could not be written can be again, in milliseconds. */
const TRY_EVERY = 1000;
/** What the trial writes. */
const TRIAL = 'last_write_trial';

/** A store that remembers why it could not be written last, and tries by itself until it can be. */
export class StoreHealth {
  readonly store: Store;
  #trouble: string | undefined;
  #damaged = false;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly opened: Store) {
    this.store = {
      ...opened,
      transaction: (work) => this.#write(work),
      transactionAsync: (work, lasting) => this.#writeAside(work, lasting),
    };
    this.#trouble = opened.readOnly;
    this.#timer = setInterval(() => this.#tryAgain(), TRY_EVERY);
    this.#timer.unref();
  }

  /** Why writes are refused; nothing while they are not. */
  reasons(): string[] {
    return this.#trouble === undefined ? [] : [`Writes are refused: ${this.#trouble}`];
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #write<T>(work: () => T): T {
    try {
      const done = this.opened.transaction(work);
      this.#took();
      return done;
    } catch (error) {
      throw this.#remembered(error);
    }
  }

  async #writeAside<T>(work: () => T, lasting: boolean | undefined): Promise<T> {
    try {
      const done = await this.opened.transactionAsync(work, lasting);
      this.#took();
      return done;
    } catch (error) {
      throw this.#remembered(error);
    }
  }

  #took(): void {
    if (!this.#damaged) this.#trouble = undefined;
  }

  /** The error as it is to be told; what the disk has to do with it is remembered. */
  #remembered(error: unknown): unknown {
    const trouble = diskTrouble(error);
    const code = codeBehind(trouble);
    if (trouble !== undefined && code !== undefined && !code.startsWith('SQLITE_BUSY')) {
      this.#trouble = sentenceOf(trouble);
      // One page that can be written says nothing of the others.
      this.#damaged ||= /^SQLITE_(?:CORRUPT|NOTADB)/.test(code);
    }
    return trouble ?? error;
  }

  #tryAgain(): void {
    if (this.#trouble === undefined || this.#damaged || this.opened.readOnly !== undefined) return;
    try {
      this.#write(() => this.opened.settings.set(TRIAL, new Date().toISOString()));
    } catch {
      // `#trouble` says why.
    }
  }
}

function codeBehind(error: Error | undefined): string | undefined {
  const cause = error?.cause;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}
