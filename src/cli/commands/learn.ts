import type { Command } from 'commander';
import { learnedFiles } from '../../learning/learn.js';
import { hasLearned, LearnedStore } from '../../learning/learnedStore.js';
import type { LearnReport } from '../../learning/learnReport.js';
import { learnFromEvents } from '../../service/learning/learnFromEvents.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { openTerminal } from '../terminal.js';

export function addLearn(program: Command): void {
  const command = program
    .command('learn')
    .description('learn from events: judgments, complements, popularity, ranking weights, what to fix');
  command
    .command('now', { isDefault: true })
    .description('learn from the events of the last days')
    .option('--days <n>', 'days of events that count', wholeNumber('--days', 1, 3650), 90)
    .action(async (flags: CommonOptions & { days: number }) => {
      const report = await learnFromEvents({
        dataDir: flags.data,
        indexesDir: flags.indexes,
        modelDir: flags.model,
        days: flags.days,
      });
      const files = learnedFiles(flags.data);
      openTerminal(flags).result(report, [
        `${report.searches} searches of ${report.queries} queries, ${report.orders} orders.`,
        `${report.judgments} judgments of ${report.judged_queries} queries: ${files.judgments}`,
        `${report.pairs} complements, ${report.fixes} things to fix (shelfwright learn fixes).`,
        report.weights.reason,
        ...(report.enrichment === null ? [] : [enrichmentLine(report.enrichment)]),
        ...(report.weights.offered ? [weightsLine(report), `Weights: ${files.weights}`] : []),
      ]);
    });
  command
    .command('log')
    .description('list the learnings, newest first')
    .action((flags: CommonOptions) => {
      const retrainings = stored(flags, (store) => store.retrainings());
      openTerminal(flags).result({ retrainings }, [
        ...retrainings.map(
          (report) =>
            `${report.at}  ${report.searches} searches, ${report.orders} orders, ${report.judgments} judgments, ${report.pairs} complements; ${weightsLine(report)}`,
        ),
        ...(retrainings.length === 0 ? ['Nothing was learned yet: shelfwright learn'] : []),
      ]);
    });
  command
    .command('fixes')
    .description('list what to fix next, by lost revenue')
    .action((flags: CommonOptions) => {
      const fixes = stored(flags, (store) => store.fixes());
      openTerminal(flags).result({ fixes }, [
        ...fixes.map(
          ({ lost_revenue, reason, command: how }) =>
            `${lost_revenue === null ? '' : `${lost_revenue.toFixed(2)}  `}${reason} ${how}`,
        ),
        ...(fixes.length === 0 ? ['Nothing to fix is known: shelfwright learn'] : []),
      ]);
    });
}

function enrichmentLine(found: NonNullable<LearnReport['enrichment']>): string {
  const { queries, ndcg_with, ndcg_without, low, high, empty_with, empty_without } = found;
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(4)}`;
  return `Filled values: NDCG@10 of ${queries} judged queries ${ndcg_without.toFixed(4)} without them, ${ndcg_with.toFixed(4)} with them (difference ${signed(low)} to ${signed(high)}); ${empty_without} and ${empty_with} queries find nothing.`;
}

function weightsLine({ weights }: LearnReport): string {
  if (weights.held_out === 0) return 'no weights fitted';
  return `NDCG@10 of ${weights.held_out} held-out queries ${weights.before.toFixed(4)} before, ${weights.after.toFixed(4)} fitted${weights.offered ? ', offered' : ''}`;
}

function stored<T>({ data }: CommonOptions, read: (store: LearnedStore) => T[]): T[] {
  if (!hasLearned(data)) return [];
  const store = new LearnedStore(data);
  try {
    return read(store);
  } finally {
    store.close();
  }
}
