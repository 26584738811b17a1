import { decimalText, NEUTRAL, numberAt } from './numbers.js';
import { matchAt, unitAfter } from './unitAfter.js';
import { toBase, UNITS, type Unit } from './units.js';

/** A number in running text with a unit, a fraction, a decimal comma or several dimensions. */
export interface FoundSize {
  /** `number` has no unit; `dimensions` are several numbers, with or without one. */
  readonly kind: 'number' | 'size' | 'dimensions';
  /** In UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** The numbers in order, in normal form: `1¼` and `1-1/4` are `1.25`; `m8` for a metric thread. */
  readonly numbers: readonly string[];
  /** The same for any notation and unit of the same size: `27"`, `68.58 cm`. Undefined without a unit. */
  readonly key: string | undefined;
  /** The keys of its dimensions: of `10 cm` and `20 cm` for `10 x 20 cm`. Empty for a single size. */
  readonly dimensions: readonly string[];
  /** The words of the unit as written; '' for a sign. */
  readonly unitText: string;
  /** A length in a unit that cannot be mistaken for a letter: its number alone says nearly the same. */
  readonly isLength: boolean;
  /** The digits as written are no numbers of their own: `1/2` is neither 1 nor 2. */
  readonly isFraction: boolean;
}

/** The first character of a key, which no word begins with. */
const KEY_MARK = '=';
/** Significant digits of a key, so that a size and its conversion agree. */
const DIGITS = 5;
const MAX_DIMENSIONS = 4;

const SEPARATOR = /\s?[x×*х]\s?|\s+by\s+/iuy;
/** `W10`, `(H) 20`, `L: 30`; `M8` is a thread. */
const LETTER_BEFORE = /\(?([whdlbtmø])\)?\s?[:=]?\s?(?=[\d¼½¾⅐-⅞.])/iuy;
/** `10"W`, `20 cm (H)`. */
const LETTER_AFTER = /\s?(?:\([whdlbtø]\)|[whdlbtø](?![\p{L}\p{N}]))/iuy;
const JOIN_SMALLER = /[.,]?\s?(?:and\s)?/iuy;
/** Chinese and Japanese words need no space around a number. */
const WORD_CHARACTER = /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}\p{M}]/u;
/** Signs that join the pieces of a code: `CE-1/2` has no fraction. */
const JOINERS = "-‐‑‒–./_'’+&";
/** Signs after a number that begin no unit. */
const OTHER_SIGNS: ReadonlySet<string> = new Set(',.;:)]}!?&+=<>|\n\r\t'.split(''));
const DIMENSION_LETTER = /^[whdlbtmø]$/i;
const LETTER_UNITS: ReadonlySet<string> = new Set(['w', 'h', 'd', 'l', 'b', 't']);
/** Larger units with the smaller unit that may follow: `5 ft 6 in`. */
const SMALLER: Readonly<Record<string, string>> = { ft: 'in', lb: 'oz' };
/** The dimensions of units that apply to each number of `10 x 20 cm`. Of `2 x 500 ml`, the unit is of the last. */
const SHARED: ReadonlySet<string> = new Set(['length', 'pixels']);
/**
 * Sizes in running text: `27"`, `27-inch`, `1 1/4 in`, `1,7 Liter`, `10x20cm`, `W10 x H20`, `5 ft 6 in`. Leaves out bare
 * integers and decimal numbers, and everything inside a code.
 */
export function findSizes(text: string): FoundSize[] {
  const found: FoundSize[] = [];
  let end = 0;
  for (let at = nextDigit(text, 0); at >= 0; at = nextDigit(text, at)) {
    const size = mayBeSize(text, at) ? sizeAt(text, at, end) : undefined;
    if (size === undefined) at = afterDigits(text, at);
    else {
      found.push(size);
      end = size.end;
      at = end;
    }
  }
  return found;
}

function nextDigit(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (isDigit(text, at)) return at;
  return -1;
}

function afterDigits(text: string, from: number): number {
  let at = from + 1;
  while (isDigit(text, at)) at++;
  return at;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? code >= 48 && code <= 57 : isOtherDigit(code);
}

/** Fraction signs and full-width digits. */
function isOtherDigit(code: number): boolean {
  return (
    (code >= 0xbc && code <= 0xbe) || (code >= 0x2150 && code <= 0x215e) || (code >= 0xff10 && code <= 0xff19)
  );
}

/** The first words of units, folded: they rule out most numbers in a text without parsing them. */
const UNIT_WORDS: ReadonlySet<string> = new Set([
  ...UNITS.flatMap(({ spellings }) => spellings.map((spelling) => firstWord(spelling).toLowerCase())),
  ...['x', 'by', 'w', 'h', 'd', 'l', 'b', 't'],
]);

function firstWord(text: string): string {
  return /^\p{L}+/u.exec(text)?.[0] ?? '';
}

/** False for most numbers that are no sizes; cheap. */
function mayBeSize(text: string, from: number): boolean {
  let at = from;
  let code = text.charCodeAt(at);
  const mark = text.charCodeAt(from - 1);
  if (code > 127 || mark === 46 || mark === 44) return true;
  while ((code >= 48 && code <= 57) || code === 46 || code === 44) {
    if (code === 44) return true;
    code = text.charCodeAt(++at);
  }
  if (code === 32) code = text.charCodeAt(++at);
  if (code === 45) code = text.charCodeAt(++at);
  if (code === 32) code = text.charCodeAt(++at);
  if (at >= text.length || code === 46) return false;
  const start = at;
  while (code >= 48 && code <= 57) code = text.charCodeAt(++at);
  if (at > start) return code === 47 || code > 127;
  while ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) code = text.charCodeAt(++at);
  // A sign, or letters of other alphabets.
  if (at === start) return !OTHER_SIGNS.has(text[at] ?? '');
  if (code > 127) return true;
  const word = text.slice(start, at).toLowerCase();
  return UNIT_WORDS.has(word) || UNIT_WORDS.has(word.slice(0, -1));
}

/** A number with its unit. */
interface Element {
  readonly number: string;
  readonly value: number;
  readonly unit: Unit | undefined;
  readonly unitText: string;
  readonly end: number;
  /** Whether a letter that may name a dimension follows: `20 cm (H)`. */
  readonly hasLetter: boolean;
  /** Whether the digits alone read as another number: a fraction, a decimal comma, a leading point. */
  readonly isUnusual: boolean;
  readonly isFraction: boolean;
}

function sizeAt(text: string, at: number, previousEnd: number): FoundSize | undefined {
  const start = startOf(text, at, previousEnd);
  const first = start === undefined ? undefined : elementAt(text, start);
  if (start === undefined || first === undefined) return undefined;
  const elements = [first];
  let { end } = first;
  while (elements.length < MAX_DIMENSIONS) {
    const separator = matchAt(SEPARATOR, text, end);
    const next = separator === undefined ? undefined : elementAt(text, end + separator[0].length);
    if (next === undefined) break;
    elements.push(next);
    ({ end } = next);
  }
  // `W10` alone is a code.
  if (elements.length === 1 && start < at && !'.,'.includes(text[start] ?? '')) return undefined;
  const size = elements.length > 1 ? dimensionsOf(start, elements) : singleSize(text, start, first);
  return size !== undefined && WORD_CHARACTER.test(text[size.end] ?? ' ') ? undefined : size;
}

/** Where the size with the digits at `at` begins; undefined inside a word or a code. */
function startOf(text: string, at: number, previousEnd: number): number | undefined {
  let start = at;
  const mark = text[at - 1] ?? ' ';
  if ((mark === '.' || mark === ',') && !WORD_CHARACTER.test(text[at - 2] ?? ' ')) start--;
  else if (DIMENSION_LETTER.test(mark)) start--;
  if (start === previousEnd) return start;
  const before = text[start - 1] ?? ' ';
  if (WORD_CHARACTER.test(before)) return undefined;
  if (start - 1 === previousEnd || !WORD_CHARACTER.test(text[start - 2] ?? ' ')) return start;
  const isInNumber = before === ',' && isDigit(text, start - 2);
  return JOINERS.includes(before) || isInNumber ? undefined : start;
}

function elementAt(text: string, at: number): Element | undefined {
  const letter = matchAt(LETTER_BEFORE, text, at);
  const from = at + (letter?.[0].length ?? 0);
  const number = numberAt(text, from, NEUTRAL);
  if (number === undefined) return undefined;
  const { value, end, decimals, decimalMark } = number;
  const unit = unitAfter(text, end);
  const thread = letter !== undefined && letter[1]?.toLowerCase() === 'm' ? 'm' : '';
  const after = unit?.end ?? end;
  const letterAfter = matchAt(LETTER_AFTER, text, after)?.[0];
  return {
    number: thread + numberText(value),
    value,
    unit: thread === '' ? unit?.unit : undefined,
    unitText: unit?.text ?? '',
    end: after + (letterAfter?.length ?? 0),
    hasLetter: letterAfter !== undefined || LETTER_UNITS.has(unit?.text.toLowerCase() ?? ''),
    isUnusual: decimals === undefined || decimalMark === ',' || !/^\d/.test(text.slice(from, from + 1)),
    isFraction: decimals === undefined,
  };
}

function singleSize(text: string, start: number, element: Element): FoundSize | undefined {
  const { number, unit, unitText, isFraction, isUnusual } = element;
  if (unit === undefined) {
    if (!isUnusual) return undefined;
    return {
      ...{ kind: 'number', start, end: element.end, numbers: [number], key: undefined, dimensions: [] },
      ...{ unitText: '', isLength: false, isFraction },
    };
  }
  const smaller = smallerAfter(text, element.end, unit);
  const value = toBase(element.value, unit) + (smaller === undefined ? 0 : smaller.base);
  return {
    kind: 'size',
    start,
    end: smaller?.end ?? element.end,
    numbers: smaller === undefined ? [number] : [number, smaller.number],
    key: keyOf([value], unit),
    dimensions: [],
    unitText: [unitText, smaller?.unitText ?? ''].join(' ').trim(),
    isLength: smaller === undefined && unit.dimension === 'length' && unitText.length !== 1,
    isFraction: isFraction || smaller?.isFraction === true,
  };
}

/** The rest of a size in two units: `6 in` of `5 ft 6 in`. */
function smallerAfter(
  text: string,
  at: number,
  unit: Unit,
): (Element & { readonly base: number }) | undefined {
  const symbol = SMALLER[unit.symbol];
  if (symbol === undefined) return undefined;
  const from = at + (matchAt(JOIN_SMALLER, text, at)?.[0].length ?? 0);
  const found = isDigit(text, from) ? elementAt(text, from) : undefined;
  if (found?.unit?.symbol !== symbol || WORD_CHARACTER.test(text[found.end] ?? ' ')) return undefined;
  const base = toBase(found.value, found.unit);
  return base < unit.factor ? { ...found, base } : undefined;
}

function dimensionsOf(start: number, elements: readonly Element[]): FoundSize {
  const letters = elements.filter(({ hasLetter }) => hasLetter).length;
  // `10W x 20H` names dimensions; of `2 x 60W`, the letter is a unit.
  const own = elements.map(({ unit, unitText }) =>
    letters > 1 && LETTER_UNITS.has(unitText.toLowerCase()) ? undefined : unit,
  );
  const shared = own.findLast((unit) => unit !== undefined && SHARED.has(unit.dimension));
  const units = elements.map(({ number }, place) =>
    /^\d/.test(number) ? (own[place] ?? own.slice(place).find(isShared) ?? shared) : undefined,
  );
  const bases = elements.map(({ value, number }, place) => {
    const unit = units[place];
    return unit === undefined ? number : toBase(value, unit);
  });
  const known = units.filter((unit) => unit !== undefined);
  const [unit] = known;
  const isUniform = unit !== undefined && known.every(({ dimension }) => dimension === unit.dimension);
  return {
    kind: 'dimensions',
    start,
    end: elements.at(-1)?.end ?? start,
    numbers: elements.map(({ number }) => number),
    key: isUniform ? keyOf(bases, unit) : undefined,
    dimensions: elements.flatMap(({ value }, place) => {
      const one = units[place];
      return one === undefined ? [] : [keyOf([toBase(value, one)], one)];
    }),
    unitText: elements
      .map(({ unitText }) => unitText)
      .join(' ')
      .trim(),
    isLength: false,
    isFraction: elements.some(({ isFraction }) => isFraction),
  };
}

function isShared(unit: Unit | undefined): boolean {
  return unit !== undefined && SHARED.has(unit.dimension);
}

function keyOf(bases: readonly (number | string)[], { dimension }: Unit): string {
  const numbers = bases.map((base) => (typeof base === 'string' ? base : numberText(base)));
  return `${KEY_MARK}${numbers.join('x')}${dimension.replaceAll(' ', '-')}`;
}

/** Whether a term is the key of a size. */
export function isSizeKey(term: string): boolean {
  return term.startsWith(KEY_MARK);
}

function numberText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : decimalText(Number(value.toPrecision(DIGITS)));
}
