import type { Command } from 'commander';
import { reindex } from '../../catalog/reindex/reindex.js';
import { UsageError } from '../../domain/errors.js';
import { openStore } from '../../store/open.js';
import { describeEnrichment } from '../describeEnrichment.js';
import { type CommonOptions, nameList } from '../options.js';
import { openTerminal } from '../terminal.js';
import { requireStore } from '../withStore.js';

interface ReindexFlags extends CommonOptions {
  readonly enrich: boolean;
  readonly describe?: boolean;
  readonly taxonomy?: string;
  readonly allowShrink?: boolean;
  readonly allowUnapply?: boolean;
  readonly fields?: readonly string[];
  readonly where?: string;
}

export function addReindex(program: Command): void {
  program
    .command('reindex')
    .description('enrich, embed what changed, build a generation, check it and switch to it')
    .option('--no-enrich', 'do not fill blanks')
    .option('--describe', 'compose a description for products without one, now and in later reindexes')
    .option('--no-describe', 'withdraw the composed descriptions')
    .option('--fields <names>', 'enrich only these fields: category, color', nameList('--fields'))
    .option('--where <filter>', "enrich only products that match: category = 'Shoes' AND price > 50")
    .option('--taxonomy <dir>', 'taxonomy of the store from now on')
    .option('--allow-shrink', 'switch even if the new generation is much smaller than the current one')
    .option('--allow-unapply', 'enrich even if many applied values become suggestions again')
    .action(async (flags: ReindexFlags) => {
      const narrowed = flags.fields === undefined ? '--where' : '--fields';
      if (!flags.enrich && (flags.fields ?? flags.where) !== undefined) {
        throw new UsageError(`${narrowed} and --no-enrich contradict each other: leave one out.`, {
          field: narrowed,
        });
      }
      requireStore(flags);
      const terminal = openTerminal(flags);
      const store = openStore(flags.data);
      try {
        const report = await reindex({
          ...flags.configuration,
          store,
          indexesDir: flags.indexes,
          modelDir: flags.model,
          taxonomy: flags.taxonomy,
          enrich: flags.enrich,
          describe: flags.describe,
          scope: { fields: flags.fields, where: flags.where },
          allowShrink: flags.allowShrink === true,
          allowUnapply: flags.allowUnapply === true,
          progress: terminal.progress,
        });
        const steps = Object.entries(report.steps).map(
          ([step, seconds]) => `${step} ${seconds.toFixed(1)} s`,
        );
        const { descriptions } = report;
        terminal.result(report, [
          `Generation ${report.generation} serves ${report.products} products: ${report.embedded} texts embedded, ${report.reused} reused, ${report.seconds.toFixed(1)} s (${steps.join(', ')}).`,
          ...describeEnrichment(report.enriched),
          ...(descriptions === undefined
            ? []
            : [
                `Descriptions: ${descriptions.composed} composed, ${descriptions.kept} kept, ${descriptions.withdrawn} withdrawn.`,
              ]),
        ]);
      } finally {
        terminal.settle();
        store.close();
      }
    });
}
