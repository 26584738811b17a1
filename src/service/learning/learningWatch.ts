import type { LearningSettings } from '../../configuration/learning.js';
import { sentenceOf } from '../../domain/errors.js';
import { hasEvents, openEventsToRead } from '../../events/eventStore.js';
import { driftSince } from '../../learning/driftSince.js';
import { learnedFiles } from '../../learning/learn.js';
import { hasLearned, LearnedStore } from '../../learning/learnedStore.js';
import type { LearnReport } from '../../learning/learnReport.js';
import type { JobQueue } from '../jobs/jobQueue.js';

const DAY_MS = 86_400_000;
const CHECK_INTERVAL_MS = 10 * 60_000;
const LATEST_JOBS = 200;
/** A learning in between cannot know more. */
const MIN_DRIFT_DAYS = 0.8;
/** A night less some hours, so that a run that took long does not move the next one. */
const PERIOD_DAYS = {
  off: Number.POSITIVE_INFINITY,
  quarterly: 90,
  monthly: 30,
  weekly: 7,
  nightly: 0.8,
} as const;

/** Why it should be learned now, in one sentence; null where that is not due. */
export function reasonToLearn(
  last: Pick<LearnReport, 'at'> | undefined,
  { retrain }: Pick<LearningSettings, 'retrain'>,
  now: number,
  /** How shoppers changed since, see driftSince; asked only where no time is due. */
  drift: () => string | undefined = () => undefined,
): string | null {
  if (retrain === 'off') return null;
  if (last === undefined) return 'Nothing was learned from events yet.';
  const days = (now - Date.parse(last.at)) / DAY_MS;
  if (days < PERIOD_DAYS[retrain]) return days < MIN_DRIFT_DAYS ? null : (drift() ?? null);
  return `The last learning is ${Math.floor(days)} days old, and learning.retrain is ${retrain}.`;
}

interface Watched {
  readonly dataDir: string;
  readonly jobs: Pick<JobQueue, 'list' | 'submit'>;
  readonly settings: LearningSettings;
}

/** Queues a learning where one is due and the hour has come; true if it did. A failed one is tried again the next night. */
export function scheduleLearning({ dataDir, jobs, settings }: Watched, now: number): boolean {
  if (settings.retrain === 'off' || new Date(now).getUTCHours() !== settings.hour || !hasEvents(dataDir))
    return false;
  const latest = jobs.list(LATEST_JOBS).find(({ kind }) => kind === 'learn');
  if (latest !== undefined && (latest.finished === null || now - Date.parse(latest.created) < DAY_MS / 2))
    return false;
  const last = lastReport(dataDir);
  if (reasonToLearn(last, settings, now, () => driftIn(dataDir, last)) === null) return false;
  jobs.submit('learn', { days: settings.days });
  return true;
}

/** Calls `scheduleLearning` at intervals until it is closed. */
export class LearningWatch {
  /** Why the last attempt to queue a learning failed; undefined where it did not. */
  problem: string | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(watched: Watched) {
    this.#timer = setInterval(() => {
      try {
        scheduleLearning(watched, Date.now());
        this.problem = undefined;
      } catch (error) {
        this.problem = `It is time to learn from events, and no job could be queued: ${sentenceOf(error)}`;
      }
    }, CHECK_INTERVAL_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** The drift since a learning, from the events of a data folder. */
export function driftIn(dataDir: string, last: LearnReport | undefined): string | undefined {
  if (last === undefined || !hasEvents(dataDir)) return undefined;
  const database = openEventsToRead(dataDir);
  try {
    return driftSince(database, last, learnedFiles(dataDir).queries);
  } finally {
    database.close();
  }
}

function lastReport(dataDir: string): LearnReport | undefined {
  if (!hasLearned(dataDir)) return undefined;
  const store = new LearnedStore(dataDir);
  try {
    return store.retrainings()[0];
  } finally {
    store.close();
  }
}
