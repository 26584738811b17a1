import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { describeValue, expectationOf } from '../../domain/describeIssue.js';
import { sentenceOf, UsageError, UserError } from '../../domain/errors.js';
import { applyFacts } from '../../domain/filledProduct.js';
import { isRecord } from '../../domain/isRecord.js';
import { readYaml } from '../../domain/readYaml.js';
import { EventStore, hasEvents } from '../../events/eventStore.js';
import { readRanking } from '../../events/readRanking.js';
import { type Experiment, experimentSchema, type StoredExperiment } from '../../experiments/definition.js';
import { ExperimentBook } from '../../service/experiments.js';
import { RankingBook } from '../../service/rankingBook.js';
import { openStore } from '../../store/open.js';
import { type CommonOptions, DONE_WITH_QUARANTINE } from '../options.js';
import { reportLines } from '../reportLines.js';
import { openTerminal } from '../terminal.js';

const BUSY_TIMEOUT_MS = 15_000;
/** Refused lines that are listed. */
const MAX_LISTED = 20;

interface StartFlags extends CommonOptions {
  readonly variant?: string;
  readonly name?: string;
  readonly share: number;
  readonly interleaving?: boolean;
}

interface DurationFlags extends CommonOptions {
  readonly effect: number;
  readonly share: number;
}

export function addExperiment(program: Command): void {
  const experiment = program
    .command('experiment')
    .description('find out which configuration is better, by what shoppers do');
  experiment
    .command('start')
    .description('start an experiment; a running service follows within a second')
    .argument('[file]', 'its definition as YAML or JSON, for example experiment.yaml')
    .option(
      '--variant <name>',
      'instead of a file: what to compare with the current ranking; see experiment offers',
    )
    .option('--name <name>', 'with --variant: the name of the experiment; default: the variant and the day')
    .option('--share <share>', 'with --variant: share of the shoppers', shareOf('--share'), 0.2)
    .option('--interleaving', 'with --variant: mix the two results; needs far fewer shoppers')
    .action((file: string | undefined, flags: StartFlags) => start(file, flags));
  experiment
    .command('import-ranking')
    .description('read the results of another search, to compare with: query, product_id, position')
    .argument('<file>', 'CSV, TSV, XLSX or JSONL, for example ours.csv')
    .option('--name <name>', 'the name to try it by', 'imported')
    .action((file: string, flags: CommonOptions & { name: string }) => importRanking(file, flags));
  experiment
    .command('offers')
    .description('list what experiment start --variant can try: what was learned, and more')
    .action((flags: CommonOptions) => offers(flags));
  experiment
    .command('adopt')
    .description('make the variant that won the ranking that serves, and stop the experiment')
    .argument('<name>')
    .option('--by <name>', 'who decides', userInfo().username)
    .action((name: string, flags: CommonOptions & { by: string }) => adopt(name, flags));
  experiment
    .command('undo')
    .description('make the ranking before the last adoption the one that serves')
    .option('--by <name>', 'who decides', userInfo().username)
    .action((flags: CommonOptions & { by: string }) => undo(flags));
  experiment
    .command('status')
    .description('list experiments, the latest first')
    .action((flags: CommonOptions) => status(flags));
  experiment
    .command('stop')
    .description('stop an experiment: all shoppers get the serving configuration again')
    .argument('<name>')
    .action((name: string, flags: CommonOptions) => stop(name, flags));
  experiment
    .command('report')
    .description('say how an experiment goes, in figures and in words')
    .argument('<name>')
    .action((name: string, flags: CommonOptions) => report(name, flags));
  experiment
    .command('duration')
    .description("estimate how long an experiment takes with this shop's traffic")
    .option(
      '--effect <share>',
      'smallest relative change of searches with a click to tell: 0.05 for 5 %',
      shareOf('--effect'),
      0.05,
    )
    .option('--share <share>', 'share of the shoppers who take part', shareOf('--share'), 0.2)
    .action((flags: DurationFlags) => duration(flags));
}

async function start(file: string | undefined, flags: StartFlags): Promise<void> {
  if ((file === undefined) === (flags.variant === undefined))
    throw new UsageError(
      'expected the file of an experiment, or --variant: shelfwright experiment offers lists what there is.',
    );
  const { definition, started } = await withBook(flags, async (book) => {
    const definition = file === undefined ? await offered(book, flags) : await readDefinition(file);
    return { definition, started: await book.start(definition) };
  });
  openTerminal(flags).result(printed(started), [
    `The experiment ${definition.name} runs: ${percent(definition.share)} of the shoppers take part, by the client_id of their searches.`,
    `See how it goes with shelfwright experiment report ${definition.name}.`,
  ]);
}

async function offered(book: ExperimentBook, flags: StartFlags): Promise<Experiment> {
  const offers = await book.offers();
  const offer = offers.find(({ name }) => name === flags.variant);
  if (offer === undefined)
    throw new UsageError(
      `--variant: found ${JSON.stringify(flags.variant)}; expected one of ${offers.map(({ name }) => name).join(', ')}${offers.some(({ name }) => name === 'learned') ? '' : ' (learned and popular come with shelfwright learn)'}.`,
    );
  const { name, title, search } = offer;
  const parsed = experimentSchema.safeParse({
    name: flags.name ?? `${name}-${dayOf(Date.now())}`,
    hypothesis: title,
    mode: flags.interleaving === true ? 'interleaving' : 'ab',
    share: flags.share,
    variants: [{ name: 'serving' }, { name, search }],
  });
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `--name: found ${JSON.stringify(flags.name)}; expected lower-case letters, digits, - and _, at most 63.`,
  );
}

async function importRanking(file: string, flags: CommonOptions & { name: string }): Promise<void> {
  const terminal = openTerminal(flags);
  const { products, refused, leftOut } = await readRanking(file);
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(flags.name))
    throw new UsageError(
      `--name: found ${JSON.stringify(flags.name)}; expected lower-case letters, digits, - and _, at most 63.`,
    );
  await withBook(flags, (_, events) => events.importRanking(flags.name, products));
  for (const { line, reason } of refused.slice(0, MAX_LISTED)) terminal.note(`${file}:${line}: ${reason}.`);
  const counts = { name: flags.name, queries: products.size, refused: refused.length, left_out: leftOut };
  terminal.result(counts, [
    `${products.size} queries read, ${refused.length} lines refused${leftOut === 0 ? '' : `, ${leftOut} beyond the first 100 of a query left out`}.`,
    `Try it with shelfwright experiment start --variant ${flags.name}.`,
  ]);
  if (refused.length > 0) process.exitCode = DONE_WITH_QUARANTINE;
}

async function offers(flags: CommonOptions): Promise<void> {
  const found = await withBook(flags, (book) => book.offers());
  openTerminal(flags).result(
    { offers: found },
    found.map(({ name, title }) => `${name.padEnd(20)} ${title}`),
  );
}

async function adopt(name: string, flags: CommonOptions & { by: string }): Promise<void> {
  const adopted = await withBook(flags, (book) => book.adopt(name, flags.by));
  if (adopted === undefined)
    throw new UserError(`There is no experiment named ${name}: shelfwright experiment status lists them.`);
  openTerminal(flags).result(adopted, [
    `The ranking of ${adopted.note} serves from now on (version ${adopted.version}).`,
    'shelfwright experiment undo takes it back.',
  ]);
}

async function undo(flags: CommonOptions & { by: string }): Promise<void> {
  const undone = await withBook(flags, async (book) => book.undoAdoption(flags.by));
  openTerminal(flags).result(undone, [`The ranking of before serves again (version ${undone.version}).`]);
}

async function status(flags: CommonOptions): Promise<void> {
  const all = hasEvents(flags.data) ? await withBook(flags, async (book) => book.list()) : [];
  openTerminal(flags).result(
    { experiments: all.map(printed) },
    all.length === 0
      ? ['There are no experiments.']
      : all.map(
          ({ experiment, started, stopped, stopReason }) =>
            `${experiment.name.padEnd(24)} ${experiment.mode.padEnd(12)} ${stopped === null ? 'running' : `stopped ${dayOf(stopped)}${stopReason === null || stopReason === undefined ? '' : ' by a guardrail'}`}, started ${dayOf(started)}`,
        ),
  );
}

async function stop(name: string, flags: CommonOptions): Promise<void> {
  const stopped = await withBook(flags, (book) => book.stop(name));
  if (stopped === undefined)
    throw new UserError(`No experiment named ${name} runs: shelfwright experiment status lists them.`);
  openTerminal(flags).result(printed(stopped), [`The experiment ${name} is stopped.`]);
}

async function report(name: string, flags: CommonOptions): Promise<void> {
  const found = await withBook(flags, (book) => book.report(name));
  if (found === undefined)
    throw new UserError(`There is no experiment named ${name}: shelfwright experiment status lists them.`);
  openTerminal(flags).result(found, reportLines(found));
}

async function duration(flags: DurationFlags): Promise<void> {
  if (!hasEvents(flags.data))
    throw new UserError(
      'No searches of shoppers with a client_id are stored yet, so the traffic is unknown: see docs/events.md.',
    );
  const found = await withBook(flags, async (book) => book.duration(flags));
  const days = (count: number | null): string =>
    count === null ? 'unknown' : `${count.toLocaleString('en')} ${count === 1 ? 'day' : 'days'}`;
  openTerminal(flags).result(found, [
    `In ${days(found.days_measured)} ${found.clients_per_day.toLocaleString('en')} shoppers a day searched; ${percent(found.click_through_rate)} of the searches had a click.`,
    `To tell a relative change of ${percent(flags.effect)} with ${percent(flags.share)} of them:`,
    `  looking at any time    ${days(found.sequential_days)} (${found.sequential_clients?.toLocaleString('en') ?? 'unknown'} shoppers)`,
    `  one look at the end    ${days(found.fixed_days)} (${found.fixed_clients?.toLocaleString('en') ?? 'unknown'} shoppers)`,
  ]);
}

async function readDefinition(file: string): Promise<Experiment> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `cannot read ${file}: ${sentenceOf(error)}; name a YAML or JSON file of an experiment.`,
    );
  });
  const read = readYaml(text);
  if ('message' in read) throw new UserError(`${file}:${read.line}: ${read.message}.`);
  const parsed = experimentSchema.safeParse(read.raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const found = (issue?.path ?? []).reduce<unknown>((inside, key) => {
    if (Array.isArray(inside)) return inside[Number(key)];
    return isRecord(inside) ? inside[String(key)] : undefined;
  }, read.raw);
  const place = issue?.path.join('.') ?? '';
  throw new UserError(
    `${file}: ${place === '' ? '' : `${place}: `}${found === undefined ? 'missing' : `found ${describeValue(found)}`}; ${issue === undefined ? 'expected an experiment' : expectationOf(issue)}.`,
  );
}

function printed({ experiment, started, stopped, stopReason, baseline }: StoredExperiment) {
  return {
    ...experiment,
    started: new Date(started).toISOString(),
    stopped: stopped === null ? null : new Date(stopped).toISOString(),
    stop_reason: stopReason ?? null,
    baseline: baseline ?? null,
  };
}

async function withBook<T>(
  { data, indexes }: CommonOptions,
  work: (book: ExperimentBook, events: EventStore) => Promise<T>,
): Promise<T> {
  const catalog = openStore(data);
  let store: EventStore | undefined;
  try {
    const events = new EventStore(data, BUSY_TIMEOUT_MS);
    store = events;
    return await work(
      new ExperimentBook({
        reader: undefined,
        known: () => events,
        open: () => events,
        ranking: new RankingBook(catalog),
        dataDir: data,
        indexesDir: indexes,
        categoryOf: (id) => {
          const product = catalog.products.get(id);
          return product && applyFacts(product, catalog.facts.get(id)).product.category;
        },
      }),
      events,
    );
  } finally {
    store?.close();
    catalog.close();
  }
}

function shareOf(flag: string) {
  return (text: string): number => {
    const share = Number(text);
    if (text.trim() === '' || !(share > 0) || share > 1)
      throw new UsageError(`${flag}: found ${JSON.stringify(text)}; expected a number above 0, at most 1.`);
    return share;
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
