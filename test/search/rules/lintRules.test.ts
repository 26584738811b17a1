import { describe, expect, it } from 'vitest';
import { lintRules } from '../../../src/search/rules/lintRules.js';
import { findingLine, type RuleFinding } from '../../../src/search/rules/ruleFinding.js';
import { indexOf } from '../indexOf.js';

const NOW = Date.parse('2026-11-21T12:00Z');

function lint(text: string): readonly RuleFinding[] {
  return lintRules(text, undefined, NOW).findings;
}

/** One rule `r` with the given `then`, from line 4 on. */
const acting = (then: string, when = '{}') =>
  `format: 1\nrules:\n  - id: r\n    then: ${then}\n    when: ${when}\n`;

describe('the shape of rules', () => {
  it('accepts every condition and effect', () => {
    const text = `
format: 1
rules:
  - id: boots-week
    note: as agreed
    when:
      query: [winter boots, boots]
      category: Shoes > Boots
      from: 2026-11-23
      until: 2026-11-29T23:00+01:00
    then:
      pin: [{ id: "17", position: 1 }, { id: a, position: 3 }]
      hide: [b, c]
      boost: { filter: brand = 'Acme', by: 0.2 }
      bury: [{ filter: price > 100, by: .1 }]
      filter: NOT brand = 'Zinc'
      redirect: /boots
      in_stock_first: true
      new_first: { field: added, days: 30 }
      by_field: { field: margin, weight: 0.1 }
  - id: all
    when: { query: { contains: [jacket] } }
    then: { hide: "stock = 0" }
`;
    const { rules, findings } = lintRules(text, undefined, NOW);
    expect(findings).toEqual([]);
    expect(rules?.rules[0]?.when.query).toEqual({ is: ['winter boots', 'boots'] });
    expect(rules?.rules[1]?.when.query).toEqual({ contains: ['jacket'] });
  });

  it.each([
    ['format: 1\nrulez: []\n', 'unknown-key', 'rulez', 2, /nearest is rules/],
    ['format: 1\n', 'missing-key', 'rules', 1, /is missing: expected a list/],
    ['rules: []\n', 'wrong-value', 'format', undefined, /expected 1, found/],
    ['format: 2\nrules: []\n', 'format', 'format', 1, /found format 2, and this Shelfwright reads format 1/],
    ['format: 1\nrules: [\n', 'unreadable', '', undefined, /not readable YAML/],
    ['format: 1\nrules:\n  - id: a\n    id: b\n', 'unreadable', '', 4, /unique/],
    ['nothing of the kind', 'wrong-value', '', 1, /expected an object, found "nothing of the kind"/],
    [acting('{ pins: [] }'), 'unknown-key', 'rules.r.then.pins', 4, /nearest is pin, known are pin, hide/],
    [
      acting('{ pin: { id: a, positon: 1 } }'),
      'unknown-key',
      'rules.r.then.pin.positon',
      4,
      /nearest is position/,
    ],
    [
      acting('{ pin: { id: 17, position: 1 } }'),
      'wrong-value',
      'rules.r.then.pin.id',
      4,
      /expected a string, found 17; put it in quotes/,
    ],
    [
      acting('{ pin: { id: a, position: 0 } }'),
      'wrong-value',
      'rules.r.then.pin.position',
      4,
      /expected at least 1, found 0/,
    ],
    [
      acting('{ pin: [] }'),
      'wrong-value',
      'rules.r.then.pin',
      4,
      /expected at least one entry, found an empty list/,
    ],
    [acting('{ hide: [17] }'), 'wrong-value', 'rules.r.then.hide', 4, /digits only stand in quotes/],
    [
      acting("{ boost: { filter: brand = 'A', by: 0 } }"),
      'wrong-value',
      'rules.r.then.boost.by',
      4,
      /above 0 and at most 10, found 0/,
    ],
    [
      acting("{ boost: { filter: brand = 'A', by: .nan } }"),
      'wrong-value',
      'rules.r.then.boost.by',
      4,
      /found NaN/,
    ],
    [
      acting("{ bury: [{ filter: brand = 'A', by: -1 }] }"),
      'wrong-value',
      'rules.r.then.bury[0].by',
      4,
      /above 0.*found -1/,
    ],
    [
      acting('{ by_field: { field: margin, weight: 0 } }'),
      'wrong-value',
      'rules.r.then.by_field.weight',
      4,
      /other than 0, found 0/,
    ],
    [
      acting('{ redirect: "javascript:alert(1)" }'),
      'wrong-value',
      'rules.r.then.redirect',
      4,
      /begins with https/,
    ],
    [
      acting('{ redirect: //elsewhere.example }'),
      'wrong-value',
      'rules.r.then.redirect',
      4,
      /begins with https/,
    ],
    [
      acting('{ in_stock_first: false }'),
      'wrong-value',
      'rules.r.then.in_stock_first',
      4,
      /expected true, or leave it out/,
    ],
    [
      acting('{ new_first: { field: added, days: 0 } }'),
      'wrong-value',
      'rules.r.then.new_first.days',
      4,
      /above 0, found 0/,
    ],
  ])('%j: %s', (text, kind, where, line, message) => {
    const findings = lint(text);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      kind,
      where,
      ...(line !== undefined && { line }),
    });
    expect(findings[0]?.message).toMatch(message);
    expect(lintRules(text, undefined, NOW).rules).toBeUndefined();
  });

  it('reports very deep nesting and too many aliases as a finding', () => {
    for (const deep of [
      '['.repeat(200_000),
      '{"a": '.repeat(50_000),
      '- '.repeat(100_000),
      '? '.repeat(100_000),
    ]) {
      expect(lint(deep)).toMatchObject([{ severity: 'error', kind: 'unreadable', line: 1 }]);
    }
    const steps = Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
    expect(lint(steps)).toMatchObject([{ severity: 'error', kind: 'unreadable', line: 1 }]);
    const bomb = `a: &a [x]\n${'bcdefghij'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`)
      .join('\n')}\n`;
    expect(lint(bomb)[0]).toMatchObject({ severity: 'error', kind: 'unreadable' });
  });
});

describe('the meaning of rules', () => {
  it.each([
    [acting('{}'), 'error', 'no-effect', 'rules.r.then', 4, /does nothing/],
    [
      acting('{ hide: [a] }', '{ query: "!!!" }'),
      'error',
      'no-words',
      'rules.r.when.query',
      5,
      /"!!!", which has no word/,
    ],
    [
      acting('{ hide: [a] }', '{ query: { contains: [boots, "*"] } }'),
      'error',
      'no-words',
      'rules.r.when.query.contains[1]',
      5,
      /no word/,
    ],
    [
      acting('{ hide: [a] }', '{ query: {} }'),
      'error',
      'no-words',
      'rules.r.when.query',
      5,
      /names no query/,
    ],
    [
      acting('{ hide: [a] }', '{ from: 2026-02-30 }'),
      'error',
      'impossible-date',
      'rules.r.when.from',
      5,
      /"2026-02-30".*not a calendar date/,
    ],
    [
      acting('{ hide: [a] }', '{ until: next week }'),
      'error',
      'impossible-date',
      'rules.r.when.until',
      5,
      /"next week"/,
    ],
    [
      acting('{ hide: [a] }', '{ from: 2026-12-02, until: 2026-12-01 }'),
      'error',
      'impossible-date',
      'rules.r.when.until',
      5,
      /ends \(2026-12-01\) before it begins/,
    ],
    [
      acting('{ hide: [a] }', '{ until: 2026-11-20 }'),
      'warning',
      'past',
      'rules.r.when.until',
      5,
      /ended 2026-11-20T23:59:59\.999Z/,
    ],
    [
      acting('{ filter: brand == 3 }'),
      'error',
      'filter',
      'rules.r.then.filter',
      4,
      /filter, character 8: found '='/,
    ],
    [acting("{ hide: price < 'cheap' }"), 'error', 'filter', 'rules.r.then.hide', 4, /needs a number/],
    [
      acting('{ boost: [{ filter: id < 3, by: .1 }] }'),
      'error',
      'filter',
      'rules.r.then.boost[0].filter',
      4,
      /id takes =/,
    ],
    [
      acting("{ boost: { filter: brand = 'A', by: 3 } }"),
      'warning',
      'overruling',
      'rules.r.then.boost.by',
      4,
      /overrules the product that a query names/,
    ],
    [
      acting('{ pin: [{ id: a, position: 1 }, { id: b, position: 1 }] }'),
      'error',
      'pin-conflict',
      'rules.r.then.pin[1].position',
      4,
      /taken by "a"/,
    ],
    [
      acting('{ pin: [{ id: a, position: 1 }, { id: a, position: 2 }] }'),
      'error',
      'pin-conflict',
      'rules.r.then.pin[1].id',
      4,
      /pinned twice/,
    ],
    [
      acting('{ pin: { id: a, position: 1 }, hide: [a] }'),
      'warning',
      'pin-hidden',
      'rules.r.then.pin.id',
      4,
      /hidden wins/,
    ],
  ])('%j: %s %s', (text, severity, kind, where, line, message) => {
    const findings = lint(text);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity, kind, where, line });
    expect(findings[0]?.message).toMatch(message);
  });

  it('ends a day with its last moment in UTC, and does not report future rules as past', () => {
    expect(lint(acting('{ hide: [a] }', '{ until: 2026-11-21 }'))).toEqual([]);
    expect(lint(acting('{ hide: [a] }', '{ until: 2026-11-21T12:30+01:00 }'))).toMatchObject([
      { kind: 'past' },
    ]);
  });

  it('reports ids used twice, and positions that two rules of the same searches use', () => {
    const rule = (id: string, product: string, when: string) =>
      `  - id: ${id}\n    when: ${when}\n    then: { pin: { id: ${product}, position: 1 } }\n`;
    const two = (one: string, other: string) =>
      lint(`format: 1\nrules:\n${rule('one', 'a', one)}${rule('two', 'b', other)}`).map(({ kind, line }) => [
        kind,
        line,
      ]);
    expect(lint(`format: 1\nrules:\n${rule('one', 'a', '{}')}${rule('one', 'a', '{}')}`)).toMatchObject([
      { severity: 'error', kind: 'duplicate-id', where: 'rules.one.id', line: 6 },
    ]);
    expect(two('{ query: Rain Jackets }', '{ query: [x, rain jacket] }')).toEqual([['pin-conflict', 8]]);
    expect(two('{ query: "*" }', '{}')).toEqual([['pin-conflict', 8]]);
    expect(two('{ query: rain jacket }', '{ query: jacket }')).toEqual([]);
    expect(two('{ category: A }', '{ category: B }')).toEqual([]);
    expect(two('{ category: A > x }', '{ category: [B, "a>X"] }')).toEqual([['pin-conflict', 8]]);
    expect(two('{ until: 2026-12-01 }', '{ from: 2026-12-01 }')).toEqual([['pin-conflict', 8]]);
    expect(two('{ until: 2026-12-01 }', '{ from: 2026-12-02 }')).toEqual([]);
  });

  it('reports what the catalog lacks as warnings, and keeps the rules usable', async () => {
    const index = await indexOf([
      { id: 'p1', title: 'Boots', category: 'Shoes > Boots', brand: 'Acme', price: 9, added: '2026-11-01' },
    ]);
    const text = `format: 1
rules:
  - id: r
    when: { category: [shoes > boots, Shoes > Bootes] }
    then:
      pin: [{ id: p1, position: 1 }, { id: p2, position: 2 }]
      hide: [p3]
      boost: { filter: colour = 'Red' AND brand = 'Acme', by: .1 }
      by_field: [{ field: price, weight: .1 }, { field: brand, weight: .1 }]
      new_first: { field: adde, days: 3 }
`;
    const { rules, findings } = lintRules(text, index, NOW);
    expect(rules?.rules).toHaveLength(1);
    expect(findings.map(({ severity, kind, line, where }) => [severity, kind, line, where])).toEqual([
      ['warning', 'unknown-category', 4, 'rules.r.when.category[1]'],
      ['warning', 'unknown-product', 6, 'rules.r.then.pin[1].id'],
      ['warning', 'unknown-product', 7, 'rules.r.then.hide[0]'],
      ['warning', 'unknown-field', 8, 'rules.r.then.boost.filter'],
      ['warning', 'unknown-field', 9, 'rules.r.then.by_field[1].field'],
      ['warning', 'unknown-field', 10, 'rules.r.then.new_first.field'],
    ]);
    expect(findings[0]?.message).toContain("the nearest is 'Shoes > Boots'");
    expect(findings[5]?.message).toContain('are added');
    expect(
      findingLine(findings[1] ?? { severity: 'error', kind: '', where: '', message: '' }, 'rules.yaml'),
    ).toBe(
      'warning  rules.yaml:6: rules.r.then.pin[1].id: the catalog has no product "p2": the rule ignores it (unknown-product)',
    );
    index.close();
  });
});

describe('synonyms in rules', () => {
  const text = (...lines: string[]) =>
    `format: 1\nrules: []\nsynonyms:\n${lines.map((line) => `  - ${JSON.stringify(line)}\n`).join('')}`;

  it('refuses lines that are no synonyms, at their line', () => {
    const findings = lint(text('tv, television', 'alone', 'a => b => c'));
    expect(findings.map(({ severity, kind, where, line }) => [severity, kind, where, line])).toEqual([
      ['error', 'synonym', 'synonyms[1]', 5],
      ['error', 'synonym', 'synonyms[2]', 6],
    ]);
    expect(findings[0]?.message).toMatch(/expected words such as 'tv, television'/);
  });

  it('warns of lines that repeat others, and of words that no product has', async () => {
    const catalog = await indexOf([{ id: 'a', title: 'Red couch' }]);
    const found = lintRules(text('sofa => couch', 'sofas, couches', 'lamp => light'), catalog, NOW);
    expect(found.rules?.synonyms).toHaveLength(3);
    expect(found.findings.map(({ kind, where }) => [kind, where])).toEqual([
      ['repeated-synonym', 'synonyms[1]'],
      ['unknown-words', 'synonyms[2]'],
    ]);
  });
});
