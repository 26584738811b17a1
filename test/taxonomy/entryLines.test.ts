import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { entryLine, readEntryLines, writeEntryLines } from '../../src/taxonomy/entryLines.js';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('# x', 'yes', '1', '- {', "it's: {", '\u2028'),
);
const entry = fc.record({ id: text, name: text, aliases: fc.array(text), max: fc.integer() });

test('writes text that it and a YAML parser read alike', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1 }),
      fc.array(entry, { minLength: 1 }),
      (attributes, categories) => {
        const written = writeEntryLines({ attributes, categories });
        expect(readEntryLines(written)).toEqual({ attributes, categories });
        expect(parse(written)).toEqual({ attributes, categories });
      },
    ),
  );
});

test('reads comments, blank lines and entries edited by hand', () => {
  const edited =
    '# ours\ncategories:\n  - {"id":"a","name":"A"}\n\n  # new\n  - { id: b, name: B, aliases: [x] } # by us\n';
  expect(readEntryLines(edited)).toEqual(parse(edited));
  expect(entryLine(edited, 'categories', 1)).toBe(6);
});

test.each([
  ['an entry with a duplicate key', 'categories:\n  - {"id":"a","id":"b"}\n'],
  ['an entry on two lines', 'categories:\n  - {"id":"a",\n     "name":"A"}\n'],
  ['a duplicate list', 'categories:\n  - {"id":"a"}\ncategories:\n  - {"id":"b"}\n'],
  ['other keys', 'format: 1\ncategories:\n  - {"id":"a"}\n'],
  ['block entries', 'categories:\n  - id: a\n'],
  ['an entry before any list', '  - {"id":"a"}\n'],
  ['a YAML reference', 'categories:\n  - &a {"id":"a"}\n  - { parent: *a }\n'],
  ['a text without lists', '# nothing\n'],
])('leaves %s to the YAML parser', (_, other) => {
  expect(readEntryLines(other)).toBeUndefined();
});
