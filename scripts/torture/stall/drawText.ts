/** A text that may be slow to handle, and what it is. */
export interface Shape<T> {
  readonly what: string;
  readonly value: T;
}

/** Pieces that texts are built of: letters of many scripts, signs that parsers look for, beginnings of notations. */
const UNITS = [
  ...[
    'a',
    'A',
    'ab ',
    'word ',
    'ä',
    'e\u0301',
    'ß',
    'ﬀ',
    'I\u0307',
    '½',
    '①',
    '手',
    '한',
    'ا',
    'ไ',
    '🧦',
    '👩‍👩‍👧 ',
  ],
  ...[' ', '\n', '\t', '\u00a0', '\u200b', '\u0301', '\ufeff', '\u0000', '\ud800', '\u202e'],
  ...[
    "'",
    '"',
    '`',
    '\\',
    '-',
    '–',
    '.',
    ',',
    ';',
    ':',
    '/',
    '|',
    '#',
    '%',
    '&',
    '$',
    '€',
    '*',
    '+',
    '=',
    '<',
    '>',
    '_',
    '~',
  ],
  ...[
    '1',
    '1 ',
    '1.',
    '1,',
    '1/',
    '1/2 ',
    '1-',
    '1x',
    '1 x ',
    '1.000,',
    '1e',
    '-1',
    '12 gb ',
    '5\' 3" ',
    '1½ in ',
    '٣',
  ],
  ...['(', ')', '[', '{', '<b>', '</b>', '<!--', '<a href="', '&amp;', '&#38;', '&', 'a > ', '> ', '>'],
  ...[
    'a-',
    'a-b-',
    'ab-1 ',
    'AB12',
    'x1',
    'http://',
    'a.b',
    'a@b.',
    'a_b ',
    "a'b ",
    'not ',
    'no ',
    'without ',
    'under 5 ',
  ],
  ...[
    'over 5 under ',
    'between 1 and ',
    'cheap ',
    'red ',
    'aa bb ',
    'wi-fi ',
    '3-in-1 ',
    'size ',
    ' OR ',
    ' AND ',
    'NOT ',
  ],
] as const;

type Random = () => number;

export function pick<T>(random: Random, from: readonly [T, ...T[]] | readonly T[]): T {
  const item = from[Math.floor(random() * from.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

/** A length up to `max`, as often below as above each power of ten; every third time `max` itself. */
export function drawLength(random: Random, max: number): number {
  return random() < 0.35 ? max : Math.max(1, Math.floor(max ** random()));
}

/** A text of at most `max` UTF-16 units: one piece repeated, two in turn, distinct words, or pieces at random. */
export function drawText(random: Random, max: number): Shape<string> {
  const length = drawLength(random, max);
  const unit = pick(random, UNITS);
  const other = pick(random, UNITS);
  const shape = pick(random, ['repeated', 'repeated', 'in turn', 'distinct', 'mixed', 'ended'] as const);
  const what = `${shape} ${JSON.stringify(unit)}${shape === 'in turn' || shape === 'ended' ? ` ${JSON.stringify(other)}` : ''} to ${length}`;
  return { what, value: textOf(random, shape, unit, other, length).slice(0, length) };
}

function textOf(random: Random, shape: string, unit: string, other: string, length: number): string {
  if (shape === 'repeated') return repeated(unit, length);
  if (shape === 'in turn') return repeated(unit + other, length);
  if (shape === 'ended') return repeated(unit, Math.max(0, length - other.length)) + other;
  let text = '';
  for (let n = 0; text.length < length; n++)
    text += shape === 'distinct' ? `${unit}${n.toString(36)} ` : pick(random, UNITS);
  return text;
}

export function repeated(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}
