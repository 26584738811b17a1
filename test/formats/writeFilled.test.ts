import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { guardFormula } from '../../src/formats/formulaGuard.js';
import { openSource } from '../../src/formats/source.js';
import { requireOutput, writeFilled } from '../../src/formats/writeFilled.js';
import { fileOf, outPath, temporaryFolder } from '../support/temporaryFolder.js';
import { brokenCatalog } from './brokenCatalog.js';
import { collect } from './collect.js';
import { fact } from './fact.js';

const noFacts = { added: [], factsOf: () => [] };

async function rewrite(ending: string, content: Buffer): Promise<Buffer> {
  const out = outPath(ending);
  await writeFilled(await openSource(fileOf(ending, content)), out, noFacts);
  return readFileSync(out);
}

describe('writeFilled with nothing to fill', () => {
  it('writes any table back byte for byte', async () => {
    const piece = fc.constantFrom(
      'a',
      'é',
      '"',
      '""',
      ',',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '"x"',
      '\0',
      '😀',
      ';',
      '\t',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.constantFrom('utf8', 'utf-16le', 'windows-1252'),
        fc.boolean(),
        async (body, encoding, mark) => {
          const text = `id,title,x\n1,é,"\n"\n${body.join('')}`;
          const bytes = iconv.encode(text, encoding, {
            addBOM: encoding === 'utf-16le' || (encoding === 'utf8' && mark),
          });
          expect((await rewrite('.csv', bytes)).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('writes any JSONL back byte for byte', async () => {
    const line = fc.oneof(
      fc.json().map((json) => `{ "id" :"${json.length}", "v":${json}, "n": 1.0e3 }`),
      fc.string({ unit: 'binary' }),
      fc.constant(''),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, ending) => {
          const bytes = Buffer.from(`{"id":"first"}${ending}${lines.join(ending)}`);
          expect((await rewrite('.jsonl', bytes)).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps broken rows and invalid bytes', async () => {
    const { content } = brokenCatalog(new Set(Array.from({ length: 40 }, (_, at) => at * 7 + 3)));
    expect((await rewrite('.csv', content)).equals(content)).toBe(true);
    const long = Buffer.from(`{"id":"1"}\n{"id":"2","t":"${'x'.repeat(12 * 1024 * 1024)}"}\n{"id":"3"}\n`);
    expect((await rewrite('.jsonl', long)).equals(long)).toBe(true);
  });

  it('decompresses and compresses according to the names', async () => {
    const content = Buffer.from('id,title\n1,a\n');
    expect(gunzipSync(await rewrite('.csv.gz', gzipSync(content))).equals(content)).toBe(true);
  });
});

describe('writeFilled', () => {
  it('fills blank cells of a table, adds columns, and keeps every other cell unchanged', async () => {
    const content =
      '\uFEFFid;Titel;Farbe;Kategorie\r\n1;"Rot; groß";;"Hemd"\r\n2;b;" ";""\r\n3;"open;x\r\n\r\n2;again;;\r\n4;"zwei\r\nZeilen";blau;\r\n';
    const path = fileOf('.csv', Buffer.from(content));
    const out = outPath('.csv');
    const source = await openSource(path, { map: { 'attributes.color': 'Farbe' } });
    const result = await writeFilled(source, out, {
      added: ['attributes.size', 'attributes.Titel'],
      factsOf: (product) => [
        fact('attributes.color', ['rot', 'gelb']),
        fact('category', 'A "B"'),
        fact('attributes.size', product.id === '2' ? 'M; L' : ''),
        fact('attributes.Titel', 'x', { status: 'suggested' }),
      ],
    });
    expect(readFileSync(out, 'utf8')).toBe(
      '\uFEFFid;Titel;Farbe;Kategorie;size;attributes.Titel\r\n1;"Rot; groß";rot, gelb;"Hemd";;\r\n2;b;rot, gelb;"A ""B""";"M; L";\r\n3;"open;x\r\n\r\n2;again;;;;\r\n4;"zwei\r\nZeilen";blau;"A ""B""";;\r\n',
    );
    expect(result).toEqual({ rows: 5, filled: 5 });
  });

  it('changes only blank cells, whatever the value', async () => {
    const cell = fc.oneof(
      fc.constantFrom('', ' '),
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', ' ') }),
    );
    const value = fc
      .string({ unit: fc.constantFrom('v', '"', ',', '\n', 'ü'), minLength: 1 })
      .filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
        value,
        fc.boolean(),
        async (rows, filled, mark) => {
          const quoted = (text: string): string =>
            /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
          const text = `${mark ? '\uFEFF' : ''}id,title,fit,grip\n${rows.map((cells, at) => [`p${at}`, 'é', ...cells].map(quoted).join(',')).join('\n')}\n`;
          const out = outPath('.csv');
          await writeFilled(await openSource(fileOf('.csv', text)), out, {
            added: ['attributes.new'],
            factsOf: () => [fact('attributes.fit', filled), fact('attributes.new', filled)],
          });
          const records: string[][] = parse(readFileSync(out), { bom: true });
          const expected = rows.map(([fit, grip], at) => [
            `p${at}`,
            'é',
            fit.trim() === '' ? guardFormula(filled) : fit,
            grip,
            guardFormula(filled),
          ]);
          expect(records).toEqual([['id', 'title', 'fit', 'grip', 'new'], ...expected]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('writes the facts of a table to a file, one per line', async () => {
    const out = outPath('.filled.csv.gz');
    await writeFilled(await openSource(fileOf('.csv', 'id,title,color\n1,Red,\n')), out, {
      added: [],
      factsOf: () => [
        fact('attributes.color', 'Red', { evidence: { field: 'title', start: 0, end: 3, quote: 'Red' } }),
        fact('category', ['A', 'B'], {
          status: 'suggested',
          confidence: 0.5,
          method: 'classifier',
          evidence: { rule: 'red, "always"' },
        }),
        fact('attributes.fit', 'Slim', {
          method: 'neighbours',
          evidence: { neighbours: [{ id: '9', similarity: 0.9, value: 'Slim' }] },
        }),
        fact('attributes.fit', 'Wide', { status: 'rejected' }),
      ],
    });
    const factsFile = readFileSync(out.replace('.csv.gz', '.facts.csv'), 'utf8');
    expect(parse(factsFile)).toEqual([
      [
        'id',
        'field',
        'value',
        'status',
        'confidence',
        'source',
        'method',
        'evidence_field',
        'start',
        'end',
        'quote',
        'evidence',
      ],
      ['1', 'attributes.color', 'Red', 'applied', '0.97', 'model', 'lookup', 'title', '0', '3', 'Red', ''],
      ['1', 'category', 'A, B', 'suggested', '0.5', 'model', 'classifier', '', '', '', '', 'red, "always"'],
      [
        '1',
        'attributes.fit',
        'Slim',
        'applied',
        '0.97',
        'model',
        'neighbours',
        '',
        '',
        '',
        '',
        '{"neighbours":[{"id":"9","similarity":0.9,"value":"Slim"}]}',
      ],
    ]);
  });

  it('keeps the encoding, and keeps a blank if the encoding cannot represent the value', async () => {
    const out = outPath('.csv');
    const content = iconv.encode('id;title;a;b\r\n1;Größe;;\r\n', 'windows-1252');
    const result = await writeFilled(await openSource(fileOf('.csv', content)), out, {
      added: [],
      factsOf: () => [fact('attributes.a', 'süß'), fact('attributes.b', '5 → 6')],
    });
    expect(iconv.decode(readFileSync(out), 'windows-1252')).toBe('id;title;a;b\r\n1;Größe;süß;\r\n');
    expect(result.filled).toBe(1);
    expect(readFileSync(out.replace('.csv', '.facts.csv'), 'utf8')).toContain('5 → 6');
  });

  it('fills JSONL and adds all facts', async () => {
    const out = outPath('.jsonl');
    const result = await writeFilled(
      await openSource(fileOf('.jsonl', '\uFEFF{"id":1}\nbroken\n{"id":2}\n')),
      out,
      {
        added: [],
        factsOf: (product) => (product.id === '1' ? [fact('category', 'Shirts')] : []),
      },
    );
    const [first, ...others] = readFileSync(out, 'utf8').split('\n');
    expect(first).toBe(
      `\uFEFF{"id":1,"category":"Shirts","_shelfwright":{"facts":[${JSON.stringify(fact('category', 'Shirts'))}]}}`,
    );
    expect(others).toEqual(['broken', '{"id":2}', '']);
    expect(result).toEqual({ rows: 3, filled: 1 });
    expect(existsSync(out.replace('.jsonl', '.facts.csv'))).toBe(false);
  });

  it('writes a table in another format', async () => {
    const path = fileOf('.csv', 'id;title;color\n1;a\tb;\n2;"open\n3;c;red\n');
    const filling = {
      added: ['attributes.fit'],
      factsOf: () => [fact('attributes.color', 'blue'), fact('attributes.fit', 'Slim')],
    };
    const tsv = outPath('.tsv');
    await writeFilled(await openSource(path), tsv, filling);
    expect(readFileSync(tsv, 'utf8')).toBe('id\ttitle\tcolor\tfit\n1\t"a\tb"\tblue\tSlim\n3\tc\tred\tSlim\n');
    const jsonl = outPath('.jsonl');
    expect(await writeFilled(await openSource(path), jsonl, filling)).toEqual({ rows: 2, filled: 3 });
    expect(
      readFileSync(jsonl, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { id: '1', title: 'a\tb', attributes: { color: 'blue', fit: 'Slim' } },
      { id: '3', title: 'c', attributes: { color: 'red', fit: 'Slim' } },
    ]);
    const xlsx = outPath('.xlsx');
    await writeFilled(await openSource(path), xlsx, filling);
    expect((await collect(xlsx)).products).toEqual([
      { id: '1', title: 'a\tb', attributes: { color: 'blue', fit: 'Slim' } },
      { id: '3', title: 'c', attributes: { color: 'red', fit: 'Slim' } },
    ]);
  });

  it('checks the output path before it starts', async () => {
    const source = await openSource(fileOf('.csv', 'id,title\n1,a\n'));
    const folder = temporaryFolder();
    const named = join(folder, 'kept.csv');
    mkdirSync(named);
    const refused = (out: string) => expect(requireOutput(source, out)).rejects;
    await refused(named).toThrow(`${named} is a folder: name a file in it.`);
    await refused(folder).toThrow(/has no known extension|is a folder/);
    await refused(join(folder, 'none', 'x.csv')).toThrow(
      `there is no folder ${join(folder, 'none')}: create it first`,
    );
    await refused(join(source.path, 'x.csv')).toThrow(/there is no folder/);
    await refused(source.path).toThrow(/is the input itself/);
    await requireOutput(source, join(folder, 'x.csv'));
    expect(readdirSync(folder)).toEqual(['kept.csv']);
  });

  it('leaves no files when it fails, and does not replace its input', async () => {
    const path = fileOf('.csv', 'id,title\n1,a\n');
    const out = outPath('.csv');
    const failing = {
      added: [],
      factsOf: () => {
        throw new Error('no model');
      },
    };
    await expect(writeFilled(await openSource(path), out, failing)).rejects.toThrow('no model');
    await expect(writeFilled(await openSource(path), path, noFacts)).rejects.toThrow(/is the input itself/);
    await expect(
      writeFilled(await openSource(path), `${temporaryFolder()}/none/x.csv`, noFacts),
    ).rejects.toThrow(/cannot be written/);
    await expect(
      writeFilled(await openSource(fileOf('.jsonl', '{"id":1}')), outPath('.csv'), noFacts),
    ).rejects.toThrow(/end the output's name in \.jsonl/);
    expect(readdirSync(dirname(out))).toEqual([]);
  });
});
