/** How a text writes numbers. It decides only what a lone mark before exactly three digits is: `1.299`, `1,299`. */
export interface Notation {
  /** The marks that group thousands there. Any other mark is a decimal mark. */
  readonly grouping: ',' | '.' | ',.';
  /** Whether `1.5E+03` is a number, as spreadsheets write long ones. */
  readonly exponents: boolean;
}

/** `1,299` is 1299, `1.299` is 1.299. */
export const DECIMAL_POINT: Notation = { grouping: ',', exponents: false };
/** `1.299` is 1299, `1,299` is 1.299. */
export const DECIMAL_COMMA: Notation = { grouping: '.', exponents: false };
/** For values whose notation nobody knows, such as those of a taxonomy and of stored products. */
export const NEUTRAL: Notation = { ...DECIMAL_POINT };

/** A number found in a text. */
export interface FoundNumber {
  readonly value: number;
  /** Where it ends, in UTF-16 units of the text. */
  readonly end: number;
  /** Digits after the decimal mark; undefined for a fraction (`3/4`, `1½`). */
  readonly decimals: number | undefined;
  /** The decimal mark that its notation has, where the number shows it by itself: `.` for `9.5` and `1,234,567`. */
  readonly shows: '.' | ',' | undefined;
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
/** What a ruler shows. `40/80 GB` is two capacities, not half a gigabyte. */
const DENOMINATORS: ReadonlySet<number> = new Set([2, 3, 4, 5, 8, 10, 16, 32, 64]);

/** Matches where a number may begin: at a digit, a fraction, or the mark of `.5`. */
export const NUMBER_START = new RegExp(
  `[0-9${FRACTION_SIGNS}٠-٩۰-۹०-९০-৯๐-๙０-９]|(?<![\\p{L}\\p{N}])[.,](?=[0-9０-９])`,
  'u',
);

const MIXED = new RegExp(
  `^(?:(\\d+)(?:\\s+|-|(?=[${FRACTION_SIGNS}])))?(?:(\\d{1,3})(\\s*)[/⁄](\\s*)(\\d{1,3})(?![\\d/]|[.,]\\d)|([${FRACTION_SIGNS}]))`,
  'u',
);
/** Groups parted by what is no decimal mark anywhere: an apostrophe or a no-break space. */
const GROUPED = /^\d{1,3}(?:['’\u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d|[.,]\d)/;
const SPACED = /^\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d|[.,]\d)/;
const PLAIN = /^(?:\d+(?:[.,]\d+)*|[.,]\d+)/;
const EXPONENT = /^(\d+)(?:([.,])(\d+))?[eE]([+-]?\d{1,3})(?![\d.,\p{L}])/u;
/** Nobody writes longer numbers. In UTF-16 units. */
const LONGEST = 64;

/**
 * The number that begins at `at`, without a sign: `1,299.00`, `1.299,00`, `1'299.50`, `1,29,900`, `.5`, `1½`, `1-1/2`,
 * digits of the common scripts. Undefined where none begins there, and for what is not one number: `1.2.3`.
 * With `spaced`, plain spaces group thousands (`1 299,00`) and may stand around the slash of a fraction. In running
 * text they would join a number to the next one.
 */
export function numberAt(
  text: string,
  at: number,
  notation: Notation = NEUTRAL,
  spaced = false,
): FoundNumber | undefined {
  const run = plainDigits(text.slice(at, at + LONGEST));
  const found = fractionIn(run, spaced) ?? exponentIn(run, notation) ?? decimalIn(run, notation, spaced);
  if (found === undefined || !Number.isFinite(found.value)) return undefined;
  const isCut = found.end === LONGEST && at + LONGEST < text.length;
  return isCut ? undefined : { ...found, end: at + found.end };
}

const SIGN = /^([+\-−－])\s*/u;

/** The number at the beginning of a text, after white space and a sign; spaces may group, as in `numberAt`. */
export function leadingNumber(text: string, notation: Notation = NEUTRAL): FoundNumber | undefined {
  const space = text.length - text.trimStart().length;
  const sign = SIGN.exec(text.slice(space, space + 4));
  const found = numberAt(text, space + (sign?.[0].length ?? 0), notation, true);
  if (found === undefined || sign === null || sign[1] === '+') return found;
  return { ...found, value: -found.value };
}

/** The number that a whole text is. Undefined for anything else: a range, a list, a number with a unit. */
export function readNumber(text: string, notation: Notation = NEUTRAL): number | undefined {
  const found = leadingNumber(text, notation);
  return found === undefined || text.slice(found.end).trim() !== '' ? undefined : found.value;
}

const DECIMAL = /^[-+]?\d+(?:\.\d+)?$/;

/** A number as programs write it, such as `-49.90`: no grouping, no decimal comma, no exponent. */
export function readDecimal(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : undefined;
}

/**
 * A number as one text whatever its notation: `1,299.00` is `1299`, `2.0` is `2`. Leading zeros stay, for they belong to
 * codes. Undefined for what is not digits with marks.
 */
export function canonicalDigits(text: string): string | undefined {
  const read = PLAIN.exec(text)?.[0] === text ? readMarks(text, NEUTRAL, false) : undefined;
  if (read === undefined) return undefined;
  const part = read.part.replace(/0+$/, '');
  return part === '' ? read.whole : `${read.whole}.${part}`;
}

/** Zeros of the digit blocks that people use beside ASCII: Arabic, Persian, Devanagari, Bengali, Thai, full width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const OTHER_DIGIT = /[٠-٩۰-۹०-९০-৯๐-๙０-９．]/u;
const OTHER_DIGITS = new RegExp(OTHER_DIGIT.source, 'gu');

/** Digits of other scripts as ASCII digits, each in its place. */
function plainDigits(text: string): string {
  return OTHER_DIGIT.test(text) ? text.replace(OTHER_DIGITS, plainDigit) : text;
}

function plainDigit(digit: string): string {
  if (digit === '．') return '.';
  const code = digit.charCodeAt(0);
  return String(code - (ZEROS.find((zero) => code >= zero && code < zero + 10) ?? code));
}

function fractionIn(run: string, spaced: boolean): FoundNumber | undefined {
  const mixed = MIXED.exec(run);
  if (mixed === null) return undefined;
  const [written, whole, over, before = '', behind = '', under, sign] = mixed;
  if (!spaced && before + behind !== '') return undefined;
  const isMixed = whole !== undefined;
  const part = sign === undefined ? fraction(Number(over), Number(under), isMixed) : FRACTIONS[sign];
  if (part === undefined) return undefined;
  return { value: Number(whole ?? 0) + part, end: written.length, decimals: undefined, shows: undefined };
}

/** Alone, a fraction is in lowest terms: `4/8 GB` is two capacities too. `40 6/8 in` is one length. */
function fraction(over: number, under: number, isMixed: boolean): number | undefined {
  if (over <= 0 || over >= under || !DENOMINATORS.has(under)) return undefined;
  return isMixed || isLowest(over, under) ? over / under : undefined;
}

/** The denominators have no other prime factors. */
function isLowest(over: number, under: number): boolean {
  return [2, 3, 5].every((prime) => over % prime !== 0 || under % prime !== 0);
}

function exponentIn(run: string, { exponents }: Notation): FoundNumber | undefined {
  const found = exponents ? EXPONENT.exec(run) : null;
  if (found === null) return undefined;
  const [written, whole = '', mark, part = '', power = ''] = found;
  return {
    value: Number(`${whole}.${part}e${power}`),
    end: written.length,
    decimals: Math.max(0, part.length - Number(power)),
    shows: isMark(mark) ? mark : undefined,
  };
}

function decimalIn(run: string, notation: Notation, spaced: boolean): FoundNumber | undefined {
  const grouped = ((spaced ? SPACED.exec(run) : null) ?? GROUPED.exec(run))?.[0];
  const written = grouped ?? PLAIN.exec(run)?.[0];
  if (written === undefined) return undefined;
  const digits = grouped === undefined ? written : written.replace(/[\s'’]/gu, '');
  const read = readMarks(digits, notation, grouped !== undefined);
  if (read === undefined) return undefined;
  const { whole, part, shows } = read;
  return { value: Number(`${whole}.${part}`), end: written.length, decimals: part.length, shows };
}

interface Marks {
  readonly whole: string;
  /** The digits after the decimal mark. */
  readonly part: string;
  readonly shows: '.' | ',' | undefined;
}

/** Takes digits, points and commas apart; undefined where no notation writes them so. `grouped`: other marks group. */
function readMarks(digits: string, { grouping }: Notation, grouped: boolean): Marks | undefined {
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (comma < 0 && point < 0) return { whole: digits, part: '', shows: undefined };
  const [mark, other] = comma > point ? ([',', '.'] as const) : (['.', ','] as const);
  const [whole = '', part = '', ...more] = digits.split(mark);
  if (grouped) return { whole, part, shows: mark };
  if (comma >= 0 && point >= 0) {
    if (more.length > 0 || !isGrouped(whole, other)) return undefined;
    return { whole: whole.replaceAll(other, ''), part, shows: mark };
  }
  const groupedDigits = { whole: digits.replaceAll(mark, ''), part: '' };
  if (more.length > 0) return isGrouped(digits, mark) ? { ...groupedDigits, shows: other } : undefined;
  if (part.length !== 3 || !/^[1-9]\d{0,2}$/.test(whole)) return { whole, part, shows: mark };
  return grouping.includes(mark) ? { ...groupedDigits, shows: undefined } : { whole, part, shows: undefined };
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
