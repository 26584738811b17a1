import type { Database } from 'better-sqlite3';
import { UserError } from '../domain/errors.js';
import { hashId } from '../events/anonymize.js';
import type { Shopper } from '../events/event.js';
import type { EventStore } from '../events/eventStore.js';
import type { ExperimentRow } from '../events/experimentTable.js';
import {
  baselineSchema,
  type Experiment,
  experimentSchema,
  type StoredExperiment,
} from '../experiments/definition.js';
import { type Duration, estimateDuration, NO_TRAFFIC } from '../experiments/duration.js';
import { measure, measureBaseline } from '../experiments/measure.js';
import { baselineOf, type ExperimentReport, reportOf } from '../experiments/report.js';
import type { CategoryOf } from '../experiments/segments.js';
import type { SearchRequest } from '../search/searchRequest.js';
import { type Offer, offersOf } from './lab/offers.js';
import { type ExperimentedAnswer, searchInExperiment } from './lab/searchInExperiment.js';
import { rankingOf, refuseUnlessRanking, winnerOf } from './lab/winner.js';
import type { RankingBook, RankingVersion } from './rankingBook.js';
import type { Reader } from './reader.js';

export interface Experiments {
  /** Answers a search by the running experiment; undefined where that changes nothing, see `searchInExperiment`. */
  search(asked: SearchRequest, shopper: Shopper): Promise<ExperimentedAnswer | undefined>;
  list(): StoredExperiment[];
  /** @throws UserError if one of this name is stored, or another one runs. */
  start(experiment: Experiment): Promise<StoredExperiment>;
  /** Undefined if none of this name runs. */
  stop(name: string): Promise<StoredExperiment | undefined>;
  /** Undefined if there is none of this name. */
  report(name: string): Promise<ExperimentReport | undefined>;
  /** Variants that can be tried at once: what was learned, and others that need no definition. */
  offers(): Promise<Offer[]>;
  /**
   * Makes the variant that won the ranking that serves, and stops its experiment; undefined if there is none of this name.
   * @throws UserError if no variant won, another experiment runs, or it differs in more than the ranking.
   */
  adopt(name: string, by: string): Promise<RankingVersion | undefined>;
  /** Makes the ranking before the last change the one that serves. @throws UserError if there is none. */
  undoAdoption(by: string): RankingVersion;
  /** Calls `listener` with a sentence when a guardrail has stopped an experiment. */
  onStopped(listener: (sentence: string) => void): void;
  /** Every ranking that was adopted, the newest first. */
  adoptions(): RankingVersion[];
  /** How long an experiment takes, see `estimateDuration`. */
  duration(plan: { readonly effect: number; readonly share: number }): Duration;
}

/** How long what runs is known without looking, in milliseconds. */
const REREAD_MS = 1000;

export interface ExperimentParts {
  /** Undefined for a command, which answers no searches. */
  readonly reader: Reader | undefined;
  /** Undefined while there is nothing, or nothing can be written. */
  known(): EventStore | undefined;
  open(): EventStore;
  readonly ranking: RankingBook;
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly categoryOf: CategoryOf;
  now?(): number;
}

/** Experiments over one store of events. One runs at a time, so that none disturbs another. */
export class ExperimentBook implements Experiments {
  #stoppedListeners: ((sentence: string) => void)[] = [];
  #running: { readonly stored: StoredExperiment | undefined; readonly readAt: number } | undefined;

  constructor(private readonly parts: ExperimentParts) {}

  async search(asked: SearchRequest, shopper: Shopper): Promise<ExperimentedAnswer | undefined> {
    const client = shopper.client_id ?? shopper.session_id;
    if (client === undefined || this.parts.reader === undefined) return undefined;
    const store = this.parts.known();
    const running = store === undefined ? undefined : this.#runningIn(store);
    if (store === undefined || running === undefined) return undefined;
    try {
      return await searchInExperiment(this.parts.reader, running, hashId(client, store.salt), asked);
    } catch (error) {
      // A wrong search is refused by what serves too. One that only a variant cannot answer, such as that of a generation
      // that was deleted, is missing in the counts, and the report says that the groups are of wrong sizes.
      if (error instanceof UserError) return undefined;
      throw error;
    }
  }

  list(): StoredExperiment[] {
    return this.parts.known()?.experiments.list().map(storedOf) ?? [];
  }

  /** Read again after a second: another process may start or stop one. */
  #runningIn(store: EventStore): StoredExperiment | undefined {
    const now = this.#now();
    if (this.#running === undefined || Math.abs(now - this.#running.readAt) > REREAD_MS) {
      const row = store.experiments.list().find(({ stopped }) => stopped === null);
      this.#running = { stored: row === undefined ? undefined : storedOf(row), readAt: now };
    }
    return this.#running.stored;
  }

  async start(experiment: Experiment): Promise<StoredExperiment> {
    const store = this.parts.open();
    const all = store.experiments.list();
    const running = all.find(({ stopped }) => stopped === null);
    if (all.some(({ name }) => name === experiment.name))
      throw new UserError(
        `name: an experiment ${experiment.name} is stored already; its shoppers were assigned, so choose another name.`,
        { field: 'name' },
      );
    if (running !== undefined)
      throw new UserError(
        `The experiment ${running.name} runs, and one runs at a time: stop it first, with shelfwright experiment stop ${running.name}.`,
      );
    const started = this.#now();
    const baseline = await this.#reading(store, (database) => measureBaseline(database, started));
    const figures = baseline === undefined ? null : baselineOf(baseline);
    await store.experiments.start({
      ...{ name: experiment.name, started },
      definition: JSON.stringify(experiment),
      baseline: figures === null ? null : JSON.stringify(figures),
    });
    this.#running = undefined;
    return { experiment, started, stopped: null, baseline: figures };
  }

  stop(name: string): Promise<StoredExperiment | undefined> {
    return this.#stop(name, null);
  }

  onStopped(listener: (sentence: string) => void): void {
    this.#stoppedListeners.push(listener);
  }

  /** Stops the running experiment if a guardrail is surely broken, and tells the listeners. A service does so at intervals. */
  async checkGuardrails(): Promise<void> {
    const running = this.list().find(({ stopped }) => stopped === null)?.experiment.name;
    const report = running === undefined ? undefined : await this.report(running);
    if (running === undefined || report?.outcome !== 'guardrail') return;
    if ((await this.#stop(running, report.verdict)) === undefined) return;
    for (const listener of this.#stoppedListeners)
      listener(`The experiment ${running} was stopped by itself: ${report.verdict}`);
  }

  async #stop(name: string, reason: string | null): Promise<StoredExperiment | undefined> {
    const isStopped = (await this.parts.known()?.experiments.stop(name, this.#now(), reason)) ?? false;
    this.#running = undefined;
    return isStopped ? this.list().find(({ experiment }) => experiment.name === name) : undefined;
  }

  offers(): Promise<Offer[]> {
    const { dataDir, indexesDir, ranking } = this.parts;
    const rankings = this.parts.known()?.rankings.list() ?? [];
    return offersOf({ dataDir, indexesDir, serving: ranking.current(), rankings });
  }

  async adopt(name: string, by: string): Promise<RankingVersion | undefined> {
    const stored = this.list().find(({ experiment }) => experiment.name === name);
    const report = await this.report(name);
    if (stored === undefined || report === undefined) return undefined;
    this.#refuseIfAnotherRuns(name);
    const winner = winnerOf(stored.experiment, report);
    if (winner === undefined)
      throw new UserError(`Nothing is adopted, because no variant won. ${report.verdict}`);
    refuseUnlessRanking(winner);
    if (stored.stopped === null) await this.stop(name);
    return this.parts.ranking.adopt(rankingOf(winner), {
      by,
      note: `${winner.name} of the experiment ${name}`,
    });
  }

  undoAdoption(by: string): RankingVersion {
    this.#refuseIfAnotherRuns(undefined);
    return this.parts.ranking.undo(by);
  }

  adoptions(): RankingVersion[] {
    return this.parts.ranking.versions();
  }

  /** What serves must not change under an experiment. */
  #refuseIfAnotherRuns(name: string | undefined): void {
    const running = this.list().find(({ stopped }) => stopped === null)?.experiment.name;
    if (running === undefined || running === name) return;
    throw new UserError(
      `The experiment ${running} runs, and compares with what serves: stop it first, with shelfwright experiment stop ${running}.`,
    );
  }

  duration({ effect, share }: { readonly effect: number; readonly share: number }): Duration {
    const store = this.parts.known();
    if (store === undefined) return NO_TRAFFIC;
    const database = store.openReader();
    try {
      return estimateDuration(database, { effect, share, now: this.#now() });
    } finally {
      database.close();
    }
  }

  async report(name: string): Promise<ExperimentReport | undefined> {
    const store = this.parts.known();
    const stored = this.list().find(({ experiment }) => experiment.name === name);
    if (store === undefined || stored === undefined) return undefined;
    return this.#reading(store, async (database) =>
      reportOf(stored, await measure(database, stored, this.#now(), this.parts.categoryOf)),
    );
  }

  #now(): number {
    return this.parts.now?.() ?? Date.now();
  }

  async #reading<T>(store: EventStore, work: (database: Database) => Promise<T>): Promise<T> {
    const database = store.openReader();
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }
}

function storedOf({ definition, started, stopped, baseline, stop_reason }: ExperimentRow): StoredExperiment {
  return {
    experiment: experimentSchema.parse(JSON.parse(definition)),
    started,
    stopped,
    baseline: baseline === null ? null : baselineSchema.parse(JSON.parse(baseline)),
    stopReason: stop_reason,
  };
}
