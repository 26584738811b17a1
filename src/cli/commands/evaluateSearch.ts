import type { Command } from 'commander';
import {
  evaluateSearch,
  type QueryChange,
  type SearchComparison,
  type SearchFigures,
  type SearchFunction,
} from '../../catalog/evaluate/evaluateSearch.js';
import { readWeights } from '../../catalog/evaluate/readWeights.js';
import { UserError } from '../../domain/errors.js';
import type { Reader } from '../../service/reader.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';
import { withReader } from '../withReader.js';

/** Search without the applied facts. */
const UNENRICHED = 'unenriched';

interface Flags extends CommonOptions {
  readonly judgments: string;
  readonly against?: readonly string[];
}

export function addEvaluateSearch(evaluate: Command): void {
  evaluate
    .command('search')
    .description(
      'NDCG@10 (plain, and over judged products alone), MRR, recall and zero-hit share over judged queries, compared with another configuration',
    )
    .requiredOption('--judgments <tsv>', 'columns query, product_id, grade')
    .option(
      '--against <name or file...>',
      'compare with: words (lexical search only), unenriched (without the applied facts), or a JSON file of ranking weights (default: words, and unenriched if facts are applied)',
    )
    .action(async (flags: Flags) => {
      const weights = await Promise.all(
        (flags.against ?? [])
          .filter((name) => name !== 'words' && name !== UNENRICHED)
          .map(async (name) => ({ name, weights: await readWeights(name) })),
      );
      await withReader(flags, async (reader) => {
        const unenriched = await reader.searchUnenriched();
        const named = flags.against ?? (unenriched === undefined ? ['words'] : ['words', UNENRICHED]);
        const others = new Map<string, SearchFunction>(
          named.map((name) => {
            const found = weights.find((one) => one.name === name);
            if (found !== undefined)
              return [name, (request) => reader.searchWithWeights(request, found.weights)];
            if (name === 'words') return [name, byWords(reader)];
            if (unenriched === undefined)
              throw new UserError(
                `--against ${UNENRICHED}: no applied fact is in the index, so there is nothing to compare; run shelfwright reindex first, or leave it out.`,
              );
            return [name, unenriched];
          }),
        );
        const report = await evaluateSearch(
          flags.judgments,
          (request) => reader.search(request),
          byWords(reader),
          others,
        );
        openTerminal(flags).result(report, [
          `${report.judged} of ${report.queries} queries have a relevant product`,
          '             NDCG@10  condensed  MRR    recall@100  zero hits  p95',
          searchLine('hybrid', report.hybrid),
          searchLine('words only', report.words_only),
          ...report.comparisons
            .filter(({ against }) => against !== 'words')
            .map(({ against, figures }) => searchLine(against, figures)),
          ...tierLines(report.hybrid),
          ...report.comparisons.flatMap(comparisonLines),
        ]);
      });
    });
}

function byWords(reader: Reader): SearchFunction {
  return (request) => reader.searchByWords(request);
}

function searchLine(name: string, figures: SearchFigures): string {
  return `${name.padEnd(12)} ${figures.ndcg_at_10.toFixed(4)}   ${figures.condensed_ndcg_at_10.toFixed(4)}     ${figures.mrr.toFixed(3)}  ${figures.recall_at_100.toFixed(3)}       ${(100 * figures.zero_hits).toFixed(1)} %      ${figures.p95_ms.toFixed(1)} ms`;
}

function tierLines({ by_tier }: SearchFigures): string[] {
  return [
    'by tier      of NDCG@10  of the first ten hits',
    ...Object.entries(by_tier).map(
      ([tier, { hits, ndcg }]) => `${tier.padEnd(12)} ${ndcg.toFixed(4)}      ${(100 * hits).toFixed(1)} %`,
    ),
  ];
}

function comparisonLines({ against, difference, gains, losses }: SearchComparison): string[] {
  const { mean, low, high, wins, losses: lost, ties } = difference;
  return [
    `hybrid less ${against}: NDCG@10 ${signed(mean)}, 95 % interval ${signed(low)} to ${signed(high)}; ${wins} queries better, ${lost} worse, ${ties} the same`,
    ...gains.map((change) => changeLine('better', change)),
    ...losses.map((change) => changeLine('worse', change)),
  ];
}

function changeLine(word: string, { query, ndcg_at_10, against }: QueryChange): string {
  return `  ${word.padEnd(7)} ${signed(ndcg_at_10 - against)}  ${against.toFixed(3)} to ${ndcg_at_10.toFixed(3)}  ${query}`;
}

function signed(value: number): string {
  return (value < 0 ? '' : '+') + value.toFixed(4);
}
