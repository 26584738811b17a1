import { UserError } from '../domain/errors.js';
import { seededRandom } from '../domain/seededRandom.js';
import { hashId } from '../events/anonymize.js';
import type { Shopper } from '../events/event.js';
import type { EventStore, ExperimentRow } from '../events/eventStore.js';
import { assign, seedOf } from '../experiments/assign.js';
import {
  type Experiment,
  experimentSchema,
  type StoredExperiment,
  type Variant,
} from '../experiments/definition.js';
import { type Duration, estimateDuration, NO_TRAFFIC } from '../experiments/duration.js';
import { measure } from '../experiments/measure.js';
import { type ExperimentReport, reportOf } from '../experiments/report.js';
import type { SearchAnswer } from '../search/searchAnswer.js';
import { MAX_PER_PAGE, type SearchRequest } from '../search/searchRequest.js';
import { searchVariantSchema } from '../search/searchVariant.js';
import { type Team, teamDraft } from '../statistics/interleave.js';
import type { Reader } from './reader.js';

/** What a search of a shopper in an experiment got. */
export interface ExperimentedAnswer {
  readonly answer: SearchAnswer;
  readonly experiment: string;
  readonly variant: string;
  readonly teams: readonly Team[] | undefined;
}

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
  /** How long an experiment takes, see `estimateDuration`. */
  duration(plan: { readonly effect: number; readonly share: number }): Duration;
}

/** How long what runs is known without looking, in milliseconds. */
const REREAD_MS = 1000;
const SERVING = JSON.stringify(searchVariantSchema.parse({}));

/** Experiments over one store of events. One runs at a time, so that none disturbs another. */
export class ExperimentBook implements Experiments {
  #running: { readonly stored: StoredExperiment | undefined; readonly readAt: number } | undefined;

  constructor(
    /** Undefined for a command, which answers no searches. */
    private readonly reader: Reader | undefined,
    /** Undefined while there is nothing, or nothing can be written. */
    private readonly known: () => EventStore | undefined,
    private readonly open: () => EventStore,
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

/**
 * Answers a search of a client of a running experiment; undefined if the client does not take part, or the search is one
 * that all get alike: sorted, of other products than active ones, or beyond the first MAX_PER_PAGE hits of a mixed result.
 */
async function searchInExperiment(
  reader: Reader,
  { experiment }: StoredExperiment,
  clientId: string,
  asked: SearchRequest,
): Promise<ExperimentedAnswer | undefined> {
  if (asked.sort.length > 0 || asked.status !== 'active') return undefined;
  const assigned = assign(experiment, clientId);
  if (assigned === undefined) return undefined;
  const { name, mode, variants } = experiment;
  if (mode === 'ab')
    return {
      answer: await searchAs(reader, asked, assigned),
      experiment: name,
      variant: assigned.name,
      teams: undefined,
    };
  const [first, second] = variants;
  const end = asked.page * asked.per_page;
  if (first === undefined || second === undefined || end > MAX_PER_PAGE) return undefined;
  const whole = { ...asked, page: 1, per_page: end };
  const a = await searchAs(reader, whole, first);
  const b = await searchAs(reader, whole, second);
  const hits = new Map([...b.hits, ...a.hits].map((hit) => [hit.id, hit]));
  const drafted = teamDraft(
    a.hits.map(({ id }) => id),
    b.hits.map(({ id }) => id),
    // As many as the first variant has, so that totals, pages and facets are its own.
    Math.min(end, a.total),
    seededRandom(seedOf(experiment, clientId, asked.q)),
  );
  const from = end - asked.per_page;
  return {
    answer: {
      ...a,
      page: asked.page,
      per_page: asked.per_page,
      hits: drafted.ids.slice(from, end).flatMap((id) => hits.get(id) ?? []),
      took_ms: a.took_ms + b.took_ms,
    },
    experiment: name,
    variant: 'interleaved',
    teams: drafted.teams.slice(from, end),
  };
}

function searchAs(reader: Reader, asked: SearchRequest, { search }: Variant): Promise<SearchAnswer> {
  return JSON.stringify(search) === SERVING
    ? reader.search(asked)
    : reader.searchVariant(asked, search, true);
}

function storedOf({ definition, started, stopped }: ExperimentRow): StoredExperiment {
  return { experiment: experimentSchema.parse(JSON.parse(definition)), started, stopped };
}
