import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/domain/readYaml.js';
import { openSource } from '../../src/formats/source.js';
import { writeFilled } from '../../src/formats/writeFilled.js';
import { loadTaxonomy } from '../../src/taxonomy/load.js';
import { loadMigration } from '../../src/taxonomy/migrate/migration.js';
import { htmlText } from '../../src/text/html.js';
import { fileOf, outPath, temporaryFolder } from '../support/temporaryFolder.js';
import { collect } from './collect.js';
import { fact } from './fact.js';

const good = '{"id":"1","title":"a"}';

describe('files with deep nesting or endless repetition', () => {
  it.each([
    ['brackets', `{"id":"x","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['objects', `{"id":"x","a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
    ['attributes', `{"id":"x","attributes":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
    ['brackets left open', `{"id":"x","a":${'['.repeat(100_000)}`],
  ])('JSONL: %s go to quarantine', async (_, line) => {
    const { products, bad } = await collect(fileOf('.jsonl', `${good}\n${line}\n`));
    expect(products).toHaveLength(1);
    expect(bad).toMatchObject([{ line: 2 }]);
  });

  it('JSONL: prototype names as keys change no prototype and lose no row', async () => {
    const line =
      '{"id":"2","title":"b","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"attributes":{"__proto__":"x","constructor":"y"}}';
    const { products, bad } = await collect(fileOf('.jsonl', `${good}\n${line}\n`));
    expect([...products.map(({ id }) => id), ...bad]).toEqual(['1', '2']);
    expect(products[1]?.attributes).toMatchObject({ constructor: 'y' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect('polluted' in (products[1] ?? {})).toBe(false);
  });

  it('CSV: prototype names as headers are ordinary columns', async () => {
    const text = 'id,title,__proto__,constructor,toString\n1,a,x,y,z\n';
    const source = await openSource(fileOf('.csv', text));
    const out = outPath('.csv');
    await writeFilled(source, out, {
      added: ['attributes.fit'],
      factsOf: () => [fact('attributes.fit', 'slim')],
    });
    const { products } = await collect(out);
    expect(products).toMatchObject([
      { id: '1', attributes: { constructor: 'y', toString: 'z', fit: 'slim' } },
    ]);
    expect(Object.getPrototypeOf(products[0]?.attributes ?? {})).toBe(Object.prototype);
  });

  it('CSV: a cell of 20 MB goes to quarantine, quoted or not, without the rows around it', async () => {
    for (const cell of [
      'x'.repeat(20_000_000),
      `"${'x'.repeat(20_000_000)}"`,
      `"${'xxxx\n'.repeat(100_000)}"`,
    ]) {
      const { products, bad } = await collect(fileOf('.csv', `id,title\n1,a\n2,${cell}\n3,c\n`));
      expect(products.map(({ id }) => id)).toEqual(['1', '3']);
      expect(bad[0]?.line).toBe(3);
    }
  });

  it('CSV: more columns than any export has are refused', async () => {
    for (const columns of [6000, 1_000_000]) {
      const header = `id,title${',a'.repeat(columns)}`;
      await expect(openSource(fileOf('.csv', `${header}\n1,a\n`))).rejects.toThrow(
        /columns, more than 5000|has no complete header/,
      );
    }
  });

  it('CSV: the reader recovers when every line closes and reopens a quote', async () => {
    const text = `id,title\n1,a\n${'x","\n'.repeat(20_000)}2,b\n`;
    const { products, bad } = await collect(fileOf('.csv', text));
    expect(products.map(({ id }) => id)).toEqual(['1', '2']);
    expect(bad.length).toBeGreaterThan(10_000);
  });

  it('HTML: unclosed tags and comments stay as text', () => {
    for (const part of ['<!--', '<script ', '<p ', '<a ', '</']) {
      const html = part.repeat(300_000);
      expect(htmlText(html) === html).toBe(true);
    }
    expect(htmlText('<b>a</b><!-- x <p> --><script>1</script > b <!-- c <i>d</i>')).toBe('a b <!-- c d');
  });

  it('YAML: taxonomies and migrations that are nested too deeply are refused', async () => {
    const deep = `a: ${'['.repeat(200_000)}${']'.repeat(200_000)}\n`;
    const entry = `categories:\n  - {"id":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n`;
    for (const text of [deep, entry, `${'- '.repeat(200_000)}a\n`, `a: ${'{a: '.repeat(200_000)}`]) {
      const folder = temporaryFolder();
      writeFileSync(path.join(folder, 'taxonomy.yaml'), text);
      await expect(loadTaxonomy(folder)).rejects.toThrow(
        /taxonomy\.yaml, line 1: nested or indented more than 400 deep/,
      );
      writeFileSync(path.join(folder, 'migration.yaml'), text);
      await expect(loadMigration(folder)).rejects.toThrow(/nested or indented more than 400 deep/);
      expect(() => parseYaml(text, 'x.yaml')).toThrow(/x\.yaml, line 1: nested/);
    }
    const wide = `a: [${'[1], {b: 2}, '.repeat(2000)}3]\nb:\n${'- {c: d, e: "[[["}\n'.repeat(1000)}`;
    expect(() => parseYaml(wide, 'x.yaml')).not.toThrow();
  });
});
