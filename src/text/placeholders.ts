import { foldLetters } from './fold.js';

/**
 * What exports write into a cell without a value. Words that are real values somewhere are left out: `None` is a
 * pattern, `NA` a region, `NAN` a brand (see `NUMBER_PLACEHOLDERS`). `-` stands for any run of dashes.
 */
export const DEFAULT_PLACEHOLDERS: readonly string[] = [
  '-',
  '?',
  'n/a',
  '#n/a',
  '#n/a n/a',
  '<na>',
  'n.a.',
  'n.v.',
  'n/d',
  'n.d.',
  's/o',
  'k.A.',
  'keine Angabe',
  'null',
  '(null)',
  '<null>',
  '[null]',
  '\\N',
  'undefined',
  '(empty)',
  '(blank)',
  '(none)',
  '<none>',
  'not applicable',
  'not available',
  'not specified',
  'unspecified',
  'unknown',
  'unbekannt',
  'tbd',
  'tba',
  '#ref!',
  '#bezug!',
  '#value!',
  '#wert!',
  '#div/0!',
  '#name?',
  '#null!',
  '#num!',
  '#zahl!',
  '#nv',
  '#spill!',
  '#calc!',
  '#getting_data',
  '#error!',
];

/** Words that mean no value where a number is expected. */
const NUMBER_PLACEHOLDERS: readonly string[] = ['na', 'nan', 'nil', 'none', '.', '/'];

const SPACE = 0x20;
const LAST_ASCII = 0x7f;
/** Longer cells are no placeholders. */
const MAX_LENGTH = 40;

/** The placeholders of a file. Case, accents, width, white space and invisible characters do not matter. */
export class Placeholders {
  readonly #words: ReadonlySet<string>;
  readonly #numberWords: ReadonlySet<string>;
  /** UTF-16 units that a placeholder can begin with. Most cells differ in the first one. */
  readonly #starts: ReadonlySet<number>;

  /** An empty list switches all placeholders off. */
  constructor(words: readonly string[] = DEFAULT_PLACEHOLDERS) {
    this.#words = new Set(words.map(keyOf).filter((word) => word !== ''));
    this.#numberWords = new Set(this.#words.size === 0 ? [] : NUMBER_PLACEHOLDERS.map(keyOf));
    const starts = [...this.#words, ...this.#numberWords].map((word) => word[0] ?? '');
    this.#starts = new Set(
      starts.flatMap((start) => [start, start.toUpperCase()]).map((start) => start.charCodeAt(0)),
    );
  }

  /** Whether a text that is not blank holds no value; `isNumber` where a number is expected. */
  has(text: string, isNumber = false): boolean {
    if (text.length > MAX_LENGTH) return false;
    const start = text.charCodeAt(0);
    if (start > SPACE && start <= LAST_ASCII && !this.#starts.has(start)) return false;
    const key = keyOf(text);
    return this.#words.has(key) || (isNumber && this.#numberWords.has(key));
  }

  /** A JSON value with null for a placeholder, and lists without them; the same value if it has none. */
  blanked(value: unknown, isNumber = false): unknown {
    if (typeof value === 'string') return this.has(value, isNumber) ? null : value;
    if (!Array.isArray(value)) return value;
    const isKept = (item: unknown): boolean => typeof item !== 'string' || !this.has(item, isNumber);
    if (value.every(isKept)) return value;
    const kept = value.filter(isKept);
    return kept.length === 0 ? null : kept;
  }
}

/** One character for a run of the same one, as in `--`, `???` and `...`. */
const RUN = /^(?:[-‐-―−_]+|\?+|\.+|\/+)$/u;

function keyOf(text: string): string {
  const key = foldLetters(text).replace(/[\p{Cf}\s]+/gu, '');
  return RUN.test(key) ? (/^[?./]/.exec(key)?.[0] ?? '-') : key;
}
