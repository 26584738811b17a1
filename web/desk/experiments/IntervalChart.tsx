import { useEffect, useRef } from 'preact/hooks';
import type { IntervalPoint } from './drawIntervals.js';

interface Props {
  readonly points: readonly IntervalPoint[];
  readonly shown: (value: number) => string;
}

const HEIGHT = 200;

/** An estimate with its interval over time. A sentence beside it has to say the same: a canvas is silent. */
export function IntervalChart({ points, shown }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const words = useRef(shown);
  words.current = shown;
  const key = JSON.stringify(points);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    let drop: (() => void) | undefined;
    let gone = false;
    void import('./drawIntervals.js').then(({ drawIntervals }) => {
      if (!gone)
        drop = drawIntervals(current, { points, shown: (value) => words.current(value), height: HEIGHT });
    });
    return () => {
      gone = true;
      drop?.();
    };
  }, [key]);
  return <div class="interval-chart" ref={frame} aria-hidden="true" />;
}
