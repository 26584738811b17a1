import { type CurrencyName, currenciesIn } from './currencies.js';
import { amountText } from './html.js';
import {
  DECIMAL_COMMA,
  DECIMAL_POINT,
  type FoundNumber,
  isCommonNumber,
  NEUTRAL,
  type Notation,
  NUMBER_START,
  numberAt,
} from './numbers.js';

/** An amount of money read from a table cell. */
export interface Money {
  /** In units of the currency, at least 0: `99¢` is 0.99. */
  readonly amount: number;
  /** ISO 4217 code, if there is a known symbol, name or code next to the number. */
  readonly currency: string | undefined;
}

/**
 * A dash instead of cents: `12,-`, `1'299.–`, `1 299:-`. A point or a comma before it is the decimal mark. `/-` and `/=`
 * end an amount in India and East Africa.
 */
const NO_CENTS = /^(?:([.,])\s?[-–—−=]+|:[-–—−]+|\s?\/[-=])/u;
/** Cents after the currency: `12€99`. */
const SPLIT_BY_SYMBOL = /^\s?(\p{Sc})\s?(\d\d)$/u;
/** Cents after a colon, as in Swedish: `99:90 kr`. */
const SPLIT_BY_COLON = /^:(\d\d)(?=\s?kr\.?$|\s?SEK$)/iu;
/** A dash instead of the whole part, as in Switzerland: `-.50`. */
const NO_WHOLE = /[-–—−]{1,2}$/u;
/** Direction marks and other invisible characters. */
const INVISIBLE = /\p{Cf}+/gu;
const FULL_WIDTH: Readonly<Record<string, string>> = {
  '＄': '$',
  '￠': '¢',
  '￡': '£',
  '￥': '¥',
  '￦': '₩',
  '，': ',',
};

/** The words around a tax, such as `incl. VAT`, `inkl. 19 % MwSt.`, `+ VAT`. */
const TAX = `(?:vat|mwst|ust|tax(?:es)?|gst|hst|tva|iva|btw|moms|mva|alv|dph|[áa]fa|kdv|ндс)`;
const INCLUDED = `(?:incl?|inkl|including|included|inklusive|excl?|exkl|ex|excluding|exklusive|zzgl|plus)`;
/** What may follow a price: a footnote mark, whether tax is included, and what the price is for. */
const NOTES: readonly RegExp[] = [
  /[*†‡#]{1,3}$/u,
  /[¹²³⁴]$/u,
  new RegExp(
    String.raw`(?:^|[\s,;+(]+)(?:${INCLUDED}\.? ?)?(?:\d{1,2}(?:[.,]\d)? ?% ?)?${TAX}\.?(?: ${INCLUDED}\.?)?\)?$`,
    'iu',
  ),
  /(?:^|[\s(])(?:ttc|ht|netto|brutto|net|gross|each|ea|apiece)\.?\)?$/iu,
  /(?:\/|(?:^|\s)(?:per|pro|par|por|je|à) )\s?\p{L}[\p{L}. ]{0,20}$/iu,
];
/** Longer cells hold more than a price. */
const MAX_LENGTH = 100;

/**
 * Reads a whole cell as an amount of money in any common notation: `€1.299,00`, `1,299.00 USD`, `1 299,00 kr`, `12,-`,
 * `₹1,29,999`, `99¢`. Undefined for anything else: a range, a negative amount, a number with other words, two different
 * currencies. `usual` is the currency of amounts without one, or with a symbol of several, such as `$`.
 */
export function readMoney(
  text: string,
  notation: Notation = NEUTRAL,
  usual?: string | undefined,
): Money | undefined {
  if (isCommonNumber(text)) return { amount: Number(text), currency: usual };
  const found = moneyIn(amountText(text), notation);
  if (found === undefined) return undefined;
  const currency = currencyOf(found.currencies, usual);
  if (currency === 'contradictory') return undefined;
  const own = notationOfCurrency(currency, notation);
  if (own !== notation) return readMoney(text, own, usual);
  const has = (kind: CurrencyName['kind']): boolean => found.currencies.some((one) => one.kind === kind);
  const isMinor = has('minor') && !has('symbol');
  return { amount: isMinor ? hundredths(found.value) : found.value, currency };
}

/** The decimal mark of the notation, if a price alone proves it: `.` for `9.50`, `,` for `12,-`. */
export function decimalMarkOfMoney(text: string): '.' | ',' | undefined {
  return moneyIn(text, NEUTRAL)?.decimalMark;
}

/** Whether a cell holds dashes instead of an amount, as accounting formats write nothing or zero: `$ -`, `– €`. */
export function isDashAmount(text: string): boolean {
  if (text.length > MAX_LENGTH || !/[-–—−]/u.test(text)) return false;
  const rest = text.replace(INVISIBLE, '').replace(/[-–—−]+/gu, ' ');
  return currenciesIn(rest) !== undefined;
}

interface FoundMoney {
  readonly value: number;
  readonly decimalMark: '.' | ',' | undefined;
  readonly currencies: readonly CurrencyName[];
}

function moneyIn(cell: string, notation: Notation): FoundMoney | undefined {
  if (cell.length > MAX_LENGTH) return undefined;
  const text = cell
    .replace(INVISIBLE, '')
    .replace(/[＄￠￡￥￦，]/gu, (mark) => FULL_WIDTH[mark] ?? mark)
    .trim();
  let start = NUMBER_START.exec(text)?.index;
  if (start === undefined) return undefined;
  // The point belongs to the sign, as in `S/.12.50`.
  if (text[start] === '.' && text[start - 1] === '/') start++;
  const found = amountInCell(text, start, notation);
  if (found === undefined) return undefined;
  let before = text.slice(0, start);
  if (/[.,]/.test(text[start] ?? '') && found.decimals === 2) before = before.replace(NO_WHOLE, '');
  const one = currenciesIn(before.replace(/\+\s*$/, ''));
  const other = currenciesIn(withoutNotes(found.after));
  return one === undefined || other === undefined
    ? undefined
    : { value: found.value, decimalMark: found.decimalMark, currencies: [...one, ...other] };
}

interface Amount extends Pick<FoundNumber, 'value' | 'decimalMark'> {
  readonly decimals: number;
  /** The cell after the amount. */
  readonly after: string;
}

function amountInCell(text: string, start: number, notation: Notation): Amount | undefined {
  const found = decimalAt(text, start, { ...notation, exponents: true });
  if (found === undefined) return undefined;
  const dash = NO_CENTS.exec(found.after);
  if (dash !== null) {
    const mark = dash[1] ?? (dash[0].startsWith(':') ? ',' : '.');
    const read = decimalAt(text, start, mark === ',' ? DECIMAL_COMMA : DECIMAL_POINT);
    if (read?.after !== found.after) return undefined;
    const decimalMark = dash[1] === ',' || dash[1] === '.' ? dash[1] : undefined;
    return { ...read, decimalMark, after: found.after.slice(dash[0].length) };
  }
  if (found.decimals > 0) return found;
  const colon = SPLIT_BY_COLON.exec(found.after);
  if (colon !== null)
    return { ...found, value: withCents(found.value, colon[1]), after: found.after.slice(colon[0].length) };
  const symbol = text.slice(0, start).trim() === '' ? SPLIT_BY_SYMBOL.exec(found.after) : null;
  return symbol === null
    ? found
    : { ...found, value: withCents(found.value, symbol[2]), after: symbol[1] ?? '' };
}

/** The number at `start`, unless it is a fraction. */
function decimalAt(text: string, start: number, notation: Notation): Amount | undefined {
  const found = numberAt(text, start, notation, true);
  if (found?.decimals === undefined) return undefined;
  const { value, decimals, decimalMark, end } = found;
  return { value, decimals, decimalMark, after: text.slice(end) };
}

function withCents(whole: number, cents = ''): number {
  return Number(`${whole}.${cents}`);
}

/** Without the noise of binary fractions. */
function hundredths(value: number): number {
  return Number((value / 100).toPrecision(15));
}

function withoutNotes(after: string): string {
  let rest = after.trim();
  for (let length = -1; length !== rest.length; ) {
    length = rest.length;
    for (const note of NOTES) rest = rest.replace(note, '').trim();
  }
  return rest;
}

/** The code of the names next to an amount. A code counts more than a symbol, a symbol of one currency more than others. */
function currencyOf(
  names: readonly CurrencyName[],
  usual: string | undefined,
): string | undefined | 'contradictory' {
  const codes = names.filter(({ kind }) => kind === 'code');
  const symbols = names.filter(({ isShared }) => !isShared);
  const telling = codes.length > 0 ? codes : symbols;
  const found = new Set((telling.length > 0 ? telling : names).map(({ code }) => code));
  if (found.size > 1) return 'contradictory';
  return telling.length > 0 ? [...found][0] : (usual ?? [...found][0]);
}

/** Currencies without decimals, in use or at all. */
const WITHOUT_DECIMALS = new Set(
  'BIF CLP COP DJF GNF IDR IQD IRR ISK JPY KMF KRW LAK LBP MGA MMK PYG RWF TZS UGX VND VUV XAF XOF XPF'.split(
    ' ',
  ),
);
const WITH_THREE_DECIMALS = new Set('BHD JOD KWD LYD OMR TND'.split(' '));

/** The notation of the amounts of a currency in a file of a notation: three digits after a mark can be its decimals. */
function notationOfCurrency(currency: string | undefined, notation: Notation): Notation {
  if (currency === undefined) return notation;
  if (WITHOUT_DECIMALS.has(currency)) return MONEY_NOTATION;
  const isOpen = notation.grouping === MONEY_NOTATION.grouping;
  return isOpen && WITH_THREE_DECIMALS.has(currency) ? DECIMAL_POINT : notation;
}

/** A dash instead of cents in running text. */
const DASH_CENTS = /^[.,][-–—]/u;
/** Prices have at most two decimals, so three digits after any mark are thousands. */
const MAX_DECIMALS = 2;
export const MONEY_NOTATION: Notation = { grouping: ',.', exponents: false };

/**
 * The amount of money that begins at `at` in running text, in any notation: `1,299.00`, `1.299,00`, `1.299`, `80,-`;
 * undefined if there is none. With `spaced`, spaces group digits too, which is safe only next to a currency.
 */
export function amountAt(
  text: string,
  at: number,
  spaced: boolean,
): { readonly value: number; readonly end: number } | undefined {
  const found = numberAt(text, at, MONEY_NOTATION, spaced);
  if (found?.decimals === undefined || found.decimals > MAX_DECIMALS) return undefined;
  return {
    value: found.value,
    end: found.end + (DASH_CENTS.test(text.slice(found.end, found.end + 2)) ? 2 : 0),
  };
}
