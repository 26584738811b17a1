import { ReusedKeyError } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';

/** What makes a write idempotent: a repetition under the same key gets the first answer. */
export interface IdempotencyKey {
  /** The client's API key, since each client has keys of its own; empty where none is needed. */
  readonly owner: string;
  readonly key: string;
  /** Hash of the whole request: another request under the same key is an error. */
  readonly request: string;
  /** The part, from 0, of a request written in several transactions; `last` marks its end. */
  readonly part: number;
  readonly last: boolean;
}

const HOUR = 60 * 60 * 1000;

/** Answers to writes by idempotency key, each stored in the transaction of its write. */
export class IdempotencyStore {
  constructor(
    private readonly store: Store,
    /** How long an answer is kept. */
    private readonly hours: number,
  ) {}

  /**
   * The first answer; undefined for a new request. Call inside a transaction.
   * @throws ReusedKeyError where the key came with another request.
   */
  recall<T>(idempotencyKey: IdempotencyKey): { readonly answer: T } | undefined {
    const { owner, key, part } = idempotencyKey;
    this.store.idempotencyKeys.forget(new Date(Date.now() - this.hours * HOUR).toISOString());
    const kept = this.store.idempotencyKeys.get(owner, key, part);
    if (kept !== undefined) {
      if (kept.request !== idempotencyKey.request || kept.last !== idempotencyKey.last) throw reused(key);
      const answer: T = JSON.parse(kept.answer);
      return { answer };
    }
    const highest = this.store.idempotencyKeys.highest(owner, key);
    if (highest === undefined) return undefined;
    // An interrupted request resumes with its next part; anything else under the key is another request.
    const before = this.store.idempotencyKeys.get(owner, key, part - 1);
    if (before === undefined || before.last || highest >= part) throw reused(key);
    return undefined;
  }

  /**
   * Returns the first answer, or does `work` and stores its answer if `isKept`. Call inside a transaction: of two
   * concurrent requests the second gets the first one's answer.
   * @throws ReusedKeyError where the key came with another request.
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
      this.store.idempotencyKeys.add(
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
    `The idempotency key ${JSON.stringify(key)} came with another request before: repeat that request unchanged, or use a new key.`,
    { field: 'idempotency-key' },
  );
}
