import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/index/lexical/analyze.js';
import { ELLIPSIS, findTerms, highlightText, MAX_WHOLE } from '../../../src/search/present/highlightText.js';

const termsOf = (query: string): Set<string> => new Set(analyze(query).map(({ text }) => text));
const highlighted = (text: string, query: string) => highlightText(text, termsOf(query));

const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (html: string): string =>
  html.replace(/<\/?em>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => SIGNS[name] ?? '');

describe('highlighting a text', () => {
  it.each([
    ['Red DRESSES, floaty', 'dress', 'Red <em>DRESSES</em>, floaty'],
    ['Crème brûlée pan', 'creme brulee', '<em>Crème</em> <em>brûlée</em> pan'],
    ['Cre\u0300me pan', 'creme', '<em>Cre\u0300me</em> pan'],
    ['Straße & Weg', 'strasse', '<em>Straße</em> &amp; Weg'],
    ['ﬁne ﬁlter', 'filter', 'ﬁne <em>ﬁlter</em>'],
    ['ΚΟΣΜΟΣ lamp', 'κοσμος', '<em>ΚΟΣΜΟΣ</em> lamp'],
    ['Core™2 laptop', 'laptop', 'Core™2 <em>laptop</em>'],
    ['鉄鍋セット', '鉄鍋', '<em>鉄鍋</em>セット'],
    ['Laptop dv7-1211ea, new', '1211ea', 'Laptop dv7-<em>1211ea</em>, new'],
    ['🎈 Balloon', 'balloon', '🎈 <em>Balloon</em>'],
    [
      "<script>alert('dress')</script>",
      'dress',
      '&lt;script&gt;alert(&#39;<em>dress</em>&#39;)&lt;/script&gt;',
    ],
    ['<em>dress</em> &amp;', 'dress', '&lt;em&gt;<em>dress</em>&lt;/em&gt; &amp;amp;'],
  ])('%j for %j', (text, query, html) => expect(highlighted(text, query)).toBe(html));

  it('is undefined without a match', () => expect(highlighted('Red dress', 'sofa')).toBeUndefined());

  it('shows a snippet of a long text, around the first match', () => {
    const html = highlighted(`${'wool '.repeat(400)}lambskin ${'silk '.repeat(400)}`, 'lambskin') ?? '';
    expect(html).toMatch(/^…(?:wool )+<em>lambskin<\/em> (?:silk ?)+…$/);
    expect(html.length).toBeLessThan(250);
  });

  it('reads only the beginning of a very long text', () => {
    expect(highlighted(`${'wool '.repeat(100_000)}lambskin`, 'lambskin')).toBeUndefined();
    expect(highlighted('wool '.repeat(100_000), 'wool')?.length).toBeLessThan(1000);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      'dress',
      'Crème',
      'Straße',
      '<em>',
      '&amp;',
      "it's",
      '8GB',
      'dv7-1211ea',
      '鍋傘靴',
      'ﬁlter',
      'İ',
      '™',
    ),
    fc.constantFrom('🎈', '\u0301', '1,299.00', 'ΣΟΦΟΣ', '"', '</em>'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const anyText = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(' '));

  it('keeps the text, and marks only what folds to a matched term', () => {
    fc.assert(
      fc.property(anyText, fc.array(piece, { minLength: 1, maxLength: 4 }), (text, query) => {
        const terms = termsOf(query.join(' '));
        const html = highlightText(text, terms);
        if (html === undefined) return;
        const plain = unescaped(html);
        if (text.length <= MAX_WHOLE) expect(plain).toBe(text);
        else expect(text).toContain(plain.replace(new RegExp(`^${ELLIPSIS}|${ELLIPSIS}$`, 'g'), ''));
        expect(html.replace(/<\/?em>/g, '')).not.toMatch(/[<>"']/);
        let end = 0;
        for (const span of findTerms(text, terms)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          end = span.end;
          const found = analyze(text.slice(span.start, span.end)).map((term) => term.text);
          expect(found.some((term) => terms.has(term))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
