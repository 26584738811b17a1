import { gunzipSync, gzipSync } from 'node:zlib';
import type { RandomChoice } from './randomChoice.js';

const TOKENS: readonly [string, ...string[]] = [
  ...([
    '"',
    '""',
    '","',
    '"\n"',
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\uFEFF',
    '\t',
    ',',
    ';',
    '\\',
    "'",
    'sep=;\n',
    '\u2028',
  ] as const),
  ...([
    '__proto__',
    'constructor',
    '{"__proto__":{"x":1}}',
    '"id":',
    'null',
    '1e999',
    '-0',
    'NaN',
    '9'.repeat(400),
  ] as const),
  ...['[', '{"a":', '{"id":"d","attributes":{"a":'].map((open) => open.repeat(20_000)),
  ...[
    '<',
    '<a ',
    '<!--',
    '<script ',
    '<p',
    '&#x110000;',
    '&amp',
    '<li><',
    '"',
    '""',
    '",',
    'a,"',
    ' ',
    'k',
    '1,',
    '9 ',
  ].map((part) => part.repeat(Math.ceil(60_000 / part.length))),
  ...[
    '<col min="1" max="99999999"/>',
    '<hyperlink ref="A1:XFD1048576" location="x"/>',
    '<row r="4294967295" ht="9">',
  ],
  ...[
    '<dimension ref="A1:XFD1048576"/>',
    '<mergeCell ref="A1:XFD1048576"/>',
    '<c r="ZZZZ999999999"><v>1</v></c>',
  ],
  ...[
    '<c r="XFD1048576" t="s"><v>999999</v></c>',
    '<f t="shared" ref="A1:XFD1048576" si="0">A1</f>',
    '<si><t>',
    '<!DOCTYPE x [',
  ],
  ...['t="d"', 't="e"', 'formatCode="', 's="99999"', '<f t="array" ref="A1:B9">1</f>', ']]>', 'xml:space="'],
];

const NAMES: readonly [string, ...string[]] = [
  'file.csv',
  'file.tsv',
  'file.jsonl',
  'file.xlsx',
  'file.csv.gz',
  'file.dat',
];

/** Damages bytes one to four times: flips, cuts, copies, random bytes, tokens that are hard for parsers. */
export function mutate(bytes: Buffer, choice: RandomChoice): Buffer {
  let mutated = bytes;
  for (let left = 1 + choice.number(4); left > 0; left--) mutated = mutateOnce(mutated, choice);
  return mutated;
}

/** The same for a gzipped file: the compressed bytes or the content. */
export function mutatePacked(bytes: Buffer, choice: RandomChoice): Buffer {
  if (choice.chance(0.3))
    return Buffer.concat([bytes, choice.of([Buffer.alloc(600), Buffer.from('tail'), bytes])]);
  return choice.chance(0.5) ? mutate(bytes, choice) : gzipSync(mutate(gunzipSync(bytes), choice));
}

/** The name of the file, sometimes one that does not fit its content. */
export function mutateName(name: string, choice: RandomChoice): string {
  return choice.chance(0.15) ? choice.of(NAMES) : name;
}

function mutateOnce(bytes: Buffer, choice: RandomChoice): Buffer {
  const at = choice.number(bytes.length + 1);
  const to = Math.min(bytes.length, at + choice.number(200));
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at);
  switch (choice.number(7)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      for (let left = 1 + choice.number(8); left > 0 && flipped.length > 0; left--) {
        const offset = choice.number(flipped.length);
        flipped.writeUInt8(flipped.readUInt8(offset) ^ (1 << choice.number(8)), offset);
      }
      return flipped;
    }
    case 1:
      return before;
    case 2: {
      const into = choice.number(bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, into), bytes.subarray(at, to), bytes.subarray(into)]);
    }
    case 3:
      return Buffer.concat([before, bytes.subarray(to)]);
    case 4:
      return Buffer.concat([
        before,
        Buffer.from(Array.from({ length: 1 + choice.number(40) }, () => choice.number(256))),
        after,
      ]);
    case 5:
      return Buffer.concat([
        before,
        ...Array.from({ length: 1 + choice.number(300) }, () => bytes.subarray(at, to)),
        after,
      ]);
    default:
      return Buffer.concat([
        before,
        Buffer.from(choice.of(TOKENS), choice.chance(0.8) ? 'utf8' : 'utf16le'),
        after,
      ]);
  }
}
