import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { applySheet } from '../../service/review/applySheet.js';
import { exportSheet } from '../../service/review/exportSheet.js';
import { openReview } from '../../service/review/review.js';
import { valueText } from '../../service/review/valueText.js';
import type { Store } from '../../store/open.js';
import { type CommonOptions, DONE_WITH_QUARANTINE, wholeNumber } from '../options.js';
import type { Terminal } from '../terminal.js';
import { withStore, withStoreToRead } from '../withStore.js';

interface FilterFlags extends CommonOptions {
  readonly field?: string;
  readonly category?: string;
  readonly minConfidence?: number;
  readonly maxConfidence?: number;
}

export function addReview(program: Command): void {
  const review = program.command('review').description('review suggested values, one by one or by group');
  filtered(review.command('list', { isDefault: true }))
    .description('list the groups of suggestions that wait for review, most useful first')
    .option('--limit <n>', 'number of groups', wholeNumber('--limit', 1, 250), 20)
    .action((flags: FilterFlags & { limit: number }) =>
      withStoreToRead(flags, async (store, terminal) => {
        const page = openReview(store).suggestions({ ...filterOf(flags), page: 1, per_page: flags.limit });
        terminal.result(page, [
          `${page.suggestions} suggestions wait in ${page.total} groups.`,
          ...page.groups.map(
            ({ count, field, value, reason, confidence, group }) =>
              `${String(count).padStart(6)}  ${field} ${valueText(value)}: ${reason.says}  (${confidence.min.toFixed(2)} to ${confidence.max.toFixed(2)}, ${group})`,
          ),
          ...(page.total > 0 ? ['Next: shelfwright review export -o sheet.xlsx'] : []),
        ]);
      }),
    );
  filtered(review.command('export'))
    .description('write the suggestions to a sheet: one row per group, with columns for decisions')
    .requiredOption('-o, --out <file>', 'sheet to write: .xlsx, .csv or .tsv')
    .option('--no-formula-guard', 'do not escape cells that a spreadsheet would read as formulas')
    .action((flags: FilterFlags & { out: string; formulaGuard: boolean }) =>
      withStoreToRead(flags, async (store, terminal) => {
        const { groups, suggestions } = await exportSheet(
          store,
          flags.out,
          filterOf(flags),
          terminal.progress,
          flags.formulaGuard,
        );
        terminal.result({ groups, suggestions, out: flags.out }, [
          `${suggestions} suggestions in ${groups} groups: ${flags.out}`,
          "Enter accept, reject or correct in its column 'decision', for correct also the right value beside it;",
          `then: shelfwright review apply ${flags.out}`,
        ]);
      }),
    );
  review
    .command('apply')
    .description('apply the decisions of a sheet; rows without a decision are skipped')
    .argument('<sheet>', 'sheet from review export, with decisions')
    .option('--by <name>', 'who decides', userInfo().username)
    .option('--dry-run', 'print what would be done, and change nothing')
    .action((sheet: string, flags: CommonOptions & { by: string; dryRun?: boolean }) =>
      withStore(flags, async (store, terminal) => {
        const applied = await applySheet(store, sheet, { by: flags.by, dryRun: flags.dryRun === true });
        const { decisions, settled, already, undecided, bad } = applied;
        terminal.result(applied, [
          `${decisions.length} decisions ${applied.dry_run ? 'would settle' : 'settled'} ${settled} suggestions; ${already} rows were applied before, ${undecided} have no decision.`,
          ...decisions.map(
            ({ decision, action, field, value, corrected, settled }) =>
              `  ${applied.dry_run ? '' : `${decision}: `}${action} ${field} ${valueText(value)}${corrected === undefined ? '' : ` to ${valueText(corrected)}`}, ${settled} products`,
          ),
        ]);
        for (const { line, reason } of bad) terminal.note(`${sheet}, line ${line}: ${reason}`);
        if (bad.length > 0) process.exitCode = DONE_WITH_QUARANTINE;
      }),
    );
  review
    .command('reject')
    .description('reject one filled or suggested value of one product, such as a composed description')
    .argument('<product>', 'its id')
    .argument('<field>', 'such as description or attributes.color')
    .option('--by <name>', 'who rejects it', userInfo().username)
    .action((product: string, field: string, flags: CommonOptions & { by: string }) =>
      withStore(flags, (store, terminal) =>
        decideOne({ store, terminal, by: flags.by }, { action: 'reject', value: undefined, product, field }),
      ),
    );
  review
    .command('correct')
    .description('replace one filled or suggested value of one product')
    .argument('<product>', 'its id')
    .argument('<field>', 'such as category or attributes.color')
    .argument('<value>', 'the right value')
    .option('--by <name>', 'who corrects it', userInfo().username)
    .action((product: string, field: string, value: string, flags: CommonOptions & { by: string }) =>
      withStore(flags, (store, terminal) =>
        decideOne({ store, terminal, by: flags.by }, { action: 'correct', value, product, field }),
      ),
    );
  review
    .command('undo')
    .description('undo a decision')
    .argument('<decision>', 'its number, from apply or log', wholeNumber('<decision>', 1, 2 ** 50))
    .option('--by <name>', 'who undoes it', userInfo().username)
    .action((decision: number, flags: CommonOptions & { by: string }) =>
      withStore(flags, async (store, terminal) => {
        const decisions = [{ action: 'undo', decision } as const];
        const [undone] = await openReview(store).decide({ decisions, by: flags.by });
        terminal.result(undone, [
          `Decision ${decision} is undone (decision ${undone?.decision}): ${undone?.settled ?? 0} products are as before.`,
        ]);
      }),
    );
  review
    .command('log')
    .description('list the decisions, newest first')
    .option('--limit <n>', 'number of decisions', wholeNumber('--limit', 1, 250), 20)
    .action((flags: CommonOptions & { limit: number }) =>
      withStoreToRead(flags, async (store, terminal) => {
        const log = openReview(store).decisions({ page: 1, per_page: flags.limit });
        terminal.result(log, [
          ...log.decisions.map(
            (one) =>
              `${one.decision}  ${one.at}  ${one.by}  ${one.action}${one.undoes === undefined ? '' : ` ${one.undoes}`}  ${one.field} ${valueText(one.value)}${one.corrected === undefined ? '' : ` to ${valueText(one.corrected)}`}, ${one.settled} products${one.undone_by === undefined ? '' : ` (undone by ${one.undone_by})`}`,
          ),
          ...(log.total === 0 ? ['Nothing was decided yet.'] : []),
        ]);
      }),
    );
}

interface Deciding {
  readonly store: Store;
  readonly terminal: Terminal;
  readonly by: string;
}

interface OneValue {
  readonly action: 'reject' | 'correct';
  readonly value: string | undefined;
  readonly product: string;
  readonly field: string;
}

async function decideOne(
  { store, terminal, by }: Deciding,
  { action, value, product, field }: OneValue,
): Promise<void> {
  const decisions = [{ action, value, about: { product, field, shown: undefined } }];
  const [made] = await openReview(store).decide({ decisions, by });
  if (made === undefined) return;
  const did = made.action === 'reject' ? 'rejected' : made.action === 'accept' ? 'accepted' : 'corrected';
  const to = made.corrected === undefined ? '' : ` to ${valueText(made.corrected)}`;
  terminal.result(made, [
    `${field} of ${product} is ${did}${to}: ${valueText(made.value)}`,
    `To take it back: shelfwright review undo ${made.decision}`,
  ]);
}

function filtered(command: Command): Command {
  return command
    .option('--field <field>', 'for example category or attributes.color')
    .option('--category <path>', 'only products in this category or below it')
    .option('--min-confidence <n>', 'from 0 to 1', share)
    .option('--max-confidence <n>', 'from 0 to 1', share);
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError(`expected a number from 0 to 1, found '${text}'.`);
  return value;
}

function filterOf({ field, category, minConfidence, maxConfidence }: FilterFlags) {
  return { field, category, min_confidence: minConfidence, max_confidence: maxConfidence };
}
