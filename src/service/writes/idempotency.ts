import { ReusedKeyError } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';

/** Who repeats a write knows it by a key of its own. */
export interface IdempotencyKey {
  /** The API key that it comes with, as each has its own; empty where none is needed. */
  readonly owner: string;
  readonly key: string;
  /** Hash of all that is asked: another one under the same key is no repetition. */
  readonly request: string;
  /** Which part of a request that is written in several transactions, from 0, and whether the request ends with it. */
  readonly part: number;
  readonly last: boolean;
}

const HOUR = 60 * 60 * 1000;

/** Answers that were given to writes under a key, each kept in the transaction of its write. */
export class IdempotencyStore {
  constructor(
    private readonly store: Store,
    /** Hours that an answer is kept. */
    private readonly hours: number,
  ) {}

  /**
   * What was answered before; undefined where this was never asked. Call inside a transaction.
   * @throws ReusedKeyError where something else was asked under the key.
   */
  recall<T>(idempotencyKey: IdempotencyKey): { readonly answer: T } | undefined {
    const { owner, key, part } = idempotencyKey;
    this.store.keptAnswers.forget(new Date(Date.now() - this.hours * HOUR).toISOString());
    const kept = this.store.keptAnswers.get(owner, key, part);
    if (kept !== undefined) {
      if (kept.request !== idempotencyKey.request || kept.last !== idempotencyKey.last) throw reused(key);
      const answer: T = JSON.parse(kept.answer);
      return { answer };
    }
    const highest = this.store.keptAnswers.highest(owner, key);
    if (highest === undefined) return undefined;
    // A request that broke off is gone on with; one that has ended, or went further, was another.
    const before = this.store.keptAnswers.get(owner, key, part - 1);
    if (before === undefined || before.last || highest >= part) throw reused(key);
    return undefined;
  }

  /**
   * Answers as before, or does `work` and keeps what it says where `isKept` takes it. Call inside a transaction: of two
   * that come at once the second finds the first one's answer.
   * @throws ReusedKeyError where something else was asked under the key.
   */
  run<T>(
    idempotencyKey: IdempotencyKey | undefined,
    work: () => T,
    isKept: (answer: T) => boolean = () => true,
  ): T {
    if (idempotencyKey === undefined) return work();
    const known = this.recall<T>(idempotencyKey);
    if (known !== undefined) return known.answer;
    const answer = work();
    if (isKept(answer)) {
      const { owner, key, part, last, request } = idempotencyKey;
      const created = new Date().toISOString();
      this.store.keptAnswers.add(
        owner,
        key,
        part,
        { request, last, answer: JSON.stringify(answer) },
        created,
      );
    }
    return answer;
  }
}

function reused(key: string): ReusedKeyError {
  return new ReusedKeyError(
    `The idempotency key ${JSON.stringify(key)} came with another request before: repeat a request exactly as it was, or give a new one a key of its own.`,
    { field: 'idempotency-key' },
  );
}
