import type { LearningSettings } from '../../configuration/learning.js';
import type { Fix } from '../../learning/findFixes.js';
import { type Complement, hasLearned, LearnedStore } from '../../learning/learnedStore.js';
import type { LearnReport } from '../../learning/learnReport.js';
import { driftIn, reasonToLearn } from './learningWatch.js';

/** How long the drift is taken to be the same: looking takes some ten milliseconds. */
const DRIFT_MS = 3_600_000;

/** What was learned from shoppers; empty before the first learning. */
export interface LearnedBook {
  /** What is bought together with a product more often than by chance, strongest first. */
  complements(id: string): Complement[];
  /** What to fix next, the costliest first. */
  fixes(): Fix[];
  /** The log of learnings, the newest first. */
  retrainings(): LearnReport[];
  /** Why it should be learned again, in one sentence; null where that is not due. */
  due(): string | null;
  close(): void;
}

/** The file is opened when it is needed first, because a job may make it later. */
export function openLearned(dataDir: string, settings: LearningSettings): LearnedBook {
  let store: LearnedStore | undefined;
  let drift: { of: string | undefined; lookedAt: number; sentence: string | undefined } = {
    ...{ of: undefined, lookedAt: Number.NEGATIVE_INFINITY, sentence: undefined },
  };
  const opened = (): LearnedStore | undefined => {
    if (store === undefined && hasLearned(dataDir)) store = new LearnedStore(dataDir);
    return store;
  };
  return {
    complements: (id) => opened()?.complements(id) ?? [],
    fixes: () => opened()?.fixes() ?? [],
    retrainings: () => opened()?.retrainings() ?? [],
    due: () => {
      const now = Date.now();
      const last = opened()?.retrainings()[0];
      if (last?.at !== drift.of || now - drift.lookedAt > DRIFT_MS) {
        drift = { of: last?.at, lookedAt: now, sentence: undefined };
        reasonToLearn(last, settings, now, () => {
          drift.sentence = driftIn(dataDir, last);
          return undefined;
        });
      }
      return reasonToLearn(last, settings, now, () => drift.sentence);
    },
    close: () => store?.close(),
  };
}
