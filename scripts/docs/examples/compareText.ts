import type { Precision } from './agree.js';
import { ELLIPSIS, matchLine } from './matchLine.js';

/** Lines that were printed as expected, are missing (`-`) or were not expected (`+`). Empty where all agrees. */
export function compareText(
  expected: readonly string[],
  actual: readonly string[],
  precision: Precision,
): string[] {
  const same = (at: number, place: number): boolean =>
    matchLine(expected[at] ?? '', actual[place] ?? '', precision);
  // costs[at][place]: the fewest differences between expected lines from `at` and actual ones from `place` on.
  const costs: number[][] = Array.from({ length: expected.length + 1 }, () => []);
  const cost = (at: number, place: number): number => costs[at]?.[place] ?? Number.POSITIVE_INFINITY;
  for (let at = expected.length; at >= 0; at--) {
    for (let place = actual.length; place >= 0; place--) {
      const row = costs[at];
      if (row === undefined) continue;
      if (at === expected.length) row[place] = actual.length - place;
      else if (isAnyLines(expected[at])) row[place] = Math.min(cost(at + 1, place), cost(at, place + 1));
      else {
        const differs = Math.min(cost(at + 1, place), cost(at, place + 1)) + 1;
        row[place] =
          place < actual.length && same(at, place) ? Math.min(cost(at + 1, place + 1), differs) : differs;
      }
    }
  }
  return cost(0, 0) === 0 ? [] : listDifferences(expected, actual, cost, same);
}

export function isAnyLines(line: string | undefined): boolean {
  return line?.trim() === ELLIPSIS;
}

function listDifferences(
  expected: readonly string[],
  actual: readonly string[],
  cost: (at: number, place: number) => number,
  same: (at: number, place: number) => boolean,
): string[] {
  const lines: string[] = [];
  for (let at = 0, place = 0; at < expected.length || place < actual.length; ) {
    const here = cost(at, place);
    if (isAnyLines(expected[at])) {
      if (cost(at + 1, place) === here) {
        lines.push(`  ${ELLIPSIS}`);
        at++;
      } else place++;
    } else if (cost(at + 1, place + 1) === here && same(at, place)) {
      lines.push(`  ${actual[place++]}`);
      at++;
    } else if (cost(at + 1, place) === here - 1) lines.push(`- ${expected[at++]}`);
    else lines.push(`+ ${actual[place++]}`);
  }
  return lines;
}
