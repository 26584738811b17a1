import { Command } from 'commander';
import { expect, it } from 'vitest';
import { loadCommands } from '../../src/cli/loadCommands.js';

async function namesFor(name: string | undefined): Promise<string[]> {
  const program = new Command();
  for (const add of await loadCommands(name)) add(program);
  return program.commands.map((command) => command.name());
}

it('loads only the named command, and all commands for an unknown name', async () => {
  const all = await namesFor(undefined);
  expect(all).toContain('serve');
  expect(new Set(all).size).toBe(all.length);
  for (const name of all) expect(await namesFor(name)).toEqual([name]);
  for (const none of ['dance', '--help', 'constructor']) expect(await namesFor(none)).toEqual(all);
});
