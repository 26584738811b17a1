import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { Encoding } from '../../../src/formats/bytes/encoding.js';
import { type Line, LineReader, MAX_LINE_BYTES } from '../../../src/formats/bytes/lines.js';

const encodings: readonly Encoding[] = [
  { name: 'utf8', mark: 0, unit: 1 },
  { name: 'utf8', mark: 3, unit: 1 },
  { name: 'utf-16le', mark: 2, unit: 2 },
  { name: 'utf-16be', mark: 2, unit: 2 },
  { name: 'windows-1252', mark: 0, unit: 1 },
  { name: 'Shift_JIS', mark: 0, unit: 1 },
];

function readInPieces(content: Buffer, encoding: Encoding, cuts: readonly number[]): Line[] {
  const reader = new LineReader(encoding);
  const lines: Line[] = [];
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const to = Math.min(cut, content.length);
    // A copy, because the reader must not depend on chunks that share memory.
    lines.push(...reader.push(Buffer.from(content.subarray(from, to))));
    from = Math.max(from, to);
  }
  lines.push(...reader.push(content.subarray(from)));
  lines.push(...reader.end());
  return lines;
}

describe('LineReader', () => {
  it('reads the same lines whatever the chunks, and returns every byte once', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '\n', '\r\n', '\u010a', '\u0a0d', '\u0100', 'é', '€', '😀', '赤', ','),
    });
    fc.assert(
      fc.property(text, fc.constantFrom(...encodings), fc.array(fc.nat(60)), (content, encoding, cuts) => {
        const mark =
          encoding.mark === 0 ? Buffer.alloc(0) : iconv.encode('\uFEFF', encoding.name, { addBOM: false });
        const bytes = Buffer.concat([mark, iconv.encode(content, encoding.name, { addBOM: false })]);
        const whole = readInPieces(bytes, encoding, []);
        const pieces = readInPieces(bytes, encoding, cuts);
        expect(pieces).toEqual(whole);
        expect(Buffer.concat(pieces.map((line) => line.bytes)).equals(bytes)).toBe(true);
        const decoded = iconv.decode(bytes.subarray(mark.length), encoding.name, { stripBOM: false });
        expect(whole.map((line) => line.text + line.ending).join('')).toBe(decoded);
        expect(whole.every((line) => !line.text.includes('\n'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reports bytes that are invalid in the encoding, but accepts a replacement character in the file', () => {
    const lines = readInPieces(
      Buffer.concat([Buffer.from('ok \uFFFD\nbad '), Buffer.from([0xc3, 0x28, 0x0a])]),
      encodings[0] ?? { name: 'utf8', mark: 0, unit: 1 },
      [],
    );
    expect(lines.map(({ fault }) => fault)).toEqual([undefined, 'holds bytes that are not UTF-8']);
  });

  it('returns an overlong line in pieces without keeping it in memory, and continues after it', () => {
    const reader = new LineReader({ name: 'utf8', mark: 0, unit: 1 });
    const block = Buffer.alloc(1024 * 1024, 'x');
    const lines: Line[] = [];
    for (let count = 0; count < 25; count++) lines.push(...reader.push(block));
    lines.push(...reader.push(Buffer.from('\nnext\n')));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines[0]).toMatchObject({ number: 1, fault: 'is longer than 10 MB', continued: false });
    expect(lines[1]).toMatchObject({ number: 1, continued: true });
    expect(lines.at(-1)).toMatchObject({ number: 2, text: 'next', fault: undefined, continued: false });
    expect(lines.reduce((sum, line) => sum + line.bytes.length, 0)).toBe(25 * block.length + 6);
    expect(Math.max(...lines.map((line) => line.bytes.length))).toBeLessThan(
      MAX_LINE_BYTES + 2 * block.length,
    );
  });
});
