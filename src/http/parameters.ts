import { z } from 'zod';

const once = (issue: { input?: unknown }) =>
  Array.isArray(issue.input) ? 'given more than once; give it once, lists with commas between' : undefined;

/** A parameter of the query string that is given once. */
export const text = z.string({ error: once });

/** A whole number of at least 1 in the query string, written as digits. */
export function wholeNumber(maximum?: number) {
  const bounds = maximum === undefined ? { minimum: 1 } : { minimum: 1, maximum };
  return text
    .regex(/^\d{1,15}$/, {
      error: (issue) => `expected a whole number of at least 1, found ${JSON.stringify(issue.input)}`,
    })
    .transform(Number)
    .pipe(
      z
        .number()
        .min(1)
        .max(maximum ?? Number.MAX_SAFE_INTEGER),
    )
    .meta({ type: 'integer', pattern: undefined, ...bounds });
}

/** A list in the query string: values with commas between. */
export const commaList = text.transform(splitList);

/** A list in a JSON body: an array, or one string with commas between. */
export const listOrCommas = z
  .union([z.array(z.string()), z.string().transform(splitList)], {
    error: 'expected a list of strings, or one string with commas between',
  })
  // The converter leaves out what is transformed.
  .meta({ anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }] });

export const flag = z
  .enum(['true', 'false', '1', '0'], {
    error: (issue) => once(issue) ?? `expected true or false, found ${JSON.stringify(issue.input)}`,
  })
  .transform((value) => value === 'true' || value === '1');

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
