import type { Precision } from './agree.js';
import { compareJson } from './compareJson.js';
import { compareText } from './compareText.js';
import { type JsonPattern, readJsonPatterns } from './jsonPattern.js';

/**
 * How what a command printed differs from what a page says, one line a difference; empty where it does not. Whole JSON
 * is compared by value, anything else line by line.
 */
export function compareOutput(expected: readonly string[], actual: string, precision: Precision): string[] {
  const values = jsonValues(actual);
  const patterns = values === undefined ? undefined : expectedJson(expected);
  if (values === undefined || patterns === undefined)
    return compareText(withoutBlankEnd(expected), linesOf(actual), precision);
  if (patterns.length !== values.length)
    return [`expected ${patterns.length} JSON documents, found ${values.length}`];
  return patterns.flatMap((pattern, at) => compareJson(pattern, values[at], precision));
}

export function linesOf(text: string): string[] {
  return withoutBlankEnd(text.split('\n'));
}

/** The JSON document that a text is, or the one in each of its lines; undefined where it is anything else. */
export function jsonValues(text: string): unknown[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  return parsed([text]) ?? parsed(linesOf(text));
}

export function expectedJson(expected: readonly string[]): JsonPattern[] | undefined {
  const text = expected.join('\n');
  return /^\s*[{[]/.test(text) ? readJsonPatterns(text) : undefined;
}

function parsed(texts: readonly string[]): unknown[] | undefined {
  try {
    return texts.map((text): unknown => JSON.parse(text));
  } catch {
    return undefined;
  }
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}
