/** Values that a spreadsheet program converts unless an apostrophe stands before them: numbers, dates, truth values. */
const CONVERTED = /^(?:[+-]?[\d.,/: \u00a0-]*\d[\d.,/: \u00a0%-]*(?:e[+-]?\d+)?|true|false)$/i;
/** Longer cells are no numbers. */
const MAX_LENGTH = 64;
/** A formula whose only purpose is to keep a text: `="00123"`, `=T("00123")`. */
const TEXT_FORMULA = /^=\s*(?:T\s*)?(\(?)\s*"((?:[^"]|"")*)"\s*(\)?)$/i;

/**
 * Undoes what people and programs write around a text so that spreadsheet programs do not convert it: `'00123`,
 * `="00123"`, a tab before it. `'90s` and `'Red'` stay as they are.
 */
export function unguardText(cell: string): string {
  const first = cell[0];
  if (first === '\t') return isConverted(cell.trim()) ? cell.trim() : cell;
  if (first === "'") return isGuardedValue(cell) ? cell.slice(1) : cell;
  if (first !== '=') return cell;
  const [, open, text, close] = TEXT_FORMULA.exec(cell.trimEnd()) ?? [];
  return text !== undefined && (open === '') === (close === '') ? text.replaceAll('""', '"') : cell;
}

/** Whether a text is apostrophes before a value that spreadsheet programs convert. */
export function isGuardedValue(text: string): boolean {
  return text.startsWith("'") && isConverted(text.replace(/^'+/, '').trim());
}

function isConverted(text: string): boolean {
  return text.length <= MAX_LENGTH && CONVERTED.test(text);
}
