import type { Command } from 'commander';
import { evaluateEnrichment } from '../../pipeline/evaluateEnrichment.js';
import { evaluateSearch, type SearchFigures } from '../../pipeline/evaluateSearch.js';
import { openShop } from '../../pipeline/openShop.js';
import { openStore } from '../../store/open.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';

export function addEvaluate(program: Command): void {
  const evaluate = program
    .command('evaluate')
    .description('measure search or enrichment against judged truth');
  evaluate
    .command('search')
    .description('NDCG@10, MRR, recall and zero-hit share over judged queries, hybrid and by words alone')
    .requiredOption('--judgments <tsv>', 'columns query, product_id, grade')
    .action(async (flags: CommonOptions & { judgments: string }) => {
      const shop = await openShop({ dataDir: flags.data, indexesDir: flags.indexes, modelDir: flags.model });
      try {
        const found = await evaluateSearch(
          flags.judgments,
          (request) => shop.search(request),
          (request) => shop.searchByWords(request),
        );
        openTerminal(flags).result(found, [
          `${found.judged} of ${found.queries} queries have a relevant product`,
          '             NDCG@10   MRR    recall@100  zero hits  p95',
          searchLine('hybrid', found.hybrid),
          searchLine('words only', found.words_only),
        ]);
      } finally {
        await shop.close();
      }
    });
  evaluate
    .command('enrichment')
    .description('precision, recall and F1 a field, accuracy of categories, calibration')
    .requiredOption('--gold <jsonl>', 'the truth: id, category, attributes')
    .option('--enriched <file>', 'an enriched JSONL to measure (default: the facts in the store)')
    .action(async (flags: CommonOptions & { gold: string; enriched?: string }) => {
      const store = openStore(flags.data);
      try {
        const found = await evaluateEnrichment(flags.gold, flags.enriched, store);
        const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);
        openTerminal(flags).result(found, [
          `${found.rows} rows of truth, ${found.compared} blanks to fill`,
          `categories: accuracy ${percent(found.category.accuracy)} over ${found.category.blanks} blanks`,
          `${'field'.padEnd(32)} blanks precision  recall      F1  applied  their precision`,
          ...found.fields.map(
            (one) =>
              `${one.field.padEnd(32)} ${String(one.blanks).padStart(6)}  ${percent(one.precision)} ${percent(one.recall)} ${percent(one.f1)} ${percent(one.applied_share)} ${percent(one.applied_precision)}`,
          ),
          `calibration: mean distance of confidence and precision ${percent(found.calibration.error)}`,
        ]);
      } finally {
        store.close();
      }
    });
}

function searchLine(name: string, figures: SearchFigures): string {
  return `${name.padEnd(12)} ${figures.ndcg_at_10.toFixed(4)}   ${figures.mrr.toFixed(3)}  ${figures.recall_at_100.toFixed(3)}       ${(100 * figures.zero_hits).toFixed(1)} %      ${figures.p95_ms.toFixed(1)} ms`;
}
