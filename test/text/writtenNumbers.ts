import fc from 'fast-check';

/** A number and one way to write it. */
export interface Written {
  readonly value: number;
  readonly text: string;
}

/** Ways to group the digits of the whole part, by decimal mark. */
const NOTATIONS: Readonly<Record<'.' | ',', readonly ((whole: string) => string)[]>> = {
  '.': [
    (whole) => whole,
    (whole) => thousands(whole, ','),
    (whole) => thousands(whole, "'"),
    (whole) => thousands(whole, '’'),
    (whole) => thousands(whole, '\u202f'),
    lakhs,
  ],
  ',': [
    (whole) => whole,
    (whole) => thousands(whole, '.'),
    (whole) => thousands(whole, '\u00a0'),
    (whole) => thousands(whole, '\u202f'),
  ],
};

function thousands(whole: string, mark: string): string {
  return whole.replace(/\B(?=(?:\d{3})+$)/g, mark);
}

function lakhs(whole: string): string {
  if (whole.length <= 3) return whole;
  return `${whole.slice(0, -3).replace(/\B(?=(?:\d{2})+$)/g, ',')},${whole.slice(-3)}`;
}

function fullWidth(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xff10 - 0x30));
}

/** Digits after the decimal mark, as shops write them. */
const part = fc.constantFrom('', '5', '50', '25', '99', '05');
const whole = fc.oneof(fc.nat(9), fc.nat(999), fc.nat(99_999), fc.nat(99_999_999)).map(String);

/** Numbers in the notations of one decimal mark; `1.299` and `1,299` are among them. */
export function writtenWith(mark: '.' | ','): fc.Arbitrary<Written> {
  return fc
    .tuple(whole, part, fc.constantFrom(...NOTATIONS[mark]), fc.boolean())
    .map(([digits, decimals, group, isWide]) => {
      const text = decimals === '' ? group(digits) : `${group(digits)}${mark}${decimals}`;
      return { value: Number(`${digits}.${decimals}`), text: isWide ? fullWidth(text) : text };
    });
}

/** Unambiguous numbers in any notation, which every reader must read as the same value. */
export const anyWritten: fc.Arbitrary<Written> = fc.oneof(
  writtenWith('.'),
  // Without context, `1.299` is read with a decimal point.
  writtenWith(',').filter(({ text }) => !/^[^.,]{1,3}\.[^.,]{3}$/u.test(text)),
  part
    .filter((digits) => digits !== '')
    .map((digits) => ({ value: Number(`.${digits}`), text: `.${digits}` })),
);

const EIGHTHS = ['', '⅛', '¼', '⅜', '½', '⅝', '¾', '⅞'];
const SLASHED = ['', '1/8', '1/4', '3/8', '1/2', '5/8', '3/4', '7/8'];

/** Mixed numbers and fractions with the denominators of a ruler. */
export const anyFraction: fc.Arbitrary<Written> = fc
  .tuple(fc.nat(40), fc.integer({ min: 1, max: 7 }), fc.constantFrom(' ', '-', ''))
  .map(([digits, eighths, joint]) => {
    const fraction = (joint === '' ? EIGHTHS : SLASHED)[eighths] ?? '';
    return { value: digits + eighths / 8, text: digits === 0 ? fraction : `${digits}${joint}${fraction}` };
  });
