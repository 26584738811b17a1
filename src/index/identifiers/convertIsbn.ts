const ISBN_10 = /^\d{9}[\dx]$/;
const ISBN_13 = /^978\d{10}$/;

/** The other writing of an ISBN, 10 digits for 13 and back; undefined for what is none by its check digit. */
export function convertIsbn(letters: string): string | undefined {
  if (ISBN_10.test(letters) && lastOf10(letters) === letters.at(-1)) {
    const body = `978${letters.slice(0, -1)}`;
    return body + lastOf13(body);
  }
  if (ISBN_13.test(letters) && lastOf13(letters) === letters.at(-1)) {
    const body = letters.slice(3, -1);
    return body + lastOf10(body);
  }
  return undefined;
}

/** Digits weigh 10, 9, ... 2; the sum with the last is a multiple of 11, and x is ten. */
function lastOf10(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (10 - i) * Number(digits[i]);
  const last = (11 - (sum % 11)) % 11;
  return last === 10 ? 'x' : String(last);
}

/** Digits weigh 1 and 3 in turn; the sum with the last is a multiple of 10. */
function lastOf13(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += (i % 2 === 0 ? 1 : 3) * Number(digits[i]);
  return String((10 - (sum % 10)) % 10);
}
