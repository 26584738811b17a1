import type { Command } from 'commander';
import { openEngine } from '../../catalog/engine/openEngine.js';
import { listWithCurrent, rollback } from '../../catalog/generations.js';
import type { Engine } from '../../opensearch/engine.js';
import { openStore } from '../../store/open.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';
import { requireStore } from '../withStore.js';

export function addGenerations(program: Command): void {
  const generations = program
    .command('generations')
    .description('list the generations, or roll back to the previous one');
  generations
    .command('list', { isDefault: true })
    .description('list the generations, newest first')
    .action(async (flags: CommonOptions) => {
      const engine = await openEngine(flags.configuration.engine);
      const list = await listWithCurrent(flags.indexes, engine).finally(() => engine?.close());
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
      const engine = await openEngine(flags.configuration.engine);
      const id = await rollBack(flags, engine).finally(() => engine?.close());
      openTerminal(flags).result({ generation: id }, [`Generation ${id} is current again.`]);
    });
}

/** What was written since the previous generation was built goes to the engine, from the store. */
async function rollBack(flags: CommonOptions, engine: Engine | undefined): Promise<string> {
  if (engine === undefined) return rollback(flags.indexes);
  requireStore(flags);
  const store = openStore(flags.data);
  try {
    return await rollback(flags.indexes, { engine, store });
  } finally {
    store.close();
  }
}
