import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { SPELLING_KINDS, type SpellingKind } from '../../audit/betterSpellings.js';
import type { SpellingCluster } from '../../audit/spellingClusters.js';
import {
  applySpellings,
  DEFAULT_KINDS,
  listSpellings,
  undoSpellings,
} from '../../catalog/spellings/applySpellings.js';
import type { SpellingChoice } from '../../catalog/spellings/respell.js';
import { respellFile } from '../../catalog/spellings/respellFile.js';
import { UsageError } from '../../domain/errors.js';
import { describeQuarantine } from '../../formats/quarantine.js';
import { openSource } from '../../formats/source.js';
import {
  addReadingOptions,
  type CommonOptions,
  DONE_WITH_QUARANTINE,
  type ReadingFlags,
  readingOf,
  wholeNumber,
} from '../options.js';
import { withStore, withStoreToRead } from '../withStore.js';

interface ChoiceFlags extends CommonOptions {
  readonly field?: string[];
  readonly kind?: SpellingKind[];
}

interface ApplyFlags extends ChoiceFlags, ReadingFlags {
  readonly output?: string;
  readonly taxonomy?: string;
  readonly quarantine: string;
  readonly preview?: boolean;
  readonly by: string;
}

const MAX_RUNS = 1000;
const SHOWN_CLUSTERS = 20;
const SHOWN_SPELLINGS = 4;

export function addSpellings(program: Command): void {
  const spellings = program
    .command('spellings')
    .description('give values the spelling that the audit suggests, in the store or in a file');
  choosing(spellings.command('list', { isDefault: true }))
    .description('list the values of the store that are written in several ways')
    .action((flags: ChoiceFlags) =>
      withStoreToRead(flags, async (store, terminal) => {
        const clusters = await listSpellings(store, choiceOf(flags));
        terminal.result({ clusters }, [
          ...linesOf(clusters),
          ...(clusters.length === 0
            ? ['Every value has one spelling.']
            : ['Next: shelfwright spellings apply --preview']),
        ]);
      }),
    );
  addReadingOptions(choosing(spellings.command('apply')))
    .description('change the spellings in the store; with a file, write a copy of it')
    .argument('[in]', 'CSV, TSV, JSONL or XLSX, gzip accepted (default: the store)')
    .option('-o, --output <file>', 'the copy, in the format of the file')
    .option('--preview', 'only count what would change')
    .option('--taxonomy <dir>', 'taxonomy to use for a file, as for audit')
    .option('--quarantine <file>', 'file for rows that cannot be read', 'spellings.quarantine.jsonl')
    .option('--by <name>', 'who changes the store', userInfo().username)
    .action((input: string | undefined, flags: ApplyFlags) =>
      input === undefined ? applyToStore(flags) : applyToFile(input, flags),
    );
  spellings
    .command('runs')
    .description('list the changes to the store, newest first')
    .action((flags: CommonOptions) =>
      withStoreToRead(flags, async (store, terminal) => {
        const runs = store.spellingRuns.list(MAX_RUNS);
        terminal.result(
          { runs },
          runs.map(
            ({ run, at, by, changes, undone }) =>
              `${run}  ${at}  ${by}  ${changes} values${undone === null ? '' : `, undone ${undone}`}`,
          ),
        );
      }),
    );
  spellings
    .command('undo')
    .description('restore the values that a run changed, except those changed since')
    .argument('<run>', 'its number, from runs', wholeNumber('<run>', 1, 2 ** 50))
    .action((run: number, flags: CommonOptions) =>
      withStore(flags, async (store, terminal) => {
        const undone = await undoSpellings(store, run);
        terminal.result(undone, [
          `${undone.restored} values restored, ${undone.kept} were changed since and stay.`,
        ]);
      }),
    );
}

function choosing(command: Command): Command {
  return command
    .option('--field <names>', 'only these fields: brand,attributes.color', (text) => text.split(','))
    .option('--kind <kinds>', `${SPELLING_KINDS.join(', ')} (default: ${DEFAULT_KINDS.join(',')})`, kinds);
}

function kinds(text: string): SpellingKind[] {
  return text.split(',').map((one) => {
    const kind = SPELLING_KINDS.find((known) => known === one.trim());
    if (kind === undefined)
      throw new UsageError(`--kind takes ${SPELLING_KINDS.join(', ')}, found '${one}'.`, { field: '--kind' });
    return kind;
  });
}

function choiceOf({ field, kind = [...DEFAULT_KINDS] }: ChoiceFlags): SpellingChoice {
  return { fields: field?.map((name) => name.trim()), kinds: kind };
}

async function applyToStore(flags: ApplyFlags): Promise<void> {
  if (flags.output !== undefined)
    throw new UsageError('--output needs a file to copy: shelfwright spellings apply <in> -o <out>.', {
      field: '--output',
    });
  const preview = flags.preview === true;
  const work = preview ? withStoreToRead : withStore;
  await work(flags, async (store, terminal) => {
    const report = await applySpellings(store, { ...choiceOf(flags), preview, by: flags.by });
    terminal.result(report, [
      ...(preview ? linesOf(report.clusters) : []),
      `${report.values} values of ${report.products} products ${preview ? 'would change' : 'changed'}.`,
      ...(report.run === null ? [] : [`To undo: shelfwright spellings undo ${report.run}`]),
    ]);
  });
}

async function applyToFile(input: string, flags: ApplyFlags): Promise<void> {
  const preview = flags.preview === true;
  if (!preview && flags.output === undefined)
    throw new UsageError('Name the copy with -o <file>, or add --preview.', { field: '--output' });
  const source = await openSource(input, readingOf(flags));
  await withStoreToRead(flags, async (store, terminal) => {
    const { taxonomy, quarantine } = flags;
    const out = preview ? undefined : flags.output;
    const report = await respellFile({ source, out, taxonomy, store, quarantine, ...choiceOf(flags) });
    terminal.result(report, [
      ...(preview ? linesOf(report.clusters) : []),
      `${report.values} values of ${report.products} products ${preview ? 'would change' : 'changed'}.`,
      ...(out === undefined ? [] : [`Written: ${out}`]),
      ...describeQuarantine(report, quarantine),
    ]);
    if (report.quarantined > 0) process.exitCode = DONE_WITH_QUARANTINE;
  });
}

function linesOf(clusters: readonly SpellingCluster[]): string[] {
  const lines = clusters.slice(0, SHOWN_CLUSTERS).map(({ field, value, spellings }) => {
    const shown = spellings
      .slice(0, SHOWN_SPELLINGS)
      .map(({ text, count }) => `${JSON.stringify(text)} ${count}`);
    const more = spellings.length > SHOWN_SPELLINGS ? ', …' : '';
    return `${field}: ${shown.join(', ')}${more} → ${JSON.stringify(value)}`;
  });
  const rest = clusters.length - lines.length;
  return rest > 0 ? [...lines, `… and ${rest} more values; --json lists all.`] : lines;
}
