/**
 * Whether a text is a GTIN: 8, 12, 13 or 14 digits (spaces and hyphens passed over) of which the last is the check
 * digit, by the weights 3 and 1 from the right (GS1 General Specifications, 7.9).
 */
export function isGtin(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  return (
    /^(?:\d{8}|\d{12,14})$/.test(digits) &&
    checkDigit(digits) === Number(digits.at(-1)) &&
    /[1-9]/.test(digits)
  );
}

/** The check digit that the digits before the last one ask for. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let place = digits.length - 2, weight = 3; place >= 0; place--, weight = 4 - weight) {
    sum += weight * Number(digits[place]);
  }
  return (10 - (sum % 10)) % 10;
}
