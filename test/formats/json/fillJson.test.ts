import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillJson } from '../../../src/formats/json/fillJson.js';
import { fact } from '../fact.js';

const byName = (): undefined => undefined;

function fill(
  text: string,
  facts: Parameters<typeof fillJson>[2],
  keyOf: Parameters<typeof fillJson>[3] = byName,
) {
  return fillJson(text, JSON.parse(text), facts, keyOf);
}

describe('fillJson', () => {
  it('does not change a row without facts, even with an old _shelfwright', () => {
    const text = '{ "id": 1,"_shelfwright":{"facts":[]} }';
    expect(fill(text, [])).toEqual({ text, filled: 0 });
  });

  it('fills blanks and adds missing keys without changing any other byte', () => {
    const text =
      '{"id": 12345678901234567890, "price": 10.00, "category": null, "attributes": {"Color": "", "x": 1}, "z": "\\u00e9"}';
    const facts = [fact('category', 'Shirts'), fact('attributes.color', 'Red'), fact('attributes.size', 'M')];
    const { text: filled, filled: count } = fill(text, facts);
    expect(filled).toBe(
      `{"id": 12345678901234567890, "price": 10.00, "category": "Shirts", "attributes": {"Color": "Red", "x": 1, "size": "M"}, "z": "\\u00e9", "_shelfwright": ${JSON.stringify({ facts })}}`,
    );
    expect(count).toBe(3);
  });

  it('never overwrites a value, writes suggestions only as facts, and drops rejected ones', () => {
    const facts = [
      fact('category', 'Shirts'),
      fact('attributes.color', 'Red'),
      fact('attributes.size', 'M', { status: 'suggested' }),
      fact('attributes.fit', 'Slim', { status: 'rejected' }),
    ];
    const { text, filled } = fill('{"id":"1","category":"Hats","attributes":{"colour":"Blue"}}', facts);
    expect(JSON.parse(text)).toEqual({
      id: '1',
      category: 'Hats',
      attributes: { colour: 'Blue' },
      _shelfwright: { facts: facts.slice(0, 3) },
    });
    expect(filled).toBe(0);
  });

  it('does not overwrite a value that cannot be read as one', () => {
    const text = '{"id":"1","attributes":{"color":{"hue":1},"size":""}}';
    const facts = [fact('attributes.color', 'Red'), fact('attributes.size', 'M')];
    expect(fill(text, facts)).toMatchObject({
      text: expect.stringContaining('"attributes":{"color":{"hue":1},"size":"M"}'),
      filled: 1,
    });
  });

  it('creates missing attributes, and replaces an old _shelfwright', () => {
    const facts = [fact('attributes.size', ['M', 'L'])];
    for (const text of [
      '{"id":"1","_shelfwright":{"old":1}}',
      '{"id":"1","attributes":null}',
      '{"attributes":{},"id":"1"}',
    ]) {
      expect(JSON.parse(fill(text, facts).text)).toEqual({
        id: '1',
        attributes: { size: ['M', 'L'] },
        _shelfwright: { facts },
      });
    }
  });

  it('fills the key that --map names', () => {
    const { text } = fill('{"id":"1","Warengruppe":""}', [fact('category', 'Hats')], (field) =>
      field === 'category' ? 'Warengruppe' : undefined,
    );
    expect(JSON.parse(text)).toMatchObject({ Warengruppe: 'Hats' });
    expect(JSON.parse(text)).not.toHaveProperty('category');
  });

  it('changes only blanks, whatever the object', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const record = fc.record(
      {
        id: fc.string(),
        category: value,
        attributes: fc.oneof(fc.dictionary(fc.string(), value), fc.constant(null)),
        'a,"b': fc.jsonValue(),
      },
      { requiredKeys: ['id'] },
    );
    fc.assert(
      fc.property(record, fc.constantFrom(0, 2), (row, space) => {
        const text = JSON.stringify(row, null, space);
        const facts = [fact('category', 'C'), fact('attributes.color', 'Red')];
        const before = JSON.parse(text);
        const { _shelfwright, ...after } = JSON.parse(fill(text, facts).text);
        expect(_shelfwright).toEqual({ facts });
        for (const key of Object.keys(before)) {
          if (key === 'category' && (before.category === null || String(before.category).trim() === ''))
            expect(after.category).toBe('C');
          else if (key !== 'attributes') expect(after[key]).toEqual(before[key]);
        }
        for (const [name, held] of Object.entries(before.attributes ?? {})) {
          if (held !== null && String(held).trim() !== '') expect(after.attributes[name]).toEqual(held);
        }
      }),
      { numRuns: 500 },
    );
  });
});
