import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { canEncode, detectEncoding } from '../../../src/formats/bytes/encoding.js';

const rows: Readonly<Record<string, string>> = {
  'windows-1252': 'id;Titel;Größe\n1;Grüne Bohnen;mittel\n2;Käse für Öfen €5;groß\n',
  'windows-1250': 'id;nazwa\n1;Żółta łódź\n2;Książka w twardej oprawie śliczna\n',
  'windows-1251': 'id;название\n1;Красная рубашка\n2;Синие брюки мужские\n',
  Shift_JIS: 'id,名前\n1,赤いシャツ\n2,青いズボンと靴\n',
};

describe('detectEncoding', () => {
  for (const [name, text] of Object.entries(rows)) {
    it(`detects ${name}`, () => {
      expect(detectEncoding(iconv.encode(text, name)).name).toBe(name);
    });
    it(`detects UTF-8 for the text of ${name}`, () => {
      expect(detectEncoding(Buffer.from(text))).toEqual({ name: 'utf8', mark: 0, unit: 1 });
    });
  }

  it('reads the byte order mark', () => {
    expect(detectEncoding(Buffer.from('\uFEFFid,title\n'))).toEqual({ name: 'utf8', mark: 3, unit: 1 });
    expect(detectEncoding(iconv.encode('id,title\n', 'utf-16le', { addBOM: true }))).toEqual({
      name: 'utf-16le',
      mark: 2,
      unit: 2,
    });
    expect(detectEncoding(iconv.encode('id,title\n', 'utf-16be', { addBOM: true }))).toEqual({
      name: 'utf-16be',
      mark: 2,
      unit: 2,
    });
  });

  it('detects UTF-16 without a mark by its zero bytes', () => {
    expect(detectEncoding(iconv.encode('id,title\n1,Red shirt\n', 'utf-16le', { addBOM: false }))).toEqual({
      name: 'utf-16le',
      mark: 0,
      unit: 2,
    });
  });

  it('detects UTF-8 in a file with some broken rows', () => {
    const good = Buffer.from('id,title\n1,Café\n2,Plain\n3,Grün\n');
    const broken = Buffer.from([0x34, 0x2c, 0xc3, 0x28, 0x0a]);
    expect(detectEncoding(Buffer.concat([good, broken])).name).toBe('utf8');
    expect(
      detectEncoding(
        Buffer.concat([
          Buffer.from('id,title\n1,Plain\n3,Another plain chair\n2,'),
          Buffer.from([0xff, 0xfe, 0x0a]),
        ]),
      ).name,
    ).toBe('utf8');
  });

  it('detects windows-1252 by a single Western letter', () => {
    const text = `id,title\n${Array.from({ length: 50 }, (_, at) => `${at},Plain chair ${at}`).join('\n')}\n51,Café chair\n`;
    expect(detectEncoding(iconv.encode(text, 'windows-1252')).name).toBe('windows-1252');
  });

  it('does not read Latin letters as halves of double-byte characters', () => {
    for (const cells of ['für mich|für mich|{}\r\n2|it|||é|n', 'für mich|größe|größe\r\n2|=1+1|229|é|n']) {
      const bytes = iconv.encode(`id|title|category|material\r\n1||${cells}\r\n`, 'windows-1252');
      expect(detectEncoding(bytes).name).toBe('windows-1252');
    }
  });

  it('accepts a sample that ends inside a character', () => {
    expect(detectEncoding(Buffer.from('id,title\n1,Café\n2,Caf\u00e9').subarray(0, -1)).name).toBe('utf8');
  });
});

describe('canEncode', () => {
  it('returns whether the encoding has all characters', () => {
    const encoding = { name: 'windows-1252', mark: 0, unit: 1 } as const;
    expect(canEncode('Größe 5 €', encoding)).toBe(true);
    expect(canEncode('5 → 6', encoding)).toBe(false);
  });
});
