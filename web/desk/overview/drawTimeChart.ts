import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

interface Chart {
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly limit: number | null;
  readonly shown: (value: number) => string;
  readonly height: number;
}

/** Draws the chart into an element, in its colours and as wide as it is. @returns what removes it again */
export function drawTimeChart(frame: HTMLElement, { points, limit, shown, height }: Chart): () => void {
  let chart: uPlot | undefined;
  const draw = () => {
    chart?.destroy();
    const colors = getComputedStyle(frame);
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
      font: `12px ${colors.fontFamily}`,
    };
    const values = points.map(({ value }) => value);
    chart = new uPlot(
      {
        width: frame.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        scales: { y: { range: (_, __, max) => [0, Math.max(max, limit ?? 0, 0.01) * 1.1] } },
        axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map(shown) }],
        series: [
          {},
          {
            stroke: color('--accent'),
            width: 2,
            points: { show: points.length < 40, size: 6, fill: color('--accent') },
          },
          { stroke: color('--gone'), width: 1, dash: [5, 4], points: { show: false } },
        ],
      },
      [points.map(({ at }) => at), values, points.map(() => limit)],
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
