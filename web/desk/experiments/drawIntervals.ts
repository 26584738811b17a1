import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface IntervalPoint {
  /** In seconds since 1970. */
  readonly at: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Chart {
  readonly points: readonly IntervalPoint[];
  readonly shown: (value: number) => string;
  readonly height: number;
}

/** Draws an estimate with its interval over time, and a line at no difference. @returns what removes it again */
export function drawIntervals(frame: HTMLElement, { points, shown, height }: Chart): () => void {
  let chart: uPlot | undefined;
  const draw = () => {
    chart?.destroy();
    const color = (name: string) => {
      // Resolves light-dark(), which a canvas does not know.
      const probe = document.createElement('span');
      probe.style.color = `var(${name})`;
      frame.append(probe);
      const resolved = getComputedStyle(probe).color;
      probe.remove();
      return resolved;
    };
    const axis = {
      stroke: color('--muted'),
      grid: { stroke: color('--line'), width: 1 },
      ticks: { show: false },
      font: `12px ${getComputedStyle(frame).fontFamily}`,
    };
    const bound = { stroke: color('--accent'), width: 1, dash: [4, 4], points: { show: false } };
    chart = new uPlot(
      {
        width: frame.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        axes: [axis, { ...axis, size: 72, values: (_, ticks) => ticks.map(shown) }],
        bands: [{ series: [2, 1], fill: color('--accent-soft') }],
        series: [
          {},
          bound,
          bound,
          { stroke: color('--gone'), width: 1, points: { show: false } },
          // Last, so that the band does not cover it.
          { stroke: color('--accent'), width: 2, points: { show: false } },
        ],
      },
      [
        points.map(({ at }) => at),
        points.map(({ low }) => low),
        points.map(({ high }) => high),
        points.map(() => 0),
        points.map(({ value }) => value),
      ],
      frame,
    );
  };
  draw();
  const resized = new ResizeObserver(() => {
    if (chart !== undefined && Math.abs(chart.width - frame.clientWidth) > 1)
      chart.setSize({ width: frame.clientWidth, height });
  });
  resized.observe(frame);
  const themed = new MutationObserver(draw);
  themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    resized.disconnect();
    themed.disconnect();
    chart?.destroy();
  };
}
