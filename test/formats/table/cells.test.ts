import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteCell, scanCells, splitCells } from '../../../src/formats/table/cells.js';

const delimiters = fc.constantFrom(',', ';', '\t', '|');
const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', 'é', '😀', '|') }),
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
);

describe('splitCells', () => {
  it('reads back any cells that quoteCell wrote', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), delimiters, fc.boolean(), (cells, delimiter, quoted) => {
        const text = cells.map((value) => quoteCell(value, delimiter, quoted)).join(delimiter);
        expect(splitCells(text, delimiter)).toEqual({ kind: 'cells', cells });
      }),
    );
  });

  it('agrees with csv-parse on every record that csv-parse accepts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '"', '"', ',', ',', ' ', '\n'), minLength: 1 });
    fc.assert(
      fc.property(text, (record) => {
        let expected: string[][];
        try {
          // Text after the record's line break would be a second record.
          expected = parse(record, {
            relax_column_count: true,
            relax_quotes: false,
            record_delimiter: '\u0001',
          });
        } catch {
          return;
        }
        if (expected.length !== 1) return;
        expect(splitCells(record, ',')).toEqual({ kind: 'cells', cells: expected[0] });
      }),
      { numRuns: 2000 },
    );
  });

  it('distinguishes an open quote from a broken one', () => {
    expect(splitCells('1,"never', ',')).toEqual({ kind: 'open', column: 1, from: 2 });
    expect(splitCells('1,"a" b,2', ',')).toEqual({ kind: 'broken', column: 1, at: 4 });
  });

  it('reads a quote inside an unquoted cell as an ordinary character', () => {
    expect(splitCells('1,17" screen,x', ',')).toEqual({ kind: 'cells', cells: ['1', '17" screen', 'x'] });
  });

  it('returns the end of each cell, including quotes', () => {
    expect(scanCells('1,"a,b",', ',')).toEqual([1, 7, 8]);
  });
});
