import { readFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src/formats/source.js';
import { workbookOf } from '../../src/formats/workbook/fillWorkbook.js';
import { writeFilled } from '../../src/formats/writeFilled.js';
import { fileOf, outPath } from '../support/temporaryFolder.js';
import { collect } from './collect.js';
import { fact } from './fact.js';

const HEADER = ['id', 'title', 'description', 'brand', 'category', 'finish'];
const CELLS = [
  'k1',
  'Kettle &amp; <b class="navy">trivet</b>',
  '<p style="color:#0a0">Boils<br/>fast</p><!-- beige -->',
  'Herd &#x26; Feuer',
  'Kitchen &gt; Kettles',
  '<i>brushed</i>&nbsp;steel',
];
/** A column of markup only would be no attribute. */
const PLAIN = ['k2', 'Kettle', '', '', '', 'matt'];
const READ = {
  id: 'k1',
  title: 'Kettle & trivet',
  description: 'Boils\nfast',
  brand: 'Herd & Feuer',
  category: 'Kitchen > Kettles',
  attributes: { finish: 'brushed steel' },
};
const [id, title, description, brand, category, finish] = CELLS;
const ORIGINAL = { id, title, description, brand, category, attributes: { finish } };

const FILES: Record<string, () => string | Buffer> = {
  '.csv': () => stringify([HEADER, CELLS, PLAIN]),
  '.tsv': () => stringify([HEADER, CELLS, PLAIN], { delimiter: '\t' }),
  '.jsonl': () => `${JSON.stringify(ORIGINAL)}\n`,
  '.xlsx': () => workbookOf([HEADER, CELLS, PLAIN]),
};

describe.each(Object.keys(FILES))('markup in %s', (ending) => {
  it('is left out of what is read, and kept in the original', async () => {
    const { rows } = await collect(fileOf(ending, FILES[ending]?.() ?? ''));
    expect(rows.slice(0, 1)).toEqual([expect.objectContaining({ product: READ, original: ORIGINAL })]);
  });

  it('stays in the filled file, and the spans quote it', async () => {
    const out = outPath(ending);
    const source = await openSource(fileOf(ending, FILES[ending]?.() ?? ''));
    const evidence = { field: 'title', start: 7, end: 15, quote: '& trivet' };
    await writeFilled(source, out, {
      added: ending === '.jsonl' ? [] : ['attributes.kind'],
      factsOf: ({ id: of, title: text = '' }) => {
        if (of !== id) return [];
        expect(text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
        return [fact('attributes.kind', 'Set', { evidence })];
      },
    });
    const { rows } = await collect(out);
    const filled = { ...ORIGINAL, attributes: { finish, kind: 'Set' } };
    expect(rows.slice(0, 1)).toEqual([expect.objectContaining({ original: filled })]);
    const quote = '&amp; <b class="navy">trivet';
    const facts =
      ending === '.jsonl'
        ? readFileSync(out, 'utf8')
        : readFileSync(out.replace(ending, '.facts.csv'), 'utf8').replaceAll('""', '"');
    expect(facts).toContain(ending === '.jsonl' ? JSON.stringify(quote) : quote);
    expect(title?.slice(7, 35)).toBe(quote);
    expect(facts).toContain(ending === '.jsonl' ? '"start":7,"end":35' : ',title,7,35,');
  });
});
