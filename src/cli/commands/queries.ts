import type { Command } from 'commander';
import { sentenceOf } from '../../domain/errors.js';
import { openStore, type Store } from '../../store/open.js';
import { openReadOnly } from '../../store/openReadOnly.js';
import { type LoggedQuery, QueryLog } from '../../store/queryLog.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { openTerminal } from '../terminal.js';

/** At a terminal, waiting for another process that writes is acceptable. */
const BUSY_TIMEOUT_MS = 15_000;

interface ListFlags extends CommonOptions {
  readonly limit: number;
}

export function addQueries(program: Command): void {
  const queries = program.command('queries').description('show what people searched for');
  const limit = ['--limit <number>', 'number of queries', wholeNumber('--limit', 1, 10_000), 50] as const;
  queries
    .command('list')
    .description('list the most frequent queries')
    .option(...limit)
    .action((flags: ListFlags) => list(flags, (log) => log.asked(flags.limit), 'The query log is empty.'));
  queries
    .command('zero')
    .description('list the queries without hits, most frequent first')
    .option(...limit)
    .action((flags: ListFlags) =>
      list(flags, (log) => log.empty(flags.limit), 'The query log has no query without hits.'),
    );
  queries
    .command('clear')
    .description('delete all logged queries, and their traces on disk')
    .action((flags: CommonOptions) => clear(flags));
}

function list(flags: ListFlags, read: (log: QueryLog) => LoggedQuery[], none: string): void {
  const found = withLog(openReadOnly(flags.data), read);
  const lines = found.map(
    ({ query, searches, total, last_day }) =>
      `${String(searches).padStart(8)}  ${query}  (${total} found, last on ${last_day})`,
  );
  openTerminal(flags).result({ queries: found }, lines.length === 0 ? [none] : lines);
}

function clear(flags: CommonOptions): void {
  const terminal = openTerminal(flags);
  const cleared = withLog(openStore(flags.data), (log) => {
    const queries = log.clear();
    try {
      log.vacuum();
    } catch (error) {
      terminal.note(
        `The queries are deleted and overwritten, but the store keeps its size (${sentenceOf(error)}): run shelfwright queries clear again when no other process writes to it.`,
      );
    }
    return queries;
  });
  terminal.result({ cleared }, [`${cleared} ${cleared === 1 ? 'query' : 'queries'} deleted.`]);
}

function withLog<T>(store: Store, work: (log: QueryLog) => T): T {
  try {
    const readonly = store.readOnly !== undefined;
    const log = new QueryLog(store.path, BUSY_TIMEOUT_MS, { readonly });
    try {
      return work(log);
    } finally {
      log.close();
    }
  } finally {
    store.close();
  }
}
