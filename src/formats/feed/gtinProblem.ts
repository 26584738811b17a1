/** Prefixes that are not assigned to one product: numbers of a store's own, and coupons. */
const RESTRICTED = /^(?:0?2|04|05|98|99)/;

/** Why a text is no GTIN that Google accepts (8, 12, 13 or 14 digits, with GS1's check digit); undefined if it is. */
export function gtinProblem(text: string): string | undefined {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return 'expected 8, 12, 13 or 14 digits';
  const digits = [...text].reverse().map(Number);
  // GS1 General Specifications: weights 3 and 1 in turn, from the digit before the check digit.
  const sum = digits.slice(1).reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0);
  const check = (10 - (sum % 10)) % 10;
  if (digits[0] !== check) return `expected the check digit ${check}`;
  const thirteen = text.length === 12 ? `0${text}` : text.length === 14 ? text.slice(1) : text;
  if (text.length > 8 && RESTRICTED.test(thirteen.replace(/^0(?=[245])/, '0')))
    return 'expected a number assigned by GS1, found one of a restricted range';
  return undefined;
}
