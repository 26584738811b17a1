import type { Command } from 'commander';
import { backUp } from '../../catalog/backup/backUp.js';
import { restore } from '../../catalog/backup/restore.js';
import { noteBackup } from '../../service/status/lastBackup.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';
import { withStore } from '../withStore.js';

export function addBackup(program: Command): void {
  program
    .command('backup <dir>')
    .description(
      'copy the store, the taxonomy and the current generation into a new folder, while the service runs',
    )
    .action((to: string, flags: CommonOptions) =>
      withStore(flags, async (store, terminal) => {
        const places = { dataDir: flags.data, indexesDir: flags.indexes };
        const manifest = await backUp({ store, ...places, to, progress: terminal.progress });
        noteBackup(store, manifest.started, manifest.products);
        terminal.result(manifest, [
          `${manifest.products} products and ${manifest.generation === null ? 'no generation' : `generation ${manifest.generation}`} backed up to ${to}.`,
        ]);
      }),
    );
}

export function addRestore(program: Command): void {
  program
    .command('restore <dir>')
    .description('restore a backup into --data and --indexes, which must be new or empty')
    .action(async (from: string, flags: CommonOptions) => {
      const terminal = openTerminal(flags);
      try {
        const places = { dataDir: flags.data, indexesDir: flags.indexes };
        const manifest = await restore({ from, ...places, progress: terminal.progress });
        terminal.result(manifest, [
          `${manifest.products} products restored, as of ${manifest.started}. Next: shelfwright serve`,
        ]);
      } finally {
        terminal.settle();
      }
    });
}
