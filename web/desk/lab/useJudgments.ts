import { useLayoutEffect, useState } from 'preact/hooks';
import { remember, remembered } from '../../shared/remembered.js';
import { type Judgments, readJudgments, writeJudgments } from './judgments.js';

const NAME = 'judgments';

/** The judgments made in this browser, which outlast the visit. */
export function useJudgments(): [Judgments, (judgments: Judgments) => void] {
  const [judgments, setJudgments] = useState<Judgments>(() => {
    try {
      return readJudgments(remembered(NAME) ?? '');
    } catch {
      return new Map();
    }
  });
  // Before the change is painted: a page that is closed or reloaded at once must not lose it.
  useLayoutEffect(
    () => remember(NAME, judgments.size === 0 ? undefined : writeJudgments(judgments)),
    [judgments],
  );
  return [judgments, setJudgments];
}
