import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.js';
import { hashId } from '../../events/anonymize.js';
import type { ServedSearch } from '../../events/event.js';
import { EventStore, hasEvents } from '../../events/eventStore.js';
import { readOrders } from '../../events/readOrders.js';
import { isUbiFile, readUbiFile } from '../../events/readUbiFile.js';
import { readUbiEvent } from '../../events/ubiEvent.js';
import { clearLearned } from '../../learning/clearLearned.js';
import { openStore } from '../../store/open.js';
import { type CommonOptions, DONE_WITH_QUARANTINE } from '../options.js';
import { openTerminal } from '../terminal.js';

/** At a terminal, waiting for another process that writes is acceptable. */
const BUSY_TIMEOUT_MS = 15_000;
const DAY_MS = 86_400_000;
const BATCH = 1000;
/** Refused lines that are listed. */
const MAX_LISTED = 20;

interface ClearFlags extends CommonOptions {
  readonly before?: string;
  readonly yes?: boolean;
}

export function addEvents(program: Command): void {
  const events = program
    .command('events')
    .description('show, read, write or delete what shoppers do with results');
  events
    .command('status')
    .description('count the stored events and searches')
    .action((flags: CommonOptions) => status(flags));
  events
    .command('import')
    .description('read events of UBI (JSONL), or orders (CSV, XLSX, JSONL), one line per bought product')
    .argument('<file>', 'for example orders.csv or events.jsonl')
    .action((file: string, flags: CommonOptions) => importEvents(file, flags));
  events
    .command('export')
    .description('write all events to standard output, one JSON object per line')
    .action((flags: CommonOptions) => exportEvents(flags));
  events
    .command('clear')
    .description(
      'delete the stored events and searches, what was learned from them, and their traces on disk',
    )
    .option(
      '--before <date>',
      'only those that were received before this day, such as 2026-11-01; what was learned stays until the next learning',
    )
    .option('--yes', 'do not ask')
    .action((flags: ClearFlags) => clear(flags));
}

function status(flags: CommonOptions): void {
  const terminal = openTerminal(flags);
  if (!hasEvents(flags.data)) {
    terminal.result({ events: 0, searches: 0, first: null, last: null, actions: {} }, [
      'No events are stored.',
    ]);
    return;
  }
  withEvents(flags.data, (store) => {
    const totals = store.totals();
    const dates = { first: isoOf(totals.first), last: isoOf(totals.last) };
    terminal.result({ ...totals, ...dates }, [
      `${totals.events} events${totals.events === 0 ? '' : ` from ${dates.first} to ${dates.last}`}, ${totals.searches} searches with an id of the shopper.`,
      ...Object.entries(totals.actions).map(([action, count]) => `${String(count).padStart(10)}  ${action}`),
    ]);
  });
}

/** Imports a file in batches, each of which is on disk before the next is read. */
async function importEvents(file: string, flags: CommonOptions): Promise<void> {
  const terminal = openTerminal(flags);
  const counts = { stored: 0, duplicate: 0, searches: 0, refused: 0 };
  const refused: string[] = [];
  const refuse = (line: number, field: string, reason: string): void => {
    counts.refused++;
    if (refused.length < MAX_LISTED)
      refused.push(`${file}:${line}: ${field === '' ? '' : `${field}: `}${reason}.`);
  };
  await withEventsAsync(flags.data, async (store) => {
    const isUbi = await isUbiFile(file);
    let events: { readonly line: number; readonly value: unknown }[] = [];
    let searches: ServedSearch[] = [];
    const keyOf = contentKeys(store.salt);
    const write = async (): Promise<void> => {
      const now = Date.now();
      const valid = events.flatMap(({ line, value }) => {
        const read = readUbiEvent(value, store.salt, now);
        if ('event' in read) return [{ ...read.event, key: read.event.key ?? keyOf(value) }];
        refuse(line, read.problem.field, read.problem.reason);
        return [];
      });
      const isNew = await store.add(valid, now);
      counts.stored += isNew.filter(Boolean).length;
      counts.duplicate += isNew.filter((one) => !one).length;
      counts.searches += await store.addSearches(searches);
      events = [];
      searches = [];
    };
    const lines = isUbi ? readUbiFile(file, store.salt) : orderLines(file);
    for await (const one of lines) {
      if (one.kind === 'bad') refuse(one.line, one.field, one.reason);
      else if (one.kind === 'search') searches.push(one.search);
      else events.push(one);
      if (events.length + searches.length >= BATCH) await write();
    }
    await write();
  });
  for (const reason of refused) terminal.note(reason);
  if (counts.refused > refused.length) terminal.note(`… and ${counts.refused - refused.length} more.`);
  terminal.result(counts, [
    `${counts.stored} events stored${counts.searches === 0 ? '' : ` and ${counts.searches} searches`}, ${counts.duplicate} were stored before, ${counts.refused} lines refused.`,
  ]);
  if (counts.refused > 0) process.exitCode = DONE_WITH_QUARANTINE;
}

/** Keys of events without one: a file that is imported again adds nothing, and equal lines of one file each count. */
function contentKeys(salt: Buffer): (event: unknown) => string {
  const seen = new Map<string, number>();
  return (event) => {
    const content = hashId(JSON.stringify(event), salt);
    const nth = (seen.get(content) ?? 0) + 1;
    seen.set(content, nth);
    return hashId(`line\n${content}\n${nth}`, salt);
  };
}

async function* orderLines(file: string) {
  for await (const one of readOrders(file)) {
    if ('event' in one) yield { kind: 'event' as const, line: one.line, value: one.event };
    else yield { kind: 'bad' as const, ...one };
  }
}

function exportEvents(flags: CommonOptions): void {
  if (!hasEvents(flags.data)) return;
  withEvents(flags.data, (store) => {
    for (const { at, attributes, ...event } of store.between(0, Number.MAX_SAFE_INTEGER)) {
      const more = attributes === null ? {} : { attributes: JSON.parse(attributes) };
      process.stdout.write(`${JSON.stringify({ ...event, at: new Date(at).toISOString(), ...more })}\n`);
    }
  });
}

async function clear(flags: ClearFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const before = flags.before === undefined ? Number.MAX_SAFE_INTEGER : timeOf(flags.before);
  const isAll = flags.before === undefined;
  if (flags.yes !== true) {
    const question = `Delete ${isAll ? 'all events, searches, and what was learned from them' : `the events and searches before ${flags.before}`} in ${flags.data}?`;
    if (!(await isConfirmed(question))) {
      terminal.result({ events: 0, searches: 0 }, ['Nothing was deleted.']);
      return;
    }
  }
  if (isAll) await clearLearned(flags.data);
  const cleared = hasEvents(flags.data)
    ? await withEventsAsync(flags.data, async (store) => {
        const deleted = await store.deleteBefore(before);
        store.vacuum();
        return deleted;
      })
    : { events: 0, searches: 0 };
  terminal.result(cleared, [
    `${cleared.events} events and ${cleared.searches} searches deleted${isAll ? ', and what was learned from them' : ''}.`,
  ]);
}

/** Asks at the terminal. @throws UsageError where there is none. */
async function isConfirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UsageError(`${question} Nothing was deleted, because nobody can be asked: add --yes.`);
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await asked.question(`${question} [y/N] `)).trim());
  } finally {
    asked.close();
  }
}

function timeOf(day: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(time) || time > Date.now() + DAY_MS)
    throw new UsageError(`--before: found ${JSON.stringify(day)}; expected a day such as 2026-11-01.`);
  return time;
}

function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** Events belong to the store of the folder, so that is opened first: it says what is wrong with the folder. */
function openEvents(dataDir: string): EventStore {
  openStore(dataDir).close();
  return new EventStore(dataDir, BUSY_TIMEOUT_MS);
}

function withEvents<T>(dataDir: string, work: (store: EventStore) => T): T {
  const store = openEvents(dataDir);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

async function withEventsAsync<T>(dataDir: string, work: (store: EventStore) => Promise<T>): Promise<T> {
  const store = openEvents(dataDir);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
