import { describe, expect, it } from 'vitest';
import { compareOutput } from '../../scripts/docs/examples/compareOutput.js';
import { renewOutput } from '../../scripts/docs/examples/renewOutput.js';

const exact = { learned: false };
const learned = { learned: true };

describe('text', () => {
  it('agrees but for times, rates, sizes, moments and ids', () => {
    const page = [
      '17 found in 12.3 ms (generation 20261130-034614-6877), 4.0 MB, 2,117/s at 2026-11-30T03:46:12.775Z',
    ];
    const here = '17 found in 140 ms (generation 20270101-000000-ffff), 12 MB, 9/s at 2027-01-01T00:00:00Z\n';
    expect(compareOutput(page, here, exact)).toEqual([]);
    expect(compareOutput(page, here.replace('17', '18'), exact)).not.toEqual([]);
  });

  it('allows numbers with a point a little, whole ones nothing unless they are learned', () => {
    expect(compareOutput(['score 0.952'], 'score 0.948', exact)).toEqual([]);
    expect(compareOutput(['score 0.952'], 'score 0.91', exact)).not.toEqual([]);
    expect(compareOutput(['967 wait'], '965 wait', exact)).not.toEqual([]);
    expect(compareOutput(['967 wait'], '965 wait', learned)).toEqual([]);
    expect(compareOutput(['967 wait'], '700 wait', learned)).not.toEqual([]);
  });

  it('takes digits of codes, versions and days as they are, learned or not', () => {
    for (const code of ['AP-1042', 'v1.2.3', '2026-11', 'g7584b']) {
      expect(compareOutput([code], code.replace(/\d\b|\db/, '9'), learned)).not.toEqual([]);
    }
  });

  it('lets an ellipsis stand for lines and for text in a line', () => {
    const printed = 'one\ntwo\nthree and four\nfive\n';
    expect(compareOutput(['one', '...', 'three ...'], printed, exact)).not.toEqual([]);
    expect(compareOutput(['one', '...', 'three ...', '...'], printed, exact)).toEqual([]);
    expect(compareOutput(['...'], printed, exact)).toEqual([]);
  });

  it('says which lines are missing and which were not expected', () => {
    expect(compareOutput(['a', 'b', '...', 'd'], 'a\nc\nx\ny\nd\n', exact)).toEqual([
      '  a',
      '- b',
      '  ...',
      '  d',
    ]);
    expect(compareOutput(['a', 'd'], 'a\nc\nd\n', exact)).toEqual(['  a', '+ c', '  d']);
  });
});

describe('JSON', () => {
  const printed =
    '{"total":2,"took_ms":3.1,"hits":[{"id":"a","score":0.91},{"id":"b","score":0.5}],"mode":"hybrid"}\n';

  it('is compared by value, whatever the lines and the order of members', () => {
    const page = [
      '{ "mode": "hybrid", "took_ms": 99, "total": 2,',
      '  "hits": [{ "id": "a", "score": 0.9 }, ...] }',
    ];
    expect(compareOutput(page, printed, exact)).toEqual([]);
  });

  it('has every member unless an ellipsis stands for the others', () => {
    expect(compareOutput(['{ "total": 2 }'], printed, exact)).toEqual([
      'took_ms: was not expected',
      'hits: was not expected',
      'mode: was not expected',
    ]);
    expect(compareOutput(['{ "total": 2, ... }'], printed, exact)).toEqual([]);
    expect(compareOutput(['{ "total": 3, "page": 1, ... }'], printed, exact)).toEqual([
      'total: expected 3, found 2',
      'page: is missing',
    ]);
    expect(compareOutput(['{ "hits": [{ "id": "b", ... }, ...], ... }'], printed, exact)).toEqual([
      'hits[0].id: expected "b", found "a"',
    ]);
  });

  it('may be one document a line', () => {
    expect(compareOutput(['{ "line": 1 }', '{ "line": 2 }'], '{"line":1}\n{"line":2}\n', exact)).toEqual([]);
    expect(compareOutput(['{ "line": 1 }'], '{"line":1}\n{"line":2}\n', exact)).not.toEqual([]);
  });
});

describe('an output that is renewed', () => {
  it('stays as it is where it agrees', () => {
    const page = ['took 3 s', '...'];
    expect(renewOutput(page, 'took 9 s\nmore\n', exact)).toEqual(page);
  });

  it('is shortened as it was', () => {
    expect(renewOutput(['1 row', '...', 'done: a'], '2 rows\nx\ny\ndone: b\n', exact)).toEqual([
      '2 rows',
      '...',
      'done: b',
    ]);
    expect(
      renewOutput(
        ['{ "total": 1, "hits": [{ "id": "x", ... }, ...], ... }'],
        '{"total":2,"hits":[{"id":"a","score":0.91239},{"id":"b","score":1}],"mode":"hybrid"}',
        exact,
      ),
    ).toEqual(['{ "total": 2, "hits": [{ "id": "a", ... }, ...], ... }']);
  });

  it('keeps times and ids, and ends an ellipsis where a word ends', () => {
    expect(
      renewOutput(
        ['2 rows in 1.5 s: red, green, ...'],
        '3 rows in 30 s: red, turquoise, teal, navy\n',
        exact,
      ),
    ).toEqual(['3 rows in 1.5 s: red, ...']);
  });

  it('is everything where the page showed nothing, and agrees with what it was made of', () => {
    const printed = '{"total":2,"score":0.91239}';
    const renewed = renewOutput([], printed, exact);
    expect(renewed).toEqual(['{ "total": 2, "score": 0.912 }']);
    expect(compareOutput(renewed, printed, exact)).toEqual([]);
  });
});
