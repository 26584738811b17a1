/** The order of day and month in dates such as `03/04/2024`, where both are possible. */
export type DateOrder = 'day first' | 'month first';

/** A date read from a text, in milliseconds since 1970. */
export interface FoundDate {
  readonly time: number;
  /** The time if the first number is the month; undefined where the order is certain. */
  readonly monthFirst?: number;
  /** The order that this date proves, if it is written with slashes or hyphens and one number exceeds 12. */
  readonly proves?: DateOrder;
}

const CLOCK =
  '(?:(?:[T,]\\s*|\\s+)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*([AaPp]\\.?[Mm]\\.?)?\\s*(Z|z|UTC|GMT|[+\\-−]\\d{2}(?::?\\d{2})?)?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${CLOCK}$`);
const YEAR_AND_MONTH = /^(\d{4})-(\d{2})$/;
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})${CLOCK}$`);
/** Two-digit years need two digits everywhere: `1.2.10` is a version. */
const SHORT_YEAR = /^(\d{2})([/.])(\d{2})\2(\d{2})$/;
const DAY_AND_NAME = new RegExp(
  `^(\\d{1,2})(?:\\.|st|nd|rd|th)?[\\s-]+(?:de |of )?(\\p{L}{3,12})\\.?(?: de )?,?[\\s-]*(\\d{4})${CLOCK}$`,
  'u',
);
const NAME_AND_DAY = new RegExp(
  `^(\\p{L}{3,12})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${CLOCK}$`,
  'u',
);
const MAX_LENGTH = 48;

/**
 * Reads a whole text as a date: `2024-11-15`, `2024-11-15T10:00:00+01:00`, `15.11.2024`, `11/15/2024 3:30 PM`,
 * `15 Nov 2024`, `2024-11`. Without a zone, in UTC. Undefined for anything else, including days that do not exist.
 */
export function readDate(text: string): FoundDate | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH || !/\d{2}/.test(trimmed)) return undefined;
  return readNumeric(trimmed) ?? readNamed(trimmed);
}

/** The time of a date in a column whose dates have this order. */
export function timeOf({ time, monthFirst }: FoundDate, order: DateOrder): number {
  return order === 'month first' && monthFirst !== undefined ? monthFirst : time;
}

/** ISO 8601: the day, or day and time in UTC if the time is not midnight. */
export function formatDate(time: number): string {
  const iso = new Date(time).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, -14) : iso.replace('.000Z', 'Z');
}

function readNumeric(text: string): FoundDate | undefined {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, year, , month, day, ...clock] = yearFirst;
    return certain(Number(year), Number(month), Number(day), clock);
  }
  const month = YEAR_AND_MONTH.exec(text);
  if (month !== null) return certain(Number(month[1]), Number(month[2]), 1, []);
  const yearLast = YEAR_LAST.exec(text) ?? SHORT_YEAR.exec(text);
  if (yearLast === null) return undefined;
  const [, first, mark, second, written = '', ...clock] = yearLast;
  const year = written.length === 2 ? fullYear(Number(written)) : Number(written);
  const dayFirst = timeAt(year, Number(second), Number(first), clock);
  if (mark === '.') return dayFirst === undefined ? undefined : { time: dayFirst };
  const monthFirst = timeAt(year, Number(first), Number(second), clock);
  if (dayFirst === undefined)
    return monthFirst === undefined ? undefined : { time: monthFirst, proves: 'month first' };
  if (monthFirst === undefined) return { time: dayFirst, proves: 'day first' };
  return dayFirst === monthFirst ? { time: dayFirst } : { time: dayFirst, monthFirst };
}

function readNamed(text: string): FoundDate | undefined {
  const dayFirst = DAY_AND_NAME.exec(text);
  const nameFirst = dayFirst === null ? NAME_AND_DAY.exec(text) : null;
  if (dayFirst === null && nameFirst === null) return undefined;
  const [, day, name = '', year, ...clock] = dayFirst ?? [
    nameFirst?.[0],
    nameFirst?.[2],
    nameFirst?.[1],
    ...(nameFirst?.slice(3) ?? []),
  ];
  const month = monthNames().get(nameKey(name));
  return month === undefined ? undefined : certain(Number(year), month, Number(day), clock);
}

function certain(
  year: number,
  month: number,
  day: number,
  clock: readonly (string | undefined)[],
): FoundDate | undefined {
  const time = timeAt(year, month, day, clock);
  return time === undefined ? undefined : { time };
}

/** `clock`: hour, minute, second, fraction, half of the day, zone, as written. Undefined if there is no such time. */
function timeAt(
  year: number,
  month: number,
  day: number,
  [hour = '0', minute = '0', second = '0', fraction = '', half, zone]: readonly (string | undefined)[],
): number | undefined {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || month < 1) return undefined;
  const hours = half === undefined ? Number(hour) : hourOfHalf(Number(hour), half);
  if (hours === undefined || hours > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const milliseconds = Math.floor(Number(`0.${fraction || '0'}`) * 1000);
  const time = date.getTime() + ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + milliseconds;
  return time - offsetOf(zone);
}

function hourOfHalf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** The offset of a zone from UTC in milliseconds. */
function offsetOf(zone: string | undefined): number {
  const found = /^([+\-−])(\d{2}):?(\d{2})?$/.exec(zone ?? '');
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return (found[1] === '+' ? 1 : -1) * minutes * 60_000;
}

/** Two-digit years are from 1970 to 2069. */
function fullYear(short: number): number {
  return short < 70 ? 2000 + short : 1900 + short;
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];
let months: ReadonlyMap<string, number> | undefined;

/** Month by the long and short names of the common languages; names of two months are left out. */
function monthNames(): ReadonlyMap<string, number> {
  if (months !== undefined) return months;
  const found = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const key = nameKey(format.format(Date.UTC(2024, month - 1, 1)));
        if (!found.has(key)) found.set(key, month);
      }
    }
  }
  found.set('sept', 9);
  months = found;
  return found;
}

function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}.]+/gu, '')
    .toLowerCase();
}
