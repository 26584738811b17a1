import { gzipSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import iconv from 'iconv-lite';
import type { RandomChoice } from './randomChoice.js';

/** A valid file. */
export interface GeneratedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** The ids of the products, in order. */
  readonly ids: readonly string[];
  readonly xlsx: boolean;
}

type Kind = 'csv' | 'tsv' | 'jsonl' | 'xlsx' | 'shopify' | 'google';

const KINDS: readonly [Kind, ...Kind[]] = ['csv', 'tsv', 'jsonl', 'xlsx', 'shopify', 'google'];

const WORDS = [
  ...[
    'red',
    'Shirt',
    '17" screen',
    'a, b; c',
    "it's",
    '5 > 3',
    '-5',
    '=1+1',
    '+49 30 1234',
    '@home',
    "'quoted",
    '0012',
  ],
  ...[
    '1.299,00',
    'two\nlines',
    '<b>bold</b>',
    'null',
    'true',
    '{}',
    '[]',
    'x'.repeat(300),
    '__proto__',
    'constructor',
  ],
] as const;
const WIDE_WORDS = ['é', 'größe', '赤い', '😀', '“quoted”', '\u00a0', 'ﬀ', 'I\u0307', '＝1+1'] as const;
const LATIN_WORDS = ['é', 'größe', 'für mich', 'à la carte'] as const;

/** Generates a valid file of products in a random format, compression and encoding. */
export function generateFile(choice: RandomChoice): GeneratedFile {
  const kind = choice.of(KINDS);
  const encoding =
    kind === 'jsonl' || kind === 'xlsx' ? 'utf8' : choice.of(['utf8', 'utf8', 'utf-16le', 'windows-1252']);
  const marked = encoding !== 'windows-1252' && (encoding !== 'utf8' || choice.chance(0.3));
  const count = 1 + choice.number(12);
  const ids = Array.from({ length: count }, (_, at) => `p${at}-${choice.number(1000)}`);
  const word = (): string => {
    if (choice.chance(0.3)) return '';
    if (choice.chance(0.3)) return choice.of(encoding === 'windows-1252' ? LATIN_WORDS : WIDE_WORDS);
    return choice.of(WORDS);
  };
  const table = tableOf(kind, ids, word, choice);
  if (kind === 'xlsx') {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(table), 'Products');
    const written: unknown = write(book, {
      type: 'buffer',
      bookType: 'xlsx',
      compression: choice.chance(0.5),
    });
    if (!Buffer.isBuffer(written)) throw new Error('the workbook was not written as bytes');
    return { name: 'file.xlsx', bytes: written, ids, xlsx: true };
  }
  const delimiter = kind === 'tsv' ? '\t' : kind === 'csv' ? choice.of([',', ',', ';', '|']) : ',';
  const text =
    kind === 'jsonl' ? linesOf(table, choice) : textOf(table, delimiter, choice.of(['\n', '\r\n']));
  const plain = iconv.encode(text, encoding, { addBOM: marked });
  const gzip = choice.chance(0.25);
  const extension = kind === 'shopify' || kind === 'google' ? 'csv' : kind;
  return {
    name: `file.${extension}${gzip ? '.gz' : ''}`,
    bytes: gzip ? gzipSync(plain) : plain,
    ids,
    xlsx: false,
  };
}

function tableOf(kind: Kind, ids: readonly string[], word: () => string, choice: RandomChoice): string[][] {
  if (kind === 'shopify') {
    const header = [
      'Handle',
      'Title',
      'Body (HTML)',
      'Vendor',
      'Type',
      'Option1 Name',
      'Option1 Value',
      'Variant SKU',
    ];
    const rows = ids.map((id) => [`h-${id}`, `T ${word()}`, word(), word(), word(), '', '', id]);
    return [[...header, 'Variant Price'], ...rows.map((row) => [...row, String(choice.number(100))])];
  }
  if (kind === 'google') {
    const header = ['id', 'title', 'link', 'image link', 'product type', 'price', 'color', 'material'];
    const rows = ids.map((id) => [
      id,
      `T ${word()}`,
      `https://shop.example/${id}`,
      '',
      word(),
      '5.00 EUR',
      word(),
      word(),
    ]);
    return [header, ...rows];
  }
  const own = ['title', 'brand', 'category', 'price', 'color', 'material', 'fit'].filter(() =>
    choice.chance(0.8),
  );
  const cell = (column: string): string => (column === 'price' ? String(choice.number(1000)) : word());
  return [['id', ...own, 'note'], ...ids.map((id) => [id, ...own.map(cell), `n ${word()}`])];
}

function linesOf([header = [], ...rows]: string[][], choice: RandomChoice): string {
  const lines = rows.map((cells) => {
    const record: Record<string, unknown> = {};
    const attributes: Record<string, unknown> = {};
    for (const [at, name] of header.entries()) {
      const into = ['color', 'material', 'fit'].includes(name) ? attributes : record;
      into[name] = name === 'price' ? Number(cells[at]) : cells[at];
    }
    if (choice.chance(0.7)) record.attributes = attributes;
    if (choice.chance(0.2)) record.extra = { deep: [{ er: [1, 2.5e10, null] }] };
    return JSON.stringify(record);
  });
  return lines.join('\n') + (choice.chance(0.8) ? '\n' : '');
}

function textOf(table: readonly (readonly string[])[], delimiter: string, ending: string): string {
  const quoted = (cell: string): string =>
    cell.includes('"') || cell.includes(delimiter) || /[\r\n]/.test(cell)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  return table.map((cells) => cells.map(quoted).join(delimiter) + ending).join('');
}
