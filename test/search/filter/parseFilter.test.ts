import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Filter, parseFilter } from '../../../src/search/filter/parseFilter.js';

describe('parsing a filter', () => {
  it('binds AND tighter than OR, and NOT tightest', () => {
    expect(parseFilter("a = 1 OR b = 2 AND NOT c = 'x'")).toEqual({
      kind: 'or',
      parts: [
        { kind: 'compare', field: 'a', operator: '=', value: 1 },
        {
          kind: 'and',
          parts: [
            { kind: 'compare', field: 'b', operator: '=', value: 2 },
            { kind: 'not', part: { kind: 'compare', field: 'c', operator: '=', value: 'x' } },
          ],
        },
      ],
    });
  });

  it('parses lists, existence, booleans, bare words, escapes and unusual field names', () => {
    expect(parseFilter("attributes.color IN ['red', \"it's\", 'it\\'s']")).toEqual({
      kind: 'in',
      field: 'attributes.color',
      values: ['red', "it's", "it's"],
    });
    expect(parseFilter('`attributes.Screen size` EXISTS')).toEqual({
      kind: 'exists',
      field: 'attributes.Screen size',
    });
    expect(parseFilter('x NOT EXISTS')).toEqual({ kind: 'not', part: { kind: 'exists', field: 'x' } });
    expect(parseFilter('x NOT IN []')).toEqual({ kind: 'not', part: { kind: 'in', field: 'x', values: [] } });
    expect(parseFilter('new = true and brand != Acme')).toMatchObject({
      parts: [{ value: true }, { operator: '!=', value: 'Acme' }],
    });
    expect(parseFilter('price>=-1.5')).toMatchObject({ operator: '>=', value: -1.5 });
    expect(parseFilter('sku = 12ab')).toMatchObject({ value: '12ab' });
  });

  it.each([
    ['brand =', /character 8: found the end, expected a value/],
    ['brand ~ 3', /character 7: found '~ 3', expected a field/],
    ["brand = 'open", /character 9: found ''open'/],
    ['(a = 1', /character 7: found the end, expected '\)'/],
    ['a = 1 b = 2', /character 7: found 'b', expected AND, OR or the end/],
    ['a IN [1 2]', /character 9: found '2', expected ',' or ']'/],
    ['= 1', /expected a field name/],
    [
      'Screen size = 3',
      /character 8: found 'size', expected =.* stands in backticks: `attributes.Screen size`/,
    ],
    ['naïve/colour = 3', /character 6: found '\/colour = ', expected a field.* stands in backticks/],
    ['`a b` size = 3', /expected =, !=, <, <=, >, >=, IN or EXISTS; a filter/],
    ['', /expected a field name/],
  ])('refuses %s with its place', (text, message) => {
    expect(() => parseFilter(text)).toThrow(message);
  });

  it('refuses very deep nesting instead of overflowing', () => {
    expect(() => parseFilter(`${'('.repeat(10_000)}a = 1`)).toThrow(/at most 50 levels/);
  });

  it('refuses more than can be compared in a short time', () => {
    const list = (count: number) => Array.from({ length: count }, (_, n) => n);
    expect(() => parseFilter(`a IN [${list(999).join(',')}]`)).not.toThrow();
    expect(() => parseFilter(`a IN [${list(1000).join(',')}]`)).toThrow(/at most 1000 conditions and values/);
    expect(() =>
      parseFilter(
        list(1001)
          .map((n) => `a = ${n}`)
          .join(' OR '),
      ),
    ).toThrow(/at most 1000 conditions/);
    expect(() => parseFilter(`a = '${'x'.repeat(20_000)}'`)).toThrow(
      /found 20006 characters, expected at most 20000/,
    );
    const path = (levels: number) => list(levels).join(' > ');
    expect(() => parseFilter(`category = '${path(20)}'`)).not.toThrow();
    for (const filter of [`category != '${path(21)}'`, `category IN ['a', '${path(3000)}']`])
      expect(() => parseFilter(filter)).toThrow(/found '0 > .*expected a category of at most 20 levels/);
  });

  it('parses what was written from a filter back to that filter', () => {
    const field = fc.constantFrom('a', 'attributes.b c', 'd.e');
    const literal = fc.oneof(fc.integer(), fc.boolean(), fc.string());
    const leaf: fc.Arbitrary<Filter> = fc.oneof(
      fc.record({ kind: fc.constant('exists' as const), field }),
      fc.record({ kind: fc.constant('in' as const), field, values: fc.array(literal, { maxLength: 3 }) }),
      fc.record({
        kind: fc.constant('compare' as const),
        field,
        operator: fc.constantFrom('=' as const, '<=' as const),
        value: literal,
      }),
    );
    const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
      filter: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          parts: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
        }),
        fc.record({ kind: fc.constant('not' as const), part: tie('filter') }),
      ),
    }));
    fc.assert(
      fc.property(filter, (written) => {
        expect(parseFilter(write(written))).toEqual(written);
      }),
    );
  });
});

function write(filter: Filter): string {
  const literal = (value: string | number | boolean): string =>
    typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value);
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.parts.map((part) => `(${write(part)})`).join(` ${filter.kind} `);
    case 'not':
      return `NOT (${write(filter.part)})`;
    case 'exists':
      return `\`${filter.field}\` EXISTS`;
    case 'in':
      return `\`${filter.field}\` IN [${filter.values.map(literal).join(', ')}]`;
    case 'compare':
      return `\`${filter.field}\` ${filter.operator} ${literal(filter.value)}`;
  }
}
