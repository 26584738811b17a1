import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { governStore } from '../../catalog/taxonomy/governTaxonomy.js';
import { UserError } from '../../domain/errors.js';
import type { AttributeValue } from '../../domain/product.js';
import { readSheet, type SheetRow } from '../../formats/sheet.js';
import type { Store } from '../../store/open.js';
import { checkValue } from './checkValue.js';
import {
  type DecisionContext,
  type DecisionResult,
  decideSuggestions,
  describeDecision,
} from './decideSuggestions.js';
import type { Narrowing, Verdict } from './reviewRequests.js';

export interface AppliedSheet {
  /** Rows below the header. */
  readonly rows: number;
  /** Rows without a decision. */
  readonly undecided: number;
  /** Rows whose decision was made before, by an earlier run over the same sheet. */
  readonly already: number;
  readonly decisions: readonly (DecisionResult & { readonly line: number })[];
  /** Suggestions that these decisions settled. */
  readonly settled: number;
  readonly bad: readonly { readonly line: number; readonly reason: string }[];
  readonly dry_run: boolean;
}

const NEEDED = ['decision', 'correct value', 'group', 'shown'];
const DECISIONS: Readonly<Record<string, Verdict['action']>> = {
  accept: 'accept',
  accepted: 'accept',
  reject: 'reject',
  rejected: 'reject',
  correct: 'correct',
  corrected: 'correct',
};
const narrowingSchema = z.strictObject({
  category: z.string().optional(),
  min_confidence: z.number().optional(),
  max_confidence: z.number().optional(),
});

/**
 * Makes the decisions of a review sheet, row by row. A bad row, or one about a group that has changed since the export,
 * is reported with its line and reason and does not stop the others. Applying a sheet twice is idempotent. A dry run
 * reports the same and changes nothing.
 * @throws UserError if the sheet cannot be read.
 */
export async function applySheet(
  store: Store,
  path: string,
  { by, dryRun }: { readonly by: string; readonly dryRun: boolean },
): Promise<AppliedSheet> {
  const rows = await readSheet(path, NEEDED);
  const view = await governStore(store, undefined);
  const context: DecisionContext = { store, view, by, at: new Date() };
  const tally = { undecided: 0, already: 0 };
  const decisions: (DecisionResult & { line: number })[] = [];
  const bad: { line: number; reason: string }[] = [];
  const applyAll = (): void => {
    for (const row of rows) {
      try {
        const done = store.transaction(() => applyRow(context, row));
        if (typeof done === 'string') tally[done]++;
        else decisions.push({ ...done, line: row.line });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        bad.push({ line: row.line, reason: error.message });
      }
    }
  };
  if (dryRun) rollBackAfter(store, applyAll);
  else applyAll();
  const settled = decisions.reduce((sum, one) => sum + one.settled, 0);
  return { rows: rows.length, ...tally, decisions, settled, bad, dry_run: dryRun };
}

function applyRow(
  context: DecisionContext,
  { cells, fault }: SheetRow,
): DecisionResult | 'undecided' | 'already' {
  if (fault !== undefined) throw new UserError(`the row cannot be read: ${fault}.`);
  const cell = (name: string): string => cells.get(name) ?? '';
  const word = cell('decision').toLowerCase();
  const value = cell('correct value');
  if (word === '') {
    if (value === '') return 'undecided';
    throw new UserError(
      `there is a correct value '${value}' and no decision: write correct beside it, or remove it.`,
    );
  }
  const action = Object.hasOwn(DECISIONS, word) ? DECISIONS[word] : undefined;
  if (action === undefined)
    throw new UserError(`the decision '${cell('decision')}' is unknown; expected accept, reject or correct.`);
  if (action === 'correct' && value === '')
    throw new UserError('the decision is correct and the correct value is empty: write what it should be.');
  if (action !== 'correct' && value !== '')
    throw new UserError(`there is a correct value '${value}' beside ${word}: write correct, or remove it.`);
  const group = cell('group');
  const { state, narrowing } = readShown(cell('shown'));
  const verdict: Verdict = {
    action,
    value: action === 'correct' ? readValue(value) : undefined,
    about: { group, narrowing, except: [], shown: state },
  };
  return isDone(context, verdict, group, state) ? 'already' : decideSuggestions(context, verdict);
}

/** Whether an earlier run made this decision. @throws UserError if another decision was made about the group as shown. */
function isDone({ store, view }: DecisionContext, verdict: Verdict, group: string, state: string): boolean {
  const last = store.decisions.inForce(group).find((one) => one.state === state);
  if (last === undefined) return false;
  const corrected = verdict.value === undefined ? undefined : checkValue(view, last.field, verdict.value);
  const action = isDeepStrictEqual(corrected, last.value) ? 'accept' : verdict.action;
  const wanted = action === 'correct' ? corrected : undefined;
  if (action === last.action && isDeepStrictEqual(wanted, last.corrected)) return true;
  throw new UserError(
    `another decision was made about the group: ${describeDecision(last)}; undo that first.`,
  );
}

function readShown(text: string): { state: string; narrowing: Narrowing } {
  const [, state, narrowed] = /^(s[0-9a-f]+)(?: (\{.*\}))?$/.exec(text) ?? [];
  if (state === undefined)
    throw new UserError(`the column shown was changed, found '${text}': take the row from a new export.`);
  if (narrowed === undefined) return { state, narrowing: {} };
  try {
    return { state, narrowing: narrowingSchema.parse(JSON.parse(narrowed)) };
  } catch {
    throw new UserError(`the column shown was changed, found '${text}': take the row from a new export.`);
  }
}

/** A cell as a value; semicolons separate several. */
function readValue(text: string): AttributeValue {
  const items = text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length > 1 ? items : text;
}

/** Does the work in a transaction and rolls it back. */
function rollBackAfter(store: Store, work: () => void): void {
  const rollBack = Symbol('roll back');
  try {
    store.transaction(() => {
      work();
      throw rollBack;
    });
  } catch (thrown) {
    if (thrown !== rollBack) throw thrown;
  }
}
