import { readFileSync } from 'node:fs';
import type { Precision } from './agree.js';
import { PageFolder, type RunCommand } from './pageFolder.js';
import { type Block, optionOf, readBlocks } from './readBlocks.js';
import { readSteps, type Step } from './readSteps.js';
import { runStep } from './runStep.js';

/** A command of a page with what it printed here. */
export interface RanStep extends Step {
  readonly actual: string;
  readonly precision: Precision;
  /** What stands before each line of the page, where the block is part of a list. */
  readonly indent: string;
}

/** Prints the exit code of the command before, as in a shell. */
const SHOW_CODE = 'echo $?';

/**
 * Runs the commands of a page's `console` blocks in order, in one working folder. Words after a block's language say more:
 * `file=<name>` writes the block there first, `learned` says that counts depend on what a model has learned, `refused`
 * that the service refuses.
 *
 * @param demo a folder with `data` and `indexes` of the demo catalog, of which a copy is used
 * @param runCommand how `shelfwright` runs; default: as a process
 * @throws Error where a command fails and the page does not say so, by `echo $?` as the next command or `refused`
 */
export async function runPage(page: string, demo: string, runCommand?: RunCommand): Promise<RanStep[]> {
  const blocks = readBlocks(readFileSync(page, 'utf8'));
  if (!blocks.some(({ language }) => language === 'console')) return [];
  const folder = new PageFolder(demo, runCommand);
  try {
    const steps: RanStep[] = [];
    for (const block of blocks) {
      const name = optionOf(block, 'file');
      if (name !== undefined) folder.write(name, `${block.lines.join('\n')}\n`);
      if (block.language === 'console') steps.push(...(await runBlock(page, block, folder)));
    }
    return steps;
  } finally {
    await folder.remove();
  }
}

async function runBlock(page: string, block: Block, folder: PageFolder): Promise<RanStep[]> {
  const precision = { learned: block.options.includes('learned') };
  const steps = readSteps(block);
  const ran: RanStep[] = [];
  let lastCode: number | null = 0;
  for (const [at, step] of steps.entries()) {
    const add = (actual: string): number => ran.push({ ...step, actual, precision, indent: block.indent });
    if (step.command === SHOW_CODE) {
      add(`${lastCode}\n`);
      continue;
    }
    const place = `${page}:${step.line + 1}: ${step.command}`;
    const { code, output } = await runStep(folder, step.command).catch((cause: unknown) => {
      throw new Error(`${place}: ${String(cause)}`, { cause });
    });
    const mayFail = block.options.includes('refused') || steps[at + 1]?.command === SHOW_CODE;
    if (code !== 0 && !mayFail) throw new Error(`${place} ended with ${code}: ${output}`);
    lastCode = code;
    add(output);
  }
  return ran;
}
