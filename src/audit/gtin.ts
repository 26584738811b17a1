/**
 * Whether a text is a GTIN: 8, 12, 13 or 14 digits, not all zero, with a valid check digit. Spaces and hyphens are ignored.
 */
export function isGtin(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  return (
    /^(?:\d{8}|\d{12,14})$/.test(digits) &&
    checkDigit(digits) === Number(digits.at(-1)) &&
    /[1-9]/.test(digits)
  );
}

/**
 * The check digit of a GTIN, from the digits before the last one: weights 3 and 1 in turns from the right (GS1 General
 * Specifications, 7.9).
 */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = digits.length - 2, weight = 3; i >= 0; i--, weight = 4 - weight) {
    sum += weight * Number(digits[i]);
  }
  return (10 - (sum % 10)) % 10;
}
