import { useEffect, useState } from 'preact/hooks';
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
  useEffect(() => remember(NAME, judgments.size === 0 ? undefined : writeJudgments(judgments)), [judgments]);
  return [judgments, setJudgments];
}
