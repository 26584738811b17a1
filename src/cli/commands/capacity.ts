import type { Command } from 'commander';
import { workersOfMachine } from '../../embed/embedder.js';
import { capacityQueries } from '../../service/capacity/capacityQueries.js';
import type { Bottleneck, CapacityReport, Level } from '../../service/capacity/capacityReport.js';
import { measureCapacity } from '../../service/capacity/measureCapacity.js';
import { openReadOnly } from '../../store/openReadOnly.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { openTerminal } from '../terminal.js';
import { withReader } from '../withReader.js';

interface Flags extends CommonOptions {
  readonly seconds: number;
  readonly p95: number;
}

/** What to do about each. */
const ADVICE: Readonly<Record<Bottleneck, string>> = {
  embedding: 'embedding queries; more cores help, and so do queries that are asked again',
  retrieval: 'understanding queries and finding products; a faster core helps, more cores do not',
  ranking: 'ranking, facets and presentation; fewer facets help, and so does a faster core',
};

export function addCapacity(program: Command): void {
  program
    .command('capacity')
    .description('measure how many searches per second this machine answers from the index, and at which p95')
    .option('--seconds <number>', 'how long to measure', wholeNumber('--seconds', 1, 3600), 60)
    .option(
      '--p95 <ms>',
      'the answer time that 95 of 100 searches must keep, in milliseconds',
      wholeNumber('--p95', 1, 60_000),
      100,
    )
    .action((flags: Flags) =>
      withReader(
        flags,
        async (reader) => {
          const terminal = openTerminal(flags);
          const { mode, products, reasons } = reader.health();
          for (const reason of reasons) terminal.note(reason);
          const store = openReadOnly(flags.data);
          try {
            const report = await measureCapacity({
              ...{ mode, products, seconds: flags.seconds, maxP95: flags.p95 },
              search: (request, timed) => reader.searchUncached(request, timed),
              queries: capacityQueries(store),
              embeddingThreads: workersOfMachine(),
              onLevel: (clients) => terminal.note(`measuring with ${named(clients)}`),
            });
            terminal.result(report, linesOf(report));
          } finally {
            store.close();
          }
        },
        { indexed: true, workers: workersOfMachine() },
      ),
    );
}

function linesOf(report: CapacityReport): string[] {
  const { products, queries, levels, parts_ms, bottleneck, within, max_p95_ms, mode } = report;
  const { understand, embed, retrieve, rank } = parts_ms;
  return [
    `${report.searches_per_second}/s with a p95 of ${report.p95_ms} ms, with ${named(report.clients)}, among ${products} products${mode === 'lexical' ? ', by words only' : ''}`,
    ...(within ? [] : [`No number of clients keeps a p95 of ${max_p95_ms} ms: this is what one gets.`]),
    queries.from === 'log'
      ? `${queries.distinct} queries of the log, as often as they were asked`
      : `${queries.distinct} queries made of titles, because the log has hardly any`,
    ...levels.map(levelLine),
    `one search alone: understand ${understand} ms, embed ${embed} ms, retrieve ${retrieve} ms, rank and present ${rank} ms`,
    `bottleneck: ${bottleneck} (${ADVICE[bottleneck]})`,
  ];
}

function levelLine({ clients, searches_per_second, p50_ms, p95_ms }: Level): string {
  return `  ${named(clients).padEnd(10)}  ${searches_per_second}/s  p50 ${p50_ms} ms  p95 ${p95_ms} ms`;
}

function named(clients: number): string {
  return `${clients} ${clients === 1 ? 'client' : 'clients'}`;
}
