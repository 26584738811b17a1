import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_SPAN, quoteOf, readSpans, stemsOf } from '../../../src/enrich/tag/readSpans.js';

const quotes = (title: string, description?: string): string[] => {
  const product = { title, description };
  const text = readSpans(product);
  return text.stems.map((_, span) => quoteOf(text, span, product));
};

test('every span quotes its field exactly and has the stems of its quote', () => {
  const word = fc.constantFrom('Navy', 'blue-grey', '40x60', '8GB', '1/2"', 'LidOpen', '#7,', 'ß', '😀', 'a');
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.array(word).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(text, text, (title, description) => {
      const product = { title, description };
      const read = readSpans(product);
      for (const [span, stems] of read.stems.entries()) {
        const first = read.tokens[read.from[span] ?? -1];
        const last = read.tokens[read.to[span] ?? -1];
        if (first === undefined || last === undefined) throw new Error('a span without tokens');
        expect(first.field).toBe(last.field);
        const quote = product[first.field].slice(first.start, last.end);
        expect(quoteOf(read, span, product)).toBe(quote);
        expect(quote.trim()).toBe(quote);
        expect(quote).not.toBe('');
        expect((read.to[span] ?? 0) - (read.from[span] ?? 0)).toBeLessThan(MAX_SPAN);
        if (!/\p{Ll}\p{Lu}/u.test(quote)) expect(stems).toBe(stemsOf(quote));
      }
      const order = read.stems.map((_, span) => (read.from[span] ?? 0) * 1e4 + (read.to[span] ?? 0));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }),
  );
});

test('spans cross words and joining marks, but not marks that separate phrases', () => {
  const found = quotes('Kettle, navy-blue 1,000 ml', 'Sold by Osterly');
  expect(found).toEqual(
    expect.arrayContaining(['Kettle', 'navy-blue', '1,000', '1,000 ml', 'Sold by Osterly']),
  );
  expect(found).not.toContain('Kettle, navy');
  expect(found).not.toContain('ml Sold');
  expect(found).not.toContain('-blue');
});

test('two words without a space between them are split', () => {
  expect(quotes('Colour: OliveShipped from here')).toContain('Olive');
  expect(quotes('McTavish')).toEqual(['McTavish']);
});

test('two words without a space are split, also short ones', () => {
  expect(quotes('Option KitPart')).toEqual(expect.arrayContaining(['Option Kit', 'Part']));
  expect(quotes('Hot-Plug DriveIn tray')).toEqual(expect.arrayContaining(['Hot-Plug Drive', 'In tray']));
  expect(quotes('McOsterly')).not.toContain('Mc');
});

test('symbols alone are no span', () => {
  expect(quotes('Mug. + 5%')).toEqual(expect.arrayContaining(['Mug', 'Mug.', '5%']));
  expect(quotes('. + " ™ Mug').every((quote) => quote.includes('Mug'))).toBe(true);
});
