/** A price as a cell of a table writes it. */
export interface Price {
  /** In units of the currency, at least 0. */
  readonly amount: number;
  /** ISO 4217 code, where a sign or code stands beside the number. */
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

const PLAIN = /^\d+(?:\.\d+)?$/;
const AMOUNT = /\d(?:[\d.,'’\s]*\d)?/u;

/**
 * Reads `€1.299,00`, `1,299.00 USD`, `1 299,00 kr` or `15.00 EUR`. A single separator before exactly three
 * digits parts thousands if it is a comma, or if `decimalComma` says that the file writes decimals with one.
 * Returns undefined for what is no price.
 */
export function parsePrice(text: string, decimalComma = false): Price | undefined {
  const trimmed = text.trim();
  if (PLAIN.test(trimmed) && !decimalComma) return { amount: Number(trimmed), currency: undefined };
  const found = AMOUNT.exec(trimmed);
  if (found === null) return undefined;
  const beside = `${trimmed.slice(0, found.index)} ${trimmed.slice(found.index + found[0].length)}`.trim();
  // "from 5", "5 - 10" and "-5" are not one price; "12,-" and "5.–" are.
  const sign = beside.replace(/^[.,][-–—]+|\.$/u, '').trim();
  if (sign !== '' && !/^(?:\p{Sc}|[\p{L}]{1,3}\p{Sc}?|\p{Sc}\s?[A-Z]{3}|[A-Z]{3}\s?\p{Sc})$/u.test(sign))
    return undefined;
  const amount = Number(plainNumber(found[0].replace(/['’\s]/gu, ''), decimalComma));
  if (!Number.isFinite(amount)) return undefined;
  return { amount, currency: currencyOf(sign) };
}

/** A count such as `1,200` or `12.0`; undefined where the cell holds anything else. */
export function parseCount(text: string): number | undefined {
  const plain = /^[+-]?\d{1,3}(?:,\d{3})+$/.test(text.trim()) ? text.replaceAll(',', '') : text;
  const count = Number(plain);
  return plain.trim() === '' || !Number.isFinite(count) ? undefined : count;
}

function plainNumber(digits: string, decimalComma: boolean): string {
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (comma === -1 && point === -1) return digits;
  const mark = comma > point ? ',' : '.';
  const other = mark === ',' ? '.' : ',';
  const parts = digits.replaceAll(other, '').split(mark);
  const last = parts.at(-1) ?? '';
  const single = parts.length === 2 && !digits.includes(other);
  const thousands =
    parts.length > 2 || (single && last.length === 3 && parts[0] !== '0' && (mark === ',') !== decimalComma);
  if (!thousands) return `${parts.slice(0, -1).join('')}.${last}`;
  return parts.slice(1).every((part) => part.length === 3) ? parts.join('') : 'not a number';
}

function currencyOf(sign: string): string | undefined {
  const code = /[A-Z]{3}/.exec(sign)?.[0];
  if (code !== undefined) return code;
  return Object.hasOwn(SIGNS, sign) ? SIGNS[sign] : undefined;
}
