import {
  DECIMAL_COMMA,
  DECIMAL_POINT,
  type FoundNumber,
  NEUTRAL,
  type Notation,
  NUMBER_START,
  numberAt,
} from './numbers.js';

/** A sum of money as a cell of a table writes it. */
export interface Money {
  /** In units of the currency, at least 0. */
  readonly amount: number;
  /** ISO 4217 code, where a sign or a code stands beside the number. */
  readonly currency: string | undefined;
}

const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  US$: 'USD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  R$: 'BRL',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  '₺': 'TRY',
  '₴': 'UAH',
  zł: 'PLN',
  Kč: 'CZK',
  Ft: 'HUF',
};

/** A sign, a code, or a short name such as `kr`, alone or with a sign: `US$`, `€ EUR`. */
const CURRENCY = /^(?:\p{Sc}|[\p{L}]{1,3}\p{Sc}?|\p{Sc}\s?[A-Z]{3}|[A-Z]{3}\s?\p{Sc})$/u;
/** What stands for no cents: `12,-`, `1'299.–`. Its mark is the decimal one. */
const NO_CENTS = /^([.,])[-–—]+/u;

/**
 * Reads a whole cell as a sum of money: `€1.299,00`, `1,299.00 USD`, `1 299,00 kr`, `12,-`. Undefined for anything
 * else: a range, a sum below 0, a number with words.
 */
export function readMoney(text: string, notation: Notation = NEUTRAL): Money | undefined {
  const trimmed = text.trim();
  const start = NUMBER_START.exec(trimmed)?.index;
  const found = start === undefined ? undefined : sumAt(trimmed, start, notation);
  if (start === undefined || found?.decimals === undefined) return undefined;
  const before = trimmed.slice(0, start).trim();
  const behind = trimmed.slice(found.end).replace(NO_CENTS, '').trim();
  const sign = `${before} ${behind}`.trim().replace(/\.$/, '').trim();
  if (sign !== '' && !CURRENCY.test(sign)) return undefined;
  return { amount: found.value, currency: currencyOf(sign) };
}

function sumAt(text: string, start: number, notation: Notation): FoundNumber | undefined {
  const found = numberAt(text, start, notation, true);
  const mark = found === undefined ? undefined : NO_CENTS.exec(text.slice(found.end))?.[1];
  if (mark === undefined) return found;
  return numberAt(text, start, mark === ',' ? DECIMAL_COMMA : DECIMAL_POINT, true);
}

/** Money has two decimals at most, so three digits behind any mark are thousands. */
const MOST_DECIMALS = 2;
const MONEY_NOTATION: Notation = { grouping: ',.', exponents: false };

/**
 * The sum of money that begins at `at` in running text, in whatever notation: `1,299.00`, `1.299,00`, `1.299`, `80,-`.
 * Undefined where none does. With `spaced`, plain spaces group too, which is safe only where money is marked as such.
 */
export function amountAt(
  text: string,
  at: number,
  spaced: boolean,
): { readonly value: number; readonly end: number } | undefined {
  const found = numberAt(text, at, MONEY_NOTATION, spaced);
  if (found?.decimals === undefined || found.decimals > MOST_DECIMALS) return undefined;
  return {
    value: found.value,
    end: found.end + (NO_CENTS.test(text.slice(found.end, found.end + 2)) ? 2 : 0),
  };
}

function currencyOf(sign: string): string | undefined {
  const code = /[A-Z]{3}/.exec(sign)?.[0];
  if (code !== undefined) return code;
  return Object.hasOwn(SIGNS, sign) ? SIGNS[sign] : undefined;
}
