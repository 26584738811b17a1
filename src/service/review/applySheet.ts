import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { governStore } from '../../catalog/taxonomy/governTaxonomy.js';
import { UserError } from '../../domain/errors.js';
import type { AttributeValue } from '../../domain/product.js';
import { readSheet, type SheetRow } from '../../formats/sheet.js';
import type { Store } from '../../store/open.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import { checkValue } from './checkValue.js';
import { type DecisionContext, decideSuggestions, describeDecision, type DecisionResult } from './decideSuggestions.js';
import type { Narrowing, Verdict } from './reviewRequests.js';

export interface AppliedSheet {
  /** Rows under the header. */
  readonly rows: number;
  /** Without a decision. */
  readonly undecided: number;
  /** Rows whose decision stands already: the sheet was applied before. */
  readonly already: number;
  readonly decisions: readonly (DecisionResult & { readonly line: number })[];
  /** Suggestions settled by all of them. */
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
 * Does what a review sheet says, row by row: a bad row, or one about a group that has changed since the sheet was
 * written, is named with its line and reason and hinders no other. A row that was done before is passed over, so
 * applying twice does nothing twice. A dry run answers the same and changes nothing.
 * @throws UserError if the sheet cannot be read.
 */
export async function applySheet(
  store: Store,
  path: string,
  { by, dryRun }: { readonly by: string; readonly dryRun: boolean },
): Promise<AppliedSheet> {
  const rows = await readSheet(path, NEEDED);
  const view = viewTaxonomy(await governStore(store, undefined));
  const deciding: DecisionContext = { store, view, by, at: new Date() };
  const tally = { undecided: 0, already: 0 };
  const decisions: (DecisionResult & { line: number })[] = [];
  const bad: { line: number; reason: string }[] = [];
  const all = (): void => {
    for (const row of rows) {
      try {
        const done = store.transaction(() => applyRow(deciding, row));
        if (typeof done === 'string') tally[done]++;
        else decisions.push({ ...done, line: row.line });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        bad.push({ line: row.line, reason: error.message });
      }
    }
  };
  if (dryRun) rehearse(store, all);
  else all();
  const settled = decisions.reduce((sum, one) => sum + one.settled, 0);
  return { rows: rows.length, ...tally, decisions, settled, bad, dry_run: dryRun };
}

function applyRow(deciding: DecisionContext, { cells, fault }: SheetRow): DecisionResult | 'undecided' | 'already' {
  if (fault !== undefined) throw new UserError(`the row cannot be read: ${fault}.`);
  const cell = (name: string): string => cells.get(name) ?? '';
  const word = cell('decision').toLowerCase();
  const value = cell('correct value');
  if (word === '') {
    if (value === '') return 'undecided';
    throw new UserError(
      `there is a correct value '${value}' and no decision: write correct beside it, or take it out.`,
    );
  }
  const action = Object.hasOwn(DECISIONS, word) ? DECISIONS[word] : undefined;
  if (action === undefined)
    throw new UserError(`the decision '${cell('decision')}' is none; expected accept, reject or correct.`);
  if (action === 'correct' && value === '')
    throw new UserError('the decision is correct and the correct value is empty: write what it should be.');
  if (action !== 'correct' && value !== '')
    throw new UserError(`there is a correct value '${value}' beside ${word}: write correct, or take it out.`);
  const group = cell('group');
  const { state, narrowing } = readShown(cell('shown'));
  const verdict: Verdict = {
    action,
    value: action === 'correct' ? readValue(value) : undefined,
    about: { group, narrowing, except: [], shown: state },
  };
  return isDone(deciding, verdict, group, state) ? 'already' : decideSuggestions(deciding, verdict);
}

/** @throws UserError if the row's group, as it was shown, was decided otherwise. */
function isDone({ store, view }: DecisionContext, verdict: Verdict, group: string, state: string): boolean {
  const last = store.decisions.inForce(group).find((one) => one.state === state);
  if (last === undefined) return false;
  const corrected = verdict.value === undefined ? undefined : checkValue(view, last.field, verdict.value);
  const action = isDeepStrictEqual(corrected, last.value) ? 'accept' : verdict.action;
  const wanted = action === 'correct' ? corrected : undefined;
  if (action === last.action && isDeepStrictEqual(wanted, last.corrected)) return true;
  throw new UserError(`the group was decided otherwise: ${describeDecision(last)}; undo that first.`);
}

function readShown(text: string): { state: string; narrowing: Narrowing } {
  const [, state, narrowed] = /^(s[0-9a-f]+)(?: (\{.*\}))?$/.exec(text) ?? [];
  if (state === undefined)
    throw new UserError(`the column shown was altered, found '${text}': take the row from a new export.`);
  if (narrowed === undefined) return { state, narrowing: {} };
  try {
    return { state, narrowing: narrowingSchema.parse(JSON.parse(narrowed)) };
  } catch {
    throw new UserError(`the column shown was altered, found '${text}': take the row from a new export.`);
  }
}

/** A cell as a value; of attributes that hold several, parted at semicolons. */
function readValue(text: string): AttributeValue {
  const items = text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length > 1 ? items : text;
}

/** Does the work and takes all of it back. */
function rehearse(store: Store, work: () => void): void {
  const over = Symbol('over');
  try {
    store.transaction(() => {
      work();
      throw over;
    });
  } catch (thrown) {
    if (thrown !== over) throw thrown;
  }
}
