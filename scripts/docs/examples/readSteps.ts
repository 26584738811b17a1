import type { Block } from './readBlocks.js';
import { splitWords } from './splitWords.js';

/** A command of a `console` block and what the page says that it prints. */
export interface Step {
  /** Without the prompt; the lines of a command that goes over several are joined by line breaks. */
  readonly command: string;
  readonly expected: readonly string[];
  /** Where the command stands in the page, and where its output begins and ends, in lines counted from 0. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

const PROMPT = '$ ';

/** @throws Error where text comes before the first command, or a command does not end. */
export function readSteps(block: Block): Step[] {
  const { lines, start } = block;
  const steps: Step[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = at;
    const first = lines[at] ?? '';
    if (!first.startsWith(PROMPT))
      throw new Error(`Line ${start + at + 1}: a console block begins with "${PROMPT}" and a command.`);
    let command = first.slice(PROMPT.length);
    for (at++; splitWords(command) === undefined; at++) {
      const next = lines[at];
      if (next === undefined) throw new Error(`Line ${start + line + 1}: the command does not end.`);
      command += `\n${next}`;
    }
    const from = at;
    while (at < lines.length && lines[at]?.startsWith(PROMPT) !== true) at++;
    steps.push({
      command,
      expected: lines.slice(from, at),
      line: start + line,
      from: start + from,
      to: start + at,
    });
  }
  return steps;
}
