import type { Command } from 'commander';
import { evaluateEnrichment } from '../../catalog/evaluate/evaluateEnrichment.js';
import type { CommonOptions } from '../options.js';
import { withStoreToRead } from '../withStore.js';
import { addEvaluateSearch } from './evaluateSearch.js';

export function addEvaluate(program: Command): void {
  const evaluate = program
    .command('evaluate')
    .description('measure search or enrichment against labelled data');
  addEvaluateSearch(evaluate);
  evaluate
    .command('enrichment')
    .description('precision, recall and F1 per field, category accuracy, calibration')
    .requiredOption(
      '--gold <file>',
      'labelled products, in a format that import reads: id, category, attributes',
    )
    .option('--enriched <file>', 'enriched JSONL to evaluate (default: the facts in the store)')
    .action((flags: CommonOptions & { gold: string; enriched?: string }) =>
      withStoreToRead(flags, async (store, terminal) => {
        const report = await evaluateEnrichment(
          flags.gold,
          flags.enriched,
          store,
          flags.configuration.import.placeholders,
        );
        const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);
        terminal.result(report, [
          `${report.rows} labelled rows, ${report.compared} blanks to fill`,
          `categories: accuracy ${percent(report.category.accuracy)} over ${report.category.blanks} blanks`,
          `${'field'.padEnd(32)} blanks precision  recall      F1  applied  their precision`,
          ...report.fields.map(
            (one) =>
              `${one.field.padEnd(32)} ${String(one.blanks).padStart(6)}  ${percent(one.precision)} ${percent(one.recall)} ${percent(one.f1)} ${percent(one.applied_share)} ${percent(one.applied_precision)}`,
          ),
          `calibration: mean difference between confidence and precision ${percent(report.calibration.error)}`,
        ]);
      }),
    );
}
