import type { Command } from 'commander';
import { evaluateEnrichment } from '../../catalog/evaluate/evaluateEnrichment.js';
import type { CommonOptions } from '../options.js';
import { withStoreToRead } from '../withStore.js';
import { addEvaluateSearch } from './evaluateSearch.js';

export function addEvaluate(program: Command): void {
  const evaluate = program
    .command('evaluate')
    .description('measure search or enrichment against judged truth');
  addEvaluateSearch(evaluate);
  evaluate
    .command('enrichment')
    .description('precision, recall and F1 a field, accuracy of categories, calibration')
    .requiredOption('--gold <jsonl>', 'the truth: id, category, attributes')
    .option('--enriched <file>', 'an enriched JSONL to measure (default: the facts in the store)')
    .action((flags: CommonOptions & { gold: string; enriched?: string }) =>
      withStoreToRead(flags, async (store, terminal) => {
        const found = await evaluateEnrichment(flags.gold, flags.enriched, store);
        const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);
        terminal.result(found, [
          `${found.rows} rows of truth, ${found.compared} blanks to fill`,
          `categories: accuracy ${percent(found.category.accuracy)} over ${found.category.blanks} blanks`,
          `${'field'.padEnd(32)} blanks precision  recall      F1  applied  their precision`,
          ...found.fields.map(
            (one) =>
              `${one.field.padEnd(32)} ${String(one.blanks).padStart(6)}  ${percent(one.precision)} ${percent(one.recall)} ${percent(one.f1)} ${percent(one.applied_share)} ${percent(one.applied_precision)}`,
          ),
          `calibration: mean distance of confidence and precision ${percent(found.calibration.error)}`,
        ]);
      }),
    );
}
