import { agree, type Precision } from './agree.js';
import { mask } from './mask.js';

/** In a page this stands for any text in a line and, alone in a line, for any number of lines. */
export const ELLIPSIS = '...';

/** A number that stands alone: no part of a code, a version or a date. */
const NUMBER = /(?<![\w.]|[\w.]-)\d[\d,]*(?:\.\d+)?(?![\w-]|\.\d)/g;

/**
 * Whether a printed line is what a line of a page says. Numbers agree to a precision; machine-dependent text and the width
 * of gaps, which follows the longest cell of a column, do not count.
 */
export function matchLine(expected: string, actual: string, precision: Precision): boolean {
  const numbers: number[] = [];
  const pieces = readable(expected)
    .split(ELLIPSIS)
    .map((piece) => {
      numbers.push(...Array.from(piece.matchAll(NUMBER), ([digits]) => numberOf(digits)));
      return piece.split(NUMBER).map(escapeRegExp).join('(\\d[\\d,]*(?:\\.\\d+)?)');
    });
  const found = new RegExp(`^${pieces.join('.*?')}$`).exec(readable(actual));
  return (
    found !== null && numbers.every((number, at) => agree(number, numberOf(found[at + 1] ?? ''), precision))
  );
}

function readable(line: string): string {
  return mask(line.trimEnd().replace(/\s+/g, ' '));
}

function numberOf(digits: string): number {
  return Number(digits.replaceAll(',', ''));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
