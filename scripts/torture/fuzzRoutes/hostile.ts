import fc from 'fast-check';

/** Difficult texts: other scripts, lone surrogates, names of JavaScript itself, other notations. */
const ODD = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\ufeff', '\u202e', 'e\u0301'.repeat(50)],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '$where', 'null', 'undefined'],
  ...[
    "'",
    '"',
    '`',
    '\\',
    '%',
    '%00',
    '%zz',
    '../../etc/passwd',
    '{{7*7}}',
    '#{1}',
    "' OR 1=1 --",
    '<script>',
  ],
  ...['NaN', '-1', '0', '1e309', '-0', '0x10', '1.5', '9007199254740993', '99999999999999999999', '١٢٣'],
  ...[
    '手机壳',
    '🧦🧦',
    'ﬁ',
    'ǅ',
    'İı',
    'نص',
    '\r\n',
    'a\r\nx: y',
    '\t',
    '*',
    ',,,',
    ':',
    'a:b:c',
    '..',
    '..5..',
  ],
  ...[
    "brand = 'x",
    'NOT NOT NOT',
    'brand IN [',
    '((((',
    'price < ',
    "a = 'b' OR ".repeat(400),
    '('.repeat(3000),
  ],
];
const LONG = [1000, 1001, 10_000, 100_000];

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...ODD) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('a', 'ä ', '手', "'", 'word '), fc.constantFrom(...LONG))
      .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length))),
  },
);

const oddNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -1, 1, -0, 1.5, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 1e21),
  fc.double({ noNaN: true }),
);

/** Any JSON value, usually of an unexpected type. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  fc.constantFrom(null, true, false, [], {}, [null], [[]], { a: { b: {} } }),
  fc.array(oddText, { maxLength: 4 }),
  fc.dictionary(oddText, fc.oneof(oddText, oddNumber), { maxKeys: 4 }),
  // JSON.parse makes `__proto__` an own property.
  oddText.map((text): unknown =>
    JSON.parse(`{"__proto__": ${JSON.stringify(text)}, "constructor": {"prototype": 1}}`),
  ),
  fc
    .integer({ min: 2, max: 200 })
    .map((depth): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)),
);

/** Bodies that are malformed, or extremely long or deep. */
export const oddBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '{',
    '[',
    '{"id":',
    'null',
    '3',
    '"x"',
    '[]',
    '{}',
    '{"id":"x"}\n{"id":',
    '\u0000',
    '{"a":1}}',
  ),
  fc.constantFrom(
    '[{},{}',
    '{"__proto__":{"id":"x"}}',
    '[{"id":"x","__proto__":1}]',
    '{"constructor":{"prototype":{}}}',
  ),
  fc.constantFrom(
    '['.repeat(50_000),
    '{"a":'.repeat(20_000),
    `[${'[],'.repeat(10_000)}[]]`,
    `{"q":"${'x'.repeat(200_000)}"}`,
  ),
  fc.constantFrom(
    '{"id":"x"}\n'.repeat(50),
    '\n\n\n',
    '{"id":1,"id":2}',
    '{"q":"\\ud800"}',
    '{"price":1e999}',
  ),
  oddValue.map((value) => JSON.stringify(value)),
);

export const oddMediaType: fc.Arbitrary<string> = fc.constantFrom(
  ...[
    'application/json; charset=utf-16',
    'application/x-ndjson',
    'application/jsonl',
    'text/plain',
    'text/html',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'APPLICATION/JSON',
    'application/',
    '',
  ],
  ...['application/json;', 'a/b; c="', '*/*', 'application/octet-stream', 'x'.repeat(2000)],
);
