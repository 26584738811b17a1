/** How a text writes numbers. It matters only for a single mark before exactly three digits: `1.299`, `1,299`. */
export interface Notation {
  /** The marks that group thousands in that case. Any other mark is a decimal mark. */
  readonly grouping: ',' | '.' | ',.';
  /** Whether `1.5E+03` is a number; spreadsheet programs write long numbers like this. */
  readonly exponents: boolean;
}

/** `1,299` is 1299, `1.299` is 1.299. */
export const DECIMAL_POINT: Notation = { grouping: ',', exponents: false };
/** `1.299` is 1299, `1,299` is 1.299. */
export const DECIMAL_COMMA: Notation = { grouping: '.', exponents: false };
/** For values of unknown notation, such as those of a taxonomy and of stored products. */
export const NEUTRAL: Notation = { ...DECIMAL_POINT };

/** A number found in a text. */
export interface FoundNumber {
  readonly value: number;
  /** End offset in the text, in UTF-16 units. */
  readonly end: number;
  /** Digits after the decimal mark; undefined for a fraction (`3/4`, `1½`). */
  readonly decimals: number | undefined;
  /** The decimal mark of the notation, if the number alone proves it: `.` for `9.5` and `1,234,567`. */
  readonly decimalMark: '.' | ',' | undefined;
}

const FRACTIONS: Readonly<Record<string, number>> = {
  '¼': 1 / 4,
  '½': 1 / 2,
  '¾': 3 / 4,
  '⅐': 1 / 7,
  '⅑': 1 / 9,
  '⅒': 1 / 10,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '⅕': 1 / 5,
  '⅖': 2 / 5,
  '⅗': 3 / 5,
  '⅘': 4 / 5,
  '⅙': 1 / 6,
  '⅚': 5 / 6,
  '⅛': 1 / 8,
  '⅜': 3 / 8,
  '⅝': 5 / 8,
  '⅞': 7 / 8,
};
const FRACTION_SIGNS = Object.keys(FRACTIONS).join('');
/** Denominators on a ruler. `40/80 GB` is two capacities, not half a gigabyte. */
const DENOMINATORS: ReadonlySet<number> = new Set([2, 3, 4, 5, 8, 10, 16, 32, 64]);

/** Matches the start of a number: a digit, a fraction, or the mark of `.5`. */
export const NUMBER_START = new RegExp(
  `[0-9${FRACTION_SIGNS}٠-٩۰-۹०-९০-৯๐-๙０-９]|(?<![\\p{L}\\p{N}])[.,](?=[0-9０-９])`,
  'u',
);

const MIXED = new RegExp(
  `^(?:(\\d+)(?:\\s+|-|(?=[${FRACTION_SIGNS}])))?(?:(\\d{1,3})(\\s*)[/⁄](\\s*)(\\d{1,3})(?![\\d/]|[.,]\\d)|([${FRACTION_SIGNS}]))`,
  'u',
);
/** Groups separated by a character that is never a decimal mark: an apostrophe or a no-break space. */
const GROUPED = /^\d{1,3}(?:['’`´\u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d|[.,]\d)/;
const SPACED = /^\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d|[.,]\d)/;
const PLAIN = /^(?:\d+(?:[.,]\d+)*|[.,]\d+)/;
const EXPONENT = /^(\d+)(?:([.,])(\d+))?[eE]([+-]?\d{1,3})(?![\d.,\p{L}])/u;
/** Longest number that is read, in UTF-16 units. */
const MAX_LENGTH = 64;

/**
 * The number that begins at `at`, without a sign: `1,299.00`, `1.299,00`, `1'299.50`, `1,29,900`, `.5`, `1½`, `1-1/2`,
 * digits of the common scripts. Undefined if no number begins there, or if it is not a single number: `1.2.3`. With
 * `spaced`, plain spaces group thousands (`1 299,00`) and are allowed around the slash of a fraction. Do not use it for
 * running text, where it joins adjacent numbers.
 */
export function numberAt(
  text: string,
  at: number,
  notation: Notation = NEUTRAL,
  spaced = false,
): FoundNumber | undefined {
  const run = toAsciiDigits(text.slice(at, at + MAX_LENGTH));
  const found = fractionIn(run, spaced) ?? exponentIn(run, notation) ?? decimalIn(run, notation, spaced);
  if (found === undefined || !Number.isFinite(found.value)) return undefined;
  const isCut = found.end === MAX_LENGTH && at + MAX_LENGTH < text.length;
  return isCut ? undefined : { ...found, end: at + found.end };
}

const SIGN = /^([+\-−－])\s*/u;

/** The number at the start of a text, after white space and a sign; spaces group digits, as in `numberAt`. */
export function leadingNumber(text: string, notation: Notation = NEUTRAL): FoundNumber | undefined {
  const space = text.length - text.trimStart().length;
  const sign = SIGN.exec(text.slice(space, space + 4));
  const found = numberAt(text, space + (sign?.[0].length ?? 0), notation, true);
  if (found === undefined || sign === null || sign[1] === '+') return found;
  return { ...found, value: -found.value };
}

/** What every notation reads alike, and most cells are. */
const COMMON = /^\d{1,15}(?:\.\d{1,2})?$/;

/** Whether every notation reads this text alike, as `Number` does: `1299`, `12.5`, `12.50`. */
export function isCommonNumber(text: string): boolean {
  return COMMON.test(text);
}

/** Reads a whole text as a number. Undefined for anything else: a range, a list, a number with a unit. */
export function readNumber(text: string, notation: Notation = NEUTRAL): number | undefined {
  if (isCommonNumber(text)) return Number(text);
  const found = leadingNumber(text, notation);
  return found === undefined || text.slice(found.end).trim() !== '' ? undefined : found.value;
}

const DECIMAL = /^[-+]?\d+(?:\.\d+)?$/;

/** Reads a number that a program wrote, such as `-49.90`: no grouping, no decimal comma, no exponent. */
export function readDecimal(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : undefined;
}

/** Writes a number without an exponent, because not every notation reads exponents. */
export function decimalText(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

/**
 * A number in normal form, whatever its notation: `1,299.00` becomes `1299`, `2.0` becomes `2`. Keeps leading zeros,
 * because codes have them. Undefined if the text is not digits with marks.
 */
export function canonicalDigits(text: string): string | undefined {
  const read = PLAIN.exec(text)?.[0] === text ? readMarks(text, NEUTRAL, false) : undefined;
  if (read === undefined) return undefined;
  const part = read.part.replace(/0+$/, '');
  return part === '' ? read.whole : `${read.whole}.${part}`;
}

/** Zeros of the common digit blocks besides ASCII: Arabic, Persian, Devanagari, Bengali, Thai, full width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const OTHER_DIGIT = /[٠-٩۰-۹०-९০-৯๐-๙０-９．，٫٬]/u;
const OTHER_DIGITS = new RegExp(OTHER_DIGIT.source, 'gu');

/** The marks between digits of other scripts. The Arabic ones have one meaning each, whatever the notation. */
const OTHER_MARKS: Readonly<Record<string, string>> = { '．': '.', '，': ',', '٬': "'", '٫': '.' };

/** Converts digits of other scripts, and the marks between them, to ASCII, at the same offsets. */
function toAsciiDigits(text: string): string {
  return OTHER_DIGIT.test(text) ? text.replace(OTHER_DIGITS, toAsciiDigit) : text;
}

function toAsciiDigit(digit: string): string {
  const mark = OTHER_MARKS[digit];
  if (mark !== undefined) return mark;
  const code = digit.charCodeAt(0);
  return String(code - (ZEROS.find((zero) => code >= zero && code < zero + 10) ?? code));
}

function fractionIn(run: string, spaced: boolean): FoundNumber | undefined {
  const mixed = MIXED.exec(run);
  if (mixed === null) return undefined;
  const [written, whole, numerator, before = '', after = '', denominator, sign] = mixed;
  if (!spaced && before + after !== '') return undefined;
  const isMixed = whole !== undefined;
  const part =
    sign === undefined ? fractionValue(Number(numerator), Number(denominator), isMixed) : FRACTIONS[sign];
  if (part === undefined) return undefined;
  return {
    value: Number(whole ?? 0) + part,
    end: written.length,
    decimals: undefined,
    decimalMark: undefined,
  };
}

/** A fraction without a whole part must be in lowest terms: `4/8 GB` is two capacities. `40 6/8 in` is one length. */
function fractionValue(numerator: number, denominator: number, isMixed: boolean): number | undefined {
  if (numerator <= 0 || numerator >= denominator || !DENOMINATORS.has(denominator)) return undefined;
  return isMixed || isInLowestTerms(numerator, denominator) ? numerator / denominator : undefined;
}

/** The allowed denominators have no prime factors besides these. */
function isInLowestTerms(numerator: number, denominator: number): boolean {
  return [2, 3, 5].every((prime) => numerator % prime !== 0 || denominator % prime !== 0);
}

function exponentIn(run: string, { exponents }: Notation): FoundNumber | undefined {
  const found = exponents ? EXPONENT.exec(run) : null;
  if (found === null) return undefined;
  const [written, whole = '', mark, part = '', power = ''] = found;
  return {
    value: Number(`${whole}.${part}e${power}`),
    end: written.length,
    decimals: Math.max(0, part.length - Number(power)),
    decimalMark: isMark(mark) ? mark : undefined,
  };
}

function decimalIn(run: string, notation: Notation, spaced: boolean): FoundNumber | undefined {
  const grouped = ((spaced ? SPACED.exec(run) : null) ?? GROUPED.exec(run))?.[0];
  const written = grouped ?? PLAIN.exec(run)?.[0];
  if (written === undefined) return undefined;
  const digits = grouped === undefined ? written : written.replace(/[\s'’`´]/gu, '');
  const read = readMarks(digits, notation, grouped !== undefined);
  if (read === undefined) return undefined;
  const { whole, part, decimalMark } = read;
  return { value: Number(`${whole}.${part}`), end: written.length, decimals: part.length, decimalMark };
}

interface Marks {
  readonly whole: string;
  /** The digits after the decimal mark. */
  readonly part: string;
  readonly decimalMark: '.' | ',' | undefined;
}

/**
 * Splits a number at its decimal mark; undefined if no notation allows its marks. `grouped`: other characters group.
 */
function readMarks(digits: string, { grouping }: Notation, grouped: boolean): Marks | undefined {
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (comma < 0 && point < 0) return { whole: digits, part: '', decimalMark: undefined };
  const [mark, other] = comma > point ? ([',', '.'] as const) : (['.', ','] as const);
  const [whole = '', part = '', ...more] = digits.split(mark);
  if (grouped) return { whole, part, decimalMark: mark };
  if (comma >= 0 && point >= 0) {
    if (more.length > 0 || !isGrouped(whole, other)) return undefined;
    return { whole: whole.replaceAll(other, ''), part, decimalMark: mark };
  }
  const groupedDigits = { whole: digits.replaceAll(mark, ''), part: '' };
  if (more.length > 0) return isGrouped(digits, mark) ? { ...groupedDigits, decimalMark: other } : undefined;
  if (part.length !== 3 || !/^[1-9]\d{0,2}$/.test(whole)) return { whole, part, decimalMark: mark };
  return grouping.includes(mark)
    ? { ...groupedDigits, decimalMark: undefined }
    : { whole, part, decimalMark: undefined };
}

const THOUSANDS = /^\d{1,3}(?:,\d{3})+$/;
/** Lakhs and crores: `1,29,900`. */
const LAKHS = /^\d{1,2}(?:,\d{2})+,\d{3}$/;

function isGrouped(whole: string, mark: ',' | '.'): boolean {
  if (mark === ',') return THOUSANDS.test(whole) || LAKHS.test(whole);
  return THOUSANDS.test(whole.replaceAll(mark, ','));
}

function isMark(text: string | undefined): text is '.' | ',' {
  return text === '.' || text === ',';
}
