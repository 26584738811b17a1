import { UserError } from '../domain/errors.js';
import { hashId } from '../events/anonymize.js';
import type { Shopper } from '../events/event.js';
import type { EventStore, ExperimentRow } from '../events/eventStore.js';
import { type Experiment, experimentSchema, type StoredExperiment } from '../experiments/definition.js';
import { type Duration, estimateDuration, NO_TRAFFIC } from '../experiments/duration.js';
import { measure } from '../experiments/measure.js';
import { type ExperimentReport, reportOf } from '../experiments/report.js';
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
  /** Every ranking that was adopted, the newest first. */
  adoptions(): RankingVersion[];
  /** How long an experiment takes, see `estimateDuration`. */
  duration(plan: { readonly effect: number; readonly share: number }): Duration;
}

/** How long what runs is known without looking, in milliseconds. */
const REREAD_MS = 1000;

/** Experiments over one store of events. One runs at a time, so that none disturbs another. */
export class ExperimentBook implements Experiments {
  #running: { readonly stored: StoredExperiment | undefined; readonly readAt: number } | undefined;

  constructor(
    /** Undefined for a command, which answers no searches. */
    private readonly reader: Reader | undefined,
    /** Undefined while there is nothing, or nothing can be written. */
    private readonly known: () => EventStore | undefined,
    private readonly open: () => EventStore,
    private readonly ranking: RankingBook,
    private readonly dataDir: string,
    private readonly now: () => number = Date.now,
  ) {}

  async search(asked: SearchRequest, shopper: Shopper): Promise<ExperimentedAnswer | undefined> {
    const client = shopper.client_id ?? shopper.session_id;
    if (client === undefined || this.reader === undefined) return undefined;
    const store = this.known();
    const running = store === undefined ? undefined : this.#runningIn(store);
    if (store === undefined || running === undefined) return undefined;
    return searchInExperiment(this.reader, running, hashId(client, store.salt), asked);
  }

  list(): StoredExperiment[] {
    return this.known()?.experiments().map(storedOf) ?? [];
  }

  /** Read again after a second: another process may start or stop one. */
  #runningIn(store: EventStore): StoredExperiment | undefined {
    const now = this.now();
    if (this.#running === undefined || Math.abs(now - this.#running.readAt) > REREAD_MS) {
      const row = store.experiments().find(({ stopped }) => stopped === null);
      this.#running = { stored: row === undefined ? undefined : storedOf(row), readAt: now };
    }
    return this.#running.stored;
  }

  async start(experiment: Experiment): Promise<StoredExperiment> {
    const store = this.open();
    const all = store.experiments();
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
    const started = this.now();
    await store.startExperiment(experiment.name, JSON.stringify(experiment), started);
    this.#running = undefined;
    return { experiment, started, stopped: null };
  }

  async stop(name: string): Promise<StoredExperiment | undefined> {
    const isStopped = (await this.known()?.stopExperiment(name, this.now())) ?? false;
    this.#running = undefined;
    return isStopped ? this.list().find(({ experiment }) => experiment.name === name) : undefined;
  }

  offers(): Promise<Offer[]> {
    return offersOf(this.dataDir, this.ranking.current());
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
    return this.ranking.adopt(rankingOf(winner), { by, note: `${winner.name} of the experiment ${name}` });
  }

  undoAdoption(by: string): RankingVersion {
    this.#refuseIfAnotherRuns(undefined);
    return this.ranking.undo(by);
  }

  adoptions(): RankingVersion[] {
    return this.ranking.versions();
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
    const store = this.known();
    if (store === undefined) return NO_TRAFFIC;
    const database = store.openReader();
    try {
      return estimateDuration(database, { effect, share, now: this.now() });
    } finally {
      database.close();
    }
  }

  async report(name: string): Promise<ExperimentReport | undefined> {
    const store = this.known();
    const stored = this.list().find(({ experiment }) => experiment.name === name);
    if (store === undefined || stored === undefined) return undefined;
    const database = store.openReader();
    try {
      return reportOf(stored, await measure(database, stored, this.now()));
    } finally {
      database.close();
    }
  }
}

function storedOf({ definition, started, stopped }: ExperimentRow): StoredExperiment {
  return { experiment: experimentSchema.parse(JSON.parse(definition)), started, stopped };
}
