import { wholeNumber } from './options.js';

const ENVIRONMENT = 'SHELFWRIGHT_QUERY_DAYS';
const FLAG = '--query-log-days';
const MOST = 3650;
const DEFAULT_DAYS = 30;

/** The arguments of `option` that `serve` and its like take. */
export const QUERY_LOG_DAYS: [flags: string, description: string, parse: (text: string) => number] = [
  `${FLAG} <number>`,
  `days that queries are kept for (${DEFAULT_DAYS} unless said here or by ${ENVIRONMENT}); 0 keeps none`,
  wholeNumber(FLAG, 0, MOST),
];

/**
 * The days that queries are kept for: by the flag, else by the environment, else 30.
 * @throws UsageError where the environment says something else than a number of days.
 */
export function readQueryDays(flag: number | undefined, environment: NodeJS.ProcessEnv): number {
  if (flag !== undefined) return flag;
  const said = environment[ENVIRONMENT];
  return said === undefined || said.trim() === '' ? DEFAULT_DAYS : wholeNumber(ENVIRONMENT, 0, MOST)(said);
}
