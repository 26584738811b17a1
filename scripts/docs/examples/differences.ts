import { compareOutput } from './compareOutput.js';
import type { RanStep } from './runPage.js';

/** What each command of a page printed otherwise than the page says, as text for a person. Empty where nothing did. */
export function differencesOf(page: string, steps: readonly RanStep[]): string[] {
  return steps.flatMap((step) => {
    const lines = compareOutput(step.expected, step.actual, step.precision);
    if (lines.length === 0) return [];
    return [`${page}:${step.line + 1}: $ ${step.command}\n${lines.map((line) => `    ${line}`).join('\n')}`];
  });
}
