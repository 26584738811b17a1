import type { Progress } from '../../domain/progress.js';
import { writeSheet } from '../../formats/sheet.js';
import type { Store } from '../../store/open.js';
import { groupSuggestions } from './groupSuggestions.js';
import { MAX_PER_PAGE, type SuggestionsRequest } from './reviewRequests.js';
import type { SuggestedProduct } from './suggestedProduct.js';
import { valueText } from './valueText.js';

/** The columns of a review sheet; a person fills the last two. */
const SHEET_COLUMNS = [
  'field',
  'value',
  'reason',
  'count',
  'confidence',
  'examples',
  'decision',
  'correct value',
  'group',
  'shown',
] as const;

/**
 * Writes the undecided suggestions to a sheet, one row a group, in the order of `groupSuggestions`. The column `shown`
 * contains the filter, so that a decision covers what the row shows. `guarded` keeps spreadsheets from reading cells of
 * a CSV or TSV as formulas. Returns how many groups and suggestions were written.
 * @throws UserError if the file cannot be written.
 */
export async function exportSheet(
  store: Store,
  out: string,
  filter: Omit<SuggestionsRequest, 'page' | 'per_page'>,
  progress: Progress,
  guarded = true,
): Promise<{ groups: number; suggestions: number }> {
  const rows: string[][] = [[...SHEET_COLUMNS]];
  let suggestions = 0;
  store.snapshot(() => {
    for (let page = 1; ; page++) {
      const { groups, total } = groupSuggestions(store, { ...filter, page, per_page: MAX_PER_PAGE });
      for (const one of groups) {
        const { min, max } = one.confidence;
        rows.push([
          ...[one.field, valueText(one.value), one.reason.says, String(one.count)],
          min === max ? min.toFixed(2) : `${min.toFixed(2)} to ${max.toFixed(2)}`,
          ...[one.examples.map(exampleText).join('\n'), '', '', one.group, shownText(one.state, filter)],
        ]);
        suggestions += one.count;
      }
      progress('export', rows.length - 1, total);
      if (groups.length < MAX_PER_PAGE) break;
    }
  });
  await writeSheet(out, rows, guarded);
  return { groups: rows.length - 1, suggestions };
}

function exampleText({ id, title, quoted, neighbours }: SuggestedProduct): string {
  if (quoted !== undefined && quoted.field !== 'title') {
    return `${id}: ${title} (${quoted.field}: …${quoted.before}[${quoted.quote}]${quoted.after}…)`;
  }
  if (quoted !== undefined) return `${id}: ${quoted.before}[${quoted.quote}]${quoted.after}`;
  const like = (neighbours ?? []).map((one) => `${one.id} ${one.title}`).join('; ');
  return like === '' ? `${id}: ${title}` : `${id}: ${title} (like ${like})`;
}

/** The group's state and the filter, for `applySheet` to check. */
function shownText(
  state: string,
  { category, min_confidence, max_confidence }: Partial<SuggestionsRequest>,
): string {
  const narrowing = { category, min_confidence, max_confidence };
  const narrowed = Object.values(narrowing).some((one) => one !== undefined);
  return narrowed ? `${state} ${JSON.stringify(narrowing)}` : state;
}
