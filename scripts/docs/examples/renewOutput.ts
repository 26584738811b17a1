import type { Precision } from './agree.js';
import { compareOutput, expectedJson, jsonValues, linesOf } from './compareOutput.js';
import { isAnyLines } from './compareText.js';
import { keepMasked, mask } from './mask.js';
import { ELLIPSIS, matchLine } from './matchLine.js';
import { patternOf, renewJson } from './renewJson.js';
import { writeJson } from './writeJson.js';

/**
 * What a page should say that a command prints: what it says now where that agrees, else what was printed, shortened as
 * the page has it.
 */
export function renewOutput(expected: readonly string[], actual: string, precision: Precision): string[] {
  if (compareOutput(expected, actual, precision).length === 0) return [...expected];
  const values = jsonValues(actual);
  if (values === undefined) return renewText(expected, linesOf(actual), precision);
  const patterns = expectedJson(expected);
  const renewed = values.map((value, at) => {
    const like = patterns?.[at] ?? patterns?.at(-1);
    return like === undefined ? patternOf(value) : renewJson(like, value, precision);
  });
  return renewed.flatMap((pattern) => writeJson(pattern).split('\n'));
}

/** As many lines at the beginning, at the end and between as the page has shown. */
function renewText(expected: readonly string[], actual: readonly string[], precision: Precision): string[] {
  const parts: string[][] = [[]];
  for (const line of expected) {
    if (isAnyLines(line)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  const shown = expected.filter((line) => !isAnyLines(line)).length;
  if (parts.length === 1 || shown >= actual.length)
    return actual.map((line, at) => renewLine(expected[at], line, precision));
  const renewed: string[] = [];
  let place = 0;
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    if (at > 0) {
      renewed.push(ELLIPSIS);
      place = isLast ? Math.max(place, actual.length - part.length) : nearest(part[0] ?? '', actual, place);
    }
    for (const line of part) {
      const now = actual[place++];
      if (now !== undefined) renewed.push(renewLine(line, now, precision));
    }
  }
  return renewed;
}

/** The place, from `from` on, of the line that begins most like this one. */
function nearest(line: string, lines: readonly string[], from: number): number {
  let best = from;
  let length = -1;
  for (let place = from; place < lines.length; place++) {
    const shared = sharedBeginning(mask(line), mask(lines[place] ?? ''));
    if (shared > length) [best, length] = [place, shared];
  }
  return best;
}

function sharedBeginning(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charAt(at) === other.charAt(at)) at++;
  return at;
}

function renewLine(before: string | undefined, now: string, precision: Precision): string {
  if (before === undefined) return now;
  if (matchLine(before, now, precision)) return before;
  const renewed = keepMasked(before, now);
  const cut = before.indexOf(ELLIPSIS);
  if (cut < 0 || renewed.length <= before.length) return renewed;
  // An ellipsis after a comma comes after a comma again.
  const [gap = ''] = /[\s,;]*$/.exec(before.slice(0, cut)) ?? [];
  const end = gap === '' ? cut : renewed.lastIndexOf(gap, cut) + gap.length;
  return renewed.slice(0, end) + ELLIPSIS;
}
