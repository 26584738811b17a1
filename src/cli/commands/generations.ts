import type { Command } from 'commander';
import { listWithCurrent, rollback } from '../../catalog/generations.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';

export function addGenerations(program: Command): void {
  const generations = program
    .command('generations')
    .description('list the generations, or roll back to the previous one');
  generations
    .command('list', { isDefault: true })
    .description('list the generations, newest first')
    .action(async (flags: CommonOptions) => {
      const list = await listWithCurrent(flags.indexes);
      openTerminal(flags).result(
        list,
        list.length === 0
          ? ['No generation yet. Next: shelfwright import <file>, then shelfwright reindex']
          : list.map(
              (one) =>
                `${one.current ? '*' : ' '} ${one.id}  ${one.created}  ${one.products} products  taxonomy ${one.taxonomy}  model ${one.model}`,
            ),
      );
    });
  generations
    .command('rollback')
    .description('serve the previous generation again')
    .action(async (flags: CommonOptions) => {
      const id = await rollback(flags.indexes);
      openTerminal(flags).result({ generation: id }, [`Generation ${id} is current again.`]);
    });
}
