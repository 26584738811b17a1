import type { Command } from 'commander';
import { listWithCurrent } from '../../catalog/generations.js';
import { importCatalog } from '../../catalog/import/importCatalog.js';
import { reindex } from '../../catalog/reindex/reindex.js';
import { packagePaths } from '../../configuration/packagePaths.js';
import { silent } from '../../domain/progress.js';
import { openSource } from '../../formats/source.js';
import { openStore } from '../../store/open.js';
import type { CommonOptions } from '../options.js';
import { withServeFlags } from '../serveFlags.js';
import { openTerminal, type Terminal } from '../terminal.js';
import { serve } from './serve.js';

export function addDemo(program: Command): void {
  withServeFlags(
    program.command('demo').description('index the demo catalog if there is no index yet, then serve'),
  ).action(async (flags: CommonOptions) => {
    const terminal = openTerminal(flags);
    const serving = (await listWithCurrent(flags.indexes)).find(({ current }) => current);
    if (serving === undefined || serving.products === 0) await indexDemo(flags, terminal);
    await serve(flags, terminal);
  });
}

async function indexDemo(flags: CommonOptions, terminal: Terminal): Promise<void> {
  const store = openStore(flags.data);
  try {
    if (store.products.count() === 0) {
      terminal.note('Nothing is indexed yet: importing the demo catalog.');
      await importCatalog(store, await openSource(packagePaths.demoCatalog), {
        ...flags.configuration,
        full: false,
        allowShrink: false,
        taxonomy: packagePaths.starterTaxonomy,
        quarantine: `${flags.data}/demo.quarantine.jsonl`,
        progress: terminal.progress,
      });
    }
    const report = await reindex({
      ...flags.configuration,
      store,
      indexesDir: flags.indexes,
      modelDir: flags.model,
      taxonomy: undefined,
      enrich: true,
      allowShrink: false,
      progress: flags.json === true ? silent : terminal.progress,
    });
    terminal.note(`Indexed ${report.products} products in ${report.seconds.toFixed(1)} s.`);
  } finally {
    terminal.settle();
    store.close();
  }
}
