import { type Measure, unitOf } from './units.js';

const FRACTIONS: Readonly<Record<string, number>> = {
  '¼': 1 / 4,
  '½': 1 / 2,
  '¾': 3 / 4,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '⅛': 1 / 8,
  '⅜': 3 / 8,
  '⅝': 5 / 8,
  '⅞': 7 / 8,
};

const DENOMINATORS: ReadonlySet<number> = new Set([2, 3, 4, 5, 8, 10, 16, 32, 64]);

const SIGN = /^[+\-−]/;
const MIXED = /^(?:(\d+)(?:\s+|-|\s*(?=[¼½¾⅓⅔⅛⅜⅝⅞])))?(?:(\d{1,3})\s*[/⁄]\s*(\d{1,3})|([¼½¾⅓⅔⅛⅜⅝⅞]))/u;
const GROUPED = /^\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?![\d.,])/;
const PLAIN = /^(?:\d+(?:[.,]\d+)*|[.,]\d+)/;

/**
 * Reads a whole cell as a number with or without a unit: `8GB`, `1 1/2 in`, `1,5 kg`, `13.3-inch`,
 * `1.299,00`. A comma before exactly three digits groups thousands (`1,299` is 1299) unless a 0 leads;
 * a lone dot is the decimal point. Undefined for anything else, an unknown unit or a range included.
 */
export function parseMeasure(text: string): Measure | undefined {
  let rest = text.trim();
  const negative = SIGN.test(rest) && !rest.startsWith('+');
  if (SIGN.test(rest)) rest = rest.slice(1).trimStart();
  const read = readNumber(rest);
  if (read === undefined) return undefined;
  const value = negative ? -read.value : read.value;
  const tail = rest.slice(read.length).trim();
  if (tail === '') return { value };
  const spelling = (tail.startsWith('-') ? tail.slice(1) : tail).trim();
  const unit = unitOf(spelling);
  return unit === undefined ? undefined : { value, unit, spelling };
}

function readNumber(text: string): { value: number; length: number } | undefined {
  const mixed = MIXED.exec(text);
  if (mixed !== null) {
    const part = mixed[4] === undefined ? fraction(Number(mixed[2]), Number(mixed[3])) : FRACTIONS[mixed[4]];
    return part === undefined ? undefined : { value: Number(mixed[1] ?? 0) + part, length: mixed[0].length };
  }
  const matched = GROUPED.exec(text)?.[0] ?? PLAIN.exec(text)?.[0];
  if (matched === undefined) return undefined;
  const value = decimal(matched.replace(/[ \u00a0\u202f]/g, ''));
  return value === undefined ? undefined : { value, length: matched.length };
}

/** Only what a ruler shows: `40/80 GB` is two capacities, not half a gigabyte. */
function fraction(over: number, under: number): number | undefined {
  return over > 0 && over < under && DENOMINATORS.has(under) ? over / under : undefined;
}

function decimal(digits: string): number | undefined {
  const comma = digits.lastIndexOf(',');
  const dot = digits.lastIndexOf('.');
  if (comma < 0 && dot < 0) return Number(digits);
  if (comma >= 0 && dot >= 0) {
    const mark = comma > dot ? ',' : '.';
    const group = mark === ',' ? '.' : ',';
    const [whole = '', part = '', ...more] = digits.split(mark);
    return more.length === 0 && thousands(whole, group)
      ? Number(`${whole.replaceAll(group, '')}.${part}`)
      : undefined;
  }
  const mark = comma >= 0 ? ',' : '.';
  const parts = digits.split(mark);
  if (parts.length > 2) return thousands(digits, mark) ? Number(parts.join('')) : undefined;
  if (mark === ',' && /^[1-9]\d{0,2},\d{3}$/.test(digits)) return Number(parts.join(''));
  return Number(parts.join('.'));
}

function thousands(whole: string, mark: string): boolean {
  const [first = '', ...groups] = whole.split(mark);
  return /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
}
