import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumOf, readVerified } from '../../../src/index/files/checksummedFile.js';
import { SectionReader, StringTable } from '../../../src/index/files/sectionReader.js';
import { SectionWriter } from '../../../src/index/files/sectionWriter.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

test('reads back what was written, for sections of any size', async () => {
  const dir = temporaryFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array(),
      fc.float64Array(),
      fc.int32Array(),
      fc.array(fc.string({ unit: 'binary' })),
      fc.array(fc.uint8Array(), { maxLength: 4 }),
      async (bytes, doubles, ints, strings, pieces) => {
        const path = join(dir, `${run++}.bin`);
        const to = new SectionWriter(path);
        to.array('bytes', bytes);
        to.array('doubles', doubles);
        to.begin('pieces', 'u8');
        for (const piece of pieces) to.write(piece);
        to.end();
        to.array('ints', ints);
        to.array('shorts', Uint16Array.from(bytes));
        to.strings('strings', strings);
        const facts = await to.finish();
        expect(facts).toEqual(await checksumOf(path));
        const sections = new SectionReader(path, await readVerified(path, facts));
        expect(sections.u8('bytes')).toEqual(bytes);
        expect(sections.f64('doubles')).toEqual(doubles);
        expect(sections.i32('ints')).toEqual(ints);
        expect([...sections.u16('shorts')]).toEqual([...bytes]);
        expect([...sections.u8('pieces')]).toEqual(pieces.flatMap((piece) => [...piece]));
        expect(sections.strings('strings').slice()).toEqual(strings);
      },
    ),
    { numRuns: 40 },
  );
});

test('names a missing section, or one of another type, in the error', async () => {
  const path = join(temporaryFolder(), 'a.bin');
  const to = new SectionWriter(path);
  to.array('there', new Uint32Array([1]));
  const facts = await to.finish();
  const sections = new SectionReader(path, await readVerified(path, facts));
  expect(() => sections.u32('absent')).toThrow(/lacks its section absent/);
  expect(() => sections.f64('there')).toThrow(/lacks its section there/);
});

test('refuses a truncated file', async () => {
  const path = join(temporaryFolder(), 'a.bin');
  const to = new SectionWriter(path);
  to.array('there', new Uint32Array(100));
  await to.finish();
  const bytes = new Uint8Array(await readFile(path));
  for (let length = 0; length < bytes.length; length += 7) {
    expect(() => new SectionReader(path, bytes.slice(0, length))).toThrow(/damaged/);
  }
});

test('a string table finds what a list finds', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.string(), (list, wanted) => {
      const sorted = [...list].sort();
      let end = 0;
      const ends = Uint32Array.from(sorted, (text) => {
        end += text.length;
        return end;
      });
      const table = new StringTable(ends, sorted.join(''));
      for (const text of [...sorted, wanted]) expect(table.find(text)).toBe(sorted.indexOf(text));
      expect(table.lowerBound(wanted)).toBe(sorted.filter((text) => text < wanted).length);
    }),
  );
});
