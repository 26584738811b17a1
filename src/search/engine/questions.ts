import type { Answer, ProductEngine, Question } from './productEngine.js';

/** Rounds after which a search that still asks is broken. */
const MAX_ROUNDS = 20;

/**
 * What a search asks of the engine while it is being understood. Understanding is synchronous code: where an answer is
 * missing, it goes on with a guess, so that most questions are found in one run; it is run again with the answers until
 * none is missing.
 */
export class Questions {
  readonly #answers = new Map<string, Answer>();
  readonly #open = new Map<string, Question>();
  /** Called with each answer that comes. */
  readonly #listener: (question: Question, answer: Answer) => void;

  constructor(
    private readonly engine: ProductEngine,
    listener: (question: Question, answer: Answer) => void,
  ) {
    this.#listener = listener;
  }

  /** The answer, or undefined if it has yet to be asked for. */
  get(question: Question): Answer | undefined {
    const key = keyOf(question);
    const known = this.#answers.get(key);
    if (known === undefined) this.#open.set(key, question);
    return known;
  }

  /** Runs until it asks for nothing that is not known. */
  async settle<Result>(run: () => Result): Promise<Result> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      let result: { readonly value: Result } | { readonly error: unknown };
      try {
        result = { value: run() };
      } catch (error) {
        result = { error };
      }
      if (this.#open.size === 0) {
        if ('error' in result) throw result.error;
        return result.value;
      }
      await this.ask();
    }
    throw new Error('A search asks the engine again and again.');
  }

  /** Asks what is open. */
  async ask(): Promise<void> {
    const asked = [...this.#open];
    this.#open.clear();
    const answers = await this.engine.answer(asked.map(([, question]) => question));
    for (const [place, [key, question]] of asked.entries()) {
      const answer = answers[place];
      if (answer === undefined) continue;
      this.#answers.set(key, answer);
      this.#listener(question, answer);
    }
  }
}

function keyOf(question: Question): string {
  return JSON.stringify(question, (_, value: unknown) =>
    value instanceof Float32Array
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      : value,
  );
}
