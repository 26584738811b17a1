import {
  DECIMAL_COMMA,
  DECIMAL_POINT,
  type FoundNumber,
  NEUTRAL,
  type Notation,
  NUMBER_START,
  numberAt,
} from './numbers.js';

/** An amount of money read from a table cell. */
export interface Money {
  /** In units of the currency, at least 0. */
  readonly amount: number;
  /** ISO 4217 code, if there is a known symbol or a code next to the number. */
  readonly currency: string | undefined;
}

const SYMBOLS: Readonly<Record<string, string>> = {
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

/** A symbol, a code, or a short name such as `kr`, alone or with a symbol: `US$`, `€ EUR`. */
const CURRENCY = /^(?:\p{Sc}|[\p{L}]{1,3}\p{Sc}?|\p{Sc}\s?[A-Z]{3}|[A-Z]{3}\s?\p{Sc})$/u;
/** A dash instead of cents: `12,-`, `1'299.–`. The mark before it is the decimal mark. */
const NO_CENTS = /^([.,])[-–—]+/u;

/**
 * Reads a whole cell as an amount of money: `€1.299,00`, `1,299.00 USD`, `1 299,00 kr`, `12,-`. Undefined for anything
 * else: a range, a negative amount, a number with words.
 */
export function readMoney(text: string, notation: Notation = NEUTRAL): Money | undefined {
  const trimmed = text.trim();
  const start = NUMBER_START.exec(trimmed)?.index;
  const found = start === undefined ? undefined : amountInCell(trimmed, start, notation);
  if (start === undefined || found?.decimals === undefined) return undefined;
  const before = trimmed.slice(0, start).trim();
  const after = trimmed.slice(found.end).replace(NO_CENTS, '').trim();
  const symbol = `${before} ${after}`.trim().replace(/\.$/, '').trim();
  if (symbol !== '' && !CURRENCY.test(symbol)) return undefined;
  return { amount: found.value, currency: currencyOf(symbol) };
}

function amountInCell(text: string, start: number, notation: Notation): FoundNumber | undefined {
  const found = numberAt(text, start, notation, true);
  const mark = found === undefined ? undefined : NO_CENTS.exec(text.slice(found.end))?.[1];
  if (mark === undefined) return found;
  return numberAt(text, start, mark === ',' ? DECIMAL_COMMA : DECIMAL_POINT, true);
}

/** Prices have at most two decimals, so three digits after any mark are thousands. */
const MAX_DECIMALS = 2;
const MONEY_NOTATION: Notation = { grouping: ',.', exponents: false };

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
    end: found.end + (NO_CENTS.test(text.slice(found.end, found.end + 2)) ? 2 : 0),
  };
}

function currencyOf(symbol: string): string | undefined {
  const code = /[A-Z]{3}/.exec(symbol)?.[0];
  if (code !== undefined) return code;
  return Object.hasOwn(SYMBOLS, symbol) ? SYMBOLS[symbol] : undefined;
}
