/** Zeros of the digit blocks that people type beside ASCII. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const OTHER_DIGIT = /[٠-٩۰-۹०-९০-৯๐-๙０-９]/gu;

const AMOUNT =
  /(?:\d{1,3}(?:([.,'’\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![\d]|[.,]\d)/y;
const SPACED = /\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?(?![\d]|[.,]\d)/y;

/**
 * A sum of money as any language writes it: `1,299.00`, `1.299,00`, `1 299,00`, `1'299.-`, `1.299` (a lone mark
 * before three digits groups them), `٨٠`. `at` is where it begins; undefined where no such number does.
 * With `spaced`, plain spaces group too, which parts a sum from the next number only where money is marked.
 */
export function readAmount(
  text: string,
  at: number,
  spaced: boolean,
): { readonly value: number; readonly end: number } | undefined {
  const digits = text.replace(OTHER_DIGIT, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (ZEROS.find((zero) => code >= zero && code < zero + 10) ?? code));
  });
  const pattern = spaced ? SPACED : AMOUNT;
  pattern.lastIndex = at;
  const found = pattern.exec(digits)?.[0];
  if (found === undefined) return undefined;
  const cents = /[.,](\d{1,2})$/.exec(found);
  const whole = (cents === null ? found : found.slice(0, cents.index)).replace(/\D/g, '');
  const value = Number(cents === null ? whole : `${whole}.${cents[1] ?? ''}`);
  return { value, end: at + found.length + (/^[.,][-–—]/.test(digits.slice(at + found.length)) ? 2 : 0) };
}
