import { z } from 'zod';

const ISO =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?(?<zone>Z|[+-]\d{2}:\d{2})?$/i;
const DAY = 86_400_000;
/** `Date.parse` takes 30 February for 2 March. */
const calendarDay = z.iso.date();

/**
 * Parses `2026-11-27`, `2026-11-27T08:00` or `2026-11-27T08:00:00+01:00` to milliseconds since 1970, in UTC
 * unless an offset is given. A date without a time means 00:00, with `last` the last millisecond of the day.
 * Undefined for anything else, impossible dates included.
 */
export function readRuleDate(text: string, last = false): number | undefined {
  const { day, time, zone } = ISO.exec(text.trim())?.groups ?? {};
  if (day === undefined || !calendarDay.safeParse(day).success) return undefined;
  const moment = Date.parse(`${day}T${time ?? '00:00'}${zone?.toUpperCase() ?? 'Z'}`);
  if (Number.isNaN(moment)) return undefined;
  return last && time === undefined ? moment + DAY - 1 : moment;
}
