import { sentenceOf } from '../domain/errors.js';
import type { ExperimentBook } from './experiments.js';

const CHECK_INTERVAL_MS = 5 * 60_000;

/** Looks at the guardrails of the running experiment at intervals until it is closed. */
export class GuardrailWatch {
  /** Why the last look failed; undefined where it did not. */
  problem: string | undefined;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;

  constructor(private readonly experiments: Pick<ExperimentBook, 'checkGuardrails'>) {
    this.#timer = setInterval(() => void this.look(), CHECK_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Looks now, or waits for the look that is under way. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    try {
      await this.experiments.checkGuardrails();
      this.problem = undefined;
    } catch (error) {
      this.problem = `The guardrails of the running experiment were not looked at: ${sentenceOf(error)}`;
    }
  }
}
