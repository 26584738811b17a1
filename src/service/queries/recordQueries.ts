import { sentenceOf } from '../../domain/errors.js';
import { maskPersonalData } from '../../events/anonymize.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import type { LoggedSearch, QueryLog } from '../../store/queryLog.js';
import { fold } from '../../text/fold.js';

const LONGEST_QUERY = 200;
/** A query continued to a longer one within this time was still being typed. */
const TYPING_MS = 2000;
const WRITE_EVERY_MS = 1000;
const DAY_MS = 86_400_000;
/** Searches kept in memory while the store cannot be written; beyond them the oldest are dropped. */
const MAX_PENDING = 10_000;
/** An e-mail address, however odd. */
const ADDRESS = /\S@\S/;
const UNPRINTABLE = /[\p{C}\s]+/gu;

interface PendingSearch {
  readonly typed: string;
  readonly at: number;
  readonly search: LoggedSearch;
}

/**
 * Records searches and keeps them for `days`. Each waits in memory until it is known not to be a step in typing a
 * longer query (a debounce), and is written with others once a second. Searches never wait for it. A failed write is
 * tried again; beyond MAX_PENDING, searches are dropped.
 */
export class QueryRecorder {
  /** Recent searches that may still be typed on, oldest first. */
  #typing: PendingSearch[] = [];
  readonly #byTyped = new Map<string, PendingSearch[]>();
  #ready: LoggedSearch[] = [];
  #pruned = '';
  #problem: string | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly log: QueryLog,
    private readonly days: number,
    private readonly now: () => number = Date.now,
  ) {
    this.#timer = setInterval(() => this.write(), WRITE_EVERY_MS);
    this.#timer.unref();
    this.write();
  }

  /** Why the last write failed; undefined where it did not. */
  problem(): string | undefined {
    return this.#problem;
  }

  /** Records an answered search. A further page of a result is not a search of its own. */
  record(request: SearchRequest, answer: SearchAnswer): void {
    const { q } = request;
    if (request.page > 1 || q.length > LONGEST_QUERY) return;
    // A query with personal data is no query that others send too.
    if (ADDRESS.test(q) || maskPersonalData(q) !== q) return;
    const query = fold(q.replace(UNPRINTABLE, ' '));
    if (query === '' || query.length > LONGEST_QUERY) return;
    const at = this.now();
    const typed = q.trimStart().toLowerCase();
    this.#settle(at);
    this.#dropStep(typed);
    this.#addPending({
      typed,
      at,
      search: {
        query,
        day: dayOf(at),
        mode: answer.mode,
        corrected: answer.understood.corrections.length > 0,
        filtered: (request.filter ?? '').trim() !== '',
        total: answer.total,
      },
    });
  }

  /** Writes the searches that are no longer being typed, and deletes the days that are over. */
  write(): void {
    this.#settle(this.now());
    this.#flush();
  }

  /** Writes all that is left; nothing is recorded after. */
  close(): void {
    clearInterval(this.#timer);
    this.#settle(Number.POSITIVE_INFINITY);
    this.#flush();
  }

  #addPending(pending: PendingSearch): void {
    this.#typing.push(pending);
    const same = this.#byTyped.get(pending.typed);
    if (same === undefined) this.#byTyped.set(pending.typed, [pending]);
    else same.push(pending);
  }

  /** Drops the latest search that this one continues. */
  #dropStep(typed: string): void {
    for (let length = typed.length - 1; length > 0; length--) {
      const step = this.#byTyped.get(typed.slice(0, length))?.at(-1);
      if (step === undefined) continue;
      this.#release(step);
      this.#typing = this.#typing.filter((pending) => pending !== step);
      return;
    }
  }

  #settle(at: number): void {
    let settled = 0;
    for (const pending of this.#typing) {
      if (at - pending.at < TYPING_MS) break;
      this.#release(pending);
      this.#ready.push(pending.search);
      settled++;
    }
    if (settled > 0) this.#typing = this.#typing.slice(settled);
  }

  #release(pending: PendingSearch): void {
    const others = (this.#byTyped.get(pending.typed) ?? []).filter((other) => other !== pending);
    if (others.length === 0) this.#byTyped.delete(pending.typed);
    else this.#byTyped.set(pending.typed, others);
  }

  #flush(): void {
    try {
      const first = dayOf(this.now() - (this.days - 1) * DAY_MS);
      if (first !== this.#pruned) {
        this.log.prune(first);
        this.#pruned = first;
      }
      if (this.#ready.length > 0) this.log.add(this.#ready);
      this.#ready = [];
      this.#problem = undefined;
    } catch (error) {
      this.#problem = `The log of queries cannot be written (${sentenceOf(error)}); searches work without it.`;
      this.#ready = this.#ready.slice(-MAX_PENDING);
    }
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
