import { currenciesIn } from '../../text/currencies.js';
import { unitOf } from '../../text/units.js';

/** What a cell's number format says about the meaning of its value (ECMA-376, part 1, 18.8.31). */
export interface NumberFormat {
  readonly kind: 'number' | 'percent' | 'date' | 'time' | 'elapsed';
  /** Only zeros and texts: the zeros before the digits belong to the value, as in `00000`. */
  readonly isPadded: boolean;
  /** The currency or the unit next to the number, as in `0.00 "€"` and `0.0" cm"`; '' for none. */
  readonly unit: string;
}

const NUMBER: NumberFormat = { kind: 'number', isPadded: false, unit: '' };
const known = new Map<string, NumberFormat>();

/** Parses a number format; the format of a value that is not negative. */
export function parseNumberFormat(format: string): NumberFormat {
  const found = known.get(format);
  if (found !== undefined) return found;
  const parsed = parse(format);
  if (known.size < 1000) known.set(format, parsed);
  return parsed;
}

/**
 * The parts of a format: a quoted text, an escaped character, a width or fill character, a bracket, the end of a section,
 * any other character.
 */
const PART = /"([^"]*)"?|\\(.)|[_*](.)|\[([^\]]*)\]|(;)|(.)/gsu;
const SYMBOL = /\p{Sc}/u;

function parse(format: string): NumberFormat {
  if (/^(?:general|standard|@)?$/i.test(format.trim())) return NUMBER;
  let code = '';
  let isElapsed = false;
  const texts: string[] = [''];
  const addText = (text: string): void => {
    texts[texts.length - 1] = `${texts.at(-1) ?? ''}${text}`;
  };
  for (const [, quoted, escaped, width, bracket, end, plain = ''] of format.matchAll(PART)) {
    if (end !== undefined) break;
    if (quoted !== undefined || escaped !== undefined) addText(quoted ?? escaped ?? '');
    else if (bracket?.startsWith('$') === true) texts.push(bracket.slice(1).replace(/-[^-]*$/, ''), '');
    else if (bracket !== undefined) isElapsed ||= /^(?:h+|m+|s+)$/i.test(bracket);
    else if (width === undefined && SYMBOL.test(plain)) addText(plain);
    else if (width === undefined) {
      code += plain;
      if (plain !== ' ') texts.push('');
    }
  }
  if (isElapsed) return { ...NUMBER, kind: 'elapsed' };
  const hasTime = /[hs]/i.test(code);
  if (/[dy]/i.test(code) || (!hasTime && /m/i.test(code))) return { ...NUMBER, kind: 'date' };
  if (hasTime) return { ...NUMBER, kind: 'time' };
  const unit = texts.map((text) => text.trim()).find((text) => text !== '' && isUnit(text)) ?? '';
  if (code.includes('%')) return { ...NUMBER, kind: 'percent' };
  return { kind: 'number', isPadded: /^[0 /()-]*0[0 /()-]*0[0 /()-]*$/.test(code), unit };
}

function isUnit(text: string): boolean {
  return unitOf(text) !== undefined || (currenciesIn(text) ?? []).length > 0;
}
