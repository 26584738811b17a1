const DAY = 86_400_000;
/** Widths of ranges in days: a week begins on a Monday. */
const DAYS = [1, 7];
/** Widths in months, from the beginning of a year. */
const MONTHS = [1, 3, 6, 12, 24, 60];
/** 5 January 1970 was a Monday. */
const MONDAY = 4 * DAY;

/**
 * Edges of at most `max` ranges (2 or more) of equal width that contain all times, in milliseconds since 1970 and in
 * UTC. Ranges include their lower edge and exclude their upper one. A width is a day, a week, a month, a quarter, half a
 * year or a round number of years.
 */
export function roundDateEdges(min: number, max: number, maxRanges: number): number[] {
  for (const days of DAYS) {
    const edges = edgesFrom(min, max, maxRanges, (time, step) => {
      const origin = days === 1 ? 0 : MONDAY;
      const width = days * DAY;
      return (Math.floor((time - origin) / width) + step) * width + origin;
    });
    if (edges !== undefined) return edges;
  }
  for (let power = 0; ; power++) {
    const widths = power === 0 ? MONTHS : [12, 24, 60].map((months) => months * 10 ** power);
    for (const months of widths) {
      const edges = edgesFrom(min, max, maxRanges, (time, step) => monthAt(time, months, step));
      if (edges !== undefined) return edges;
    }
  }
}

/** Undefined if there are more ranges than `maxRanges`. `edge` gives the edge so many steps after the one before a time. */
function edgesFrom(
  min: number,
  max: number,
  maxRanges: number,
  edge: (time: number, step: number) => number,
): number[] | undefined {
  const edges = [edge(min, 0)];
  for (let step = 1; (edges.at(-1) ?? 0) <= max; step++) {
    if (step > maxRanges) return undefined;
    edges.push(edge(min, step));
  }
  return edges;
}

function monthAt(time: number, months: number, step: number): number {
  const date = new Date(time);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const start = (Math.floor(month / months) + step) * months;
  const edge = new Date(0);
  edge.setUTCFullYear(Math.floor(start / 12), start % 12, 1);
  return edge.getTime();
}
