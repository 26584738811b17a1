import { expect, test } from 'vitest';
import { source } from './source.js';

const { highlighted }: { highlighted(html: string): { text: string; matched: boolean }[] } =
  await source('storefront/highlight.ts');

test('highlights become text and marks, never markup', () => {
  const shown = (html: string) =>
    highlighted(html).map(({ text, matched }) => (matched ? ['mark', text] : text));
  expect(shown('Tom &amp; Jerry&#39;s <em>red</em> &lt;b&gt; <em>dress</em>')).toEqual([
    "Tom & Jerry's ",
    ['mark', 'red'],
    ' <b> ',
    ['mark', 'dress'],
  ]);
  expect(shown('&amp;lt;em&amp;gt; <em>&lt;img src=x onerror=alert(1)&gt;</em>')).toEqual([
    '&lt;em&gt; ',
    ['mark', '<img src=x onerror=alert(1)>'],
  ]);
  expect(shown('')).toEqual([]);
});
