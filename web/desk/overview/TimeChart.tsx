import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** In order of time; `at` in seconds since 1970. */
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly limit: number | null;
  /** A value as text. */
  readonly shown: (value: number) => string;
}

const HEIGHT = 180;

/** A line over time with its limit. A sentence beside it has to say the same: a canvas is silent. */
export function TimeChart({ points, limit, shown }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const words = useRef(shown);
  words.current = shown;
  const key = JSON.stringify([points, limit]);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    let drop: (() => void) | undefined;
    let gone = false;
    void import('./drawTimeChart.js').then(({ drawTimeChart }) => {
      if (!gone)
        drop = drawTimeChart(current, {
          points,
          limit,
          shown: (value) => words.current(value),
          height: HEIGHT,
        });
    });
    return () => {
      gone = true;
      drop?.();
    };
  }, [key]);
  return <div class="time-chart" ref={frame} aria-hidden="true" />;
}
