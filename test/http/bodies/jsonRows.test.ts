import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitsSchema } from '../../../src/configuration/limits.js';
import { parseJsonRows, sizeOfRow, UnreadRow } from '../../../src/http/bodies/jsonRows.js';

const limits = limitsSchema.parse({ max_stream_rows: 50 });
const read = (text: string) => parseJsonRows(Buffer.from(text), JSON.parse, limits);

/** Whether reading fails. */
async function fails(text: string): Promise<boolean> {
  return read(text).then(
    () => false,
    () => true,
  );
}

describe('a JSON body with products', () => {
  it('is parsed as JSON.parse does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom(undefined, 1, '\t'),
        async (value, spaces) => {
          const text = JSON.stringify(value, undefined, spaces);
          expect(await read(` ${text}\r\n`)).toEqual(JSON.parse(text));
        },
      ),
    );
    expect(await read(' \n')).toBeUndefined();
  });

  it('is refused where JSON.parse refuses it', async () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"',
      '"a"',
      '1',
      ' ',
      '\\',
      'true',
      '"\\""',
      '{"a":1}',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 9 }), async (list) => {
        for (const text of [list.join(''), `[${list.join('')}]`]) {
          let expected = false;
          try {
            if (text.trim() !== '') JSON.parse(text);
          } catch {
            expected = true;
          }
          expect(await fails(text), text).toBe(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has the size of each row, and marks the rows that are too long', async () => {
    const rows = await read(`[{"id":"a"}, "${'x'.repeat(1024 * 1024)}",{}]`);
    expect(rows).toEqual([{ id: 'a' }, new UnreadRow(), {}]);
    expect(Array.isArray(rows) && [0, 2].map((place) => sizeOfRow(rows, place))).toEqual([10, 2]);
  });

  it('has a largest number of rows and a longest object', async () => {
    await expect(read(`[${'1,'.repeat(50)}1]`)).rejects.toThrow(/more rows than the limit of 50/);
    await expect(read(`{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`)).rejects.toThrow(
      /one object of more than 2048 KB/,
    );
  });
});
