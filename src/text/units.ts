import { UNIT_TABLE } from './unitTable.js';

/** A unit of measure. A value is `value * factor + offset` in its dimension's base unit. */
export interface Unit {
  /** The symbol in facts: `GB`, `kg`, `in`. */
  readonly symbol: string;
  /** `length`, `mass`, `data`, …: only units of the same dimension convert into each other. */
  readonly dimension: string;
  readonly factor: number;
  readonly offset: number;
  /** All spellings that `unitOf` accepts, the symbol first. */
  readonly spellings: readonly string[];
}

const OFFSETS: Readonly<Record<string, number>> = { '°F': (-32 * 5) / 9 };

export const UNITS: readonly Unit[] = UNIT_TABLE.map(([dimension, symbol, factor, spellings]) => ({
  symbol,
  dimension,
  factor,
  offset: OFFSETS[symbol] ?? 0,
  spellings: [symbol, ...spellings.split(', ').filter((spelling) => spelling !== '')],
}));

const exact = new Map<string, Unit>();
const anyCase = new Map<string, Unit>();
for (const unit of UNITS) {
  for (const spelling of unit.spellings) {
    exact.set(spelling, unit);
    if (spelling.length > 2 && !anyCase.has(spelling.toLowerCase()))
      anyCase.set(spelling.toLowerCase(), unit);
  }
}

/**
 * The unit of a spelling (`GB`, `inches`, `″`, `fl. oz.`), or undefined. One- and two-letter spellings are accepted
 * only in the usual case: `500 g` is a mass, `5G` is not.
 */
export function unitOf(text: string): Unit | undefined {
  const trimmed = text.trim();
  const known = exact.get(trimmed) ?? anyCase.get(trimmed.toLowerCase());
  if (known !== undefined || !/[.\s]/.test(trimmed)) return known;
  const plain = trimmed.replaceAll('.', ' ').replace(/\s+/g, ' ').trim();
  return exact.get(plain) ?? anyCase.get(plain.toLowerCase());
}

/** The value in another unit of the same dimension; undefined across dimensions. */
export function convert(value: number, from: Unit, to: Unit): number | undefined {
  if (from.dimension !== to.dimension) return undefined;
  if (from === to) return value;
  return (value * from.factor + from.offset - to.offset) / to.factor;
}

/** The value in its dimension's base unit, so that all values of a dimension are comparable: 900 g is 0.9 kg. */
export function toBase(value: number, unit: Unit): number {
  return withoutNoise(value * unit.factor + unit.offset);
}

/** The reverse of `toBase`. */
export function fromBase(base: number, unit: Unit): number {
  return withoutNoise((base - unit.offset) / unit.factor);
}

/** Rounds to twelve significant digits, so that 0.9 kg and 900 g become the same number. */
function withoutNoise(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}

const FLUID_OUNCE = unitOf('fl oz');

/** The unit within a dimension: an ounce of volume is a fluid ounce. Undefined if the unit has another dimension. */
export function unitIn(dimension: string, unit: Unit): Unit | undefined {
  const meant = unit.symbol === 'oz' && dimension === 'volume' ? FLUID_OUNCE : unit;
  return meant?.dimension === dimension ? meant : undefined;
}

/** `8 GB`, `13.3 in`, `50%`: at most four decimals (four significant digits below 1), without floating-point noise. */
export function formatMeasure(value: number, unit: Unit): string {
  return numberText(value) + (isAttached(unit.symbol) ? '' : ' ') + unit.symbol;
}

/** Whether a unit's text usually follows the number without a space: `50%`, `13"`. */
export function isAttached(unit: string): boolean {
  return ATTACHED.has(unit);
}

const ATTACHED: ReadonlySet<string> = new Set(['%', '°', '"', '″', '”', "'", '′', '’']);

/** At most four decimals, or four significant digits below 1, to hide floating-point noise. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  return String(Math.abs(value) >= 1 ? Number(value.toFixed(4)) : Number(value.toPrecision(4)));
}
