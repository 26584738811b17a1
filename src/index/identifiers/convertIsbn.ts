const ISBN_10 = /^\d{9}[\dx]$/;
const ISBN_13 = /^978\d{10}$/;

/**
 * Converts an ISBN of 10 digits to 13 and back; undefined for a text whose check digit is wrong or that is no
 * ISBN.
 */
export function convertIsbn(letters: string): string | undefined {
  if (ISBN_10.test(letters) && checkDigit10(letters) === letters.at(-1)) {
    const body = `978${letters.slice(0, -1)}`;
    return body + checkDigit13(body);
  }
  if (ISBN_13.test(letters) && checkDigit13(letters) === letters.at(-1)) {
    const body = letters.slice(3, -1);
    return body + checkDigit10(body);
  }
  return undefined;
}

/** Weights 10, 9, ... 2; the sum with the check digit is a multiple of 11, and x stands for ten. */
function checkDigit10(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (10 - i) * Number(digits[i]);
  const last = (11 - (sum % 11)) % 11;
  return last === 10 ? 'x' : String(last);
}

/** Weights 1 and 3 in turn; the sum with the check digit is a multiple of 10. */
function checkDigit13(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += (i % 2 === 0 ? 1 : 3) * Number(digits[i]);
  return String((10 - (sum % 10)) % 10);
}
