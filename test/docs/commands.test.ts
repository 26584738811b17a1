import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { commandsPage } from '../../scripts/docs/commandsPage.js';
import { buildProgram } from '../../src/cli/main.js';

const program = await buildProgram(undefined);
const page = readFileSync('docs/commands.md', 'utf8');

it('docs/commands.md is what the help says; npm run docs writes it', () => {
  expect(page).toBe(commandsPage(program));
});

it('docs/commands.md has every command and option of --help', () => {
  const missing = commandsOf(program).flatMap((command) =>
    [pathOf(command), ...command.options.filter(({ hidden }) => !hidden).map(({ flags }) => flags)].filter(
      (text) => !page.includes(text),
    ),
  );
  expect(missing).toEqual([]);
});

function commandsOf(command: Command): Command[] {
  const inside = command.commands.filter((one) => one.name() !== 'help');
  return inside.length === 0 ? [command] : inside.flatMap(commandsOf);
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
