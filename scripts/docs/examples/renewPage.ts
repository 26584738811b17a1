import { renewOutput } from './renewOutput.js';
import type { RanStep } from './runPage.js';

/** A page's text with what its commands print now. */
export function renewPage(markdown: string, steps: readonly RanStep[]): string {
  const lines = markdown.split('\n');
  // From the end, so that the places of earlier steps stay right.
  for (const { from, to, expected, actual, precision, indent } of [...steps].reverse()) {
    const renewed = renewOutput(expected, actual, precision).map((line) => indent + line);
    lines.splice(from, to - from, ...renewed);
  }
  return lines.join('\n');
}
