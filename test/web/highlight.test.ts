import { pathToFileURL } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { webDir } from '../http/serving.js';

interface Marked {
  tag: string;
  text: string;
}
const { highlighted }: { highlighted(hit: object, field: string): (Marked | string)[] | undefined } =
  await import(pathToFileURL(`${webDir}/highlight.js`).href);

afterEach(() => {
  vi.unstubAllGlobals();
});

test('highlights become text and marks, never markup', () => {
  vi.stubGlobal('document', {
    createElement: (tag: string) => ({
      tag,
      text: '',
      append(...children: string[]) {
        this.text += children.join('');
      },
    }),
  });
  const shown = (title: unknown) =>
    highlighted({ _highlight: { title } }, 'title')?.map((part) =>
      typeof part === 'string' ? part : [part.tag, part.text],
    );
  expect(shown('Tom &amp; Jerry&#39;s <em>red</em> &lt;b&gt; <em>dress</em>')).toEqual([
    "Tom & Jerry's ",
    ['mark', 'red'],
    ' <b> ',
    ['mark', 'dress'],
    '',
  ]);
  expect(shown('&amp;lt;em&amp;gt; <em>&lt;img src=x onerror=alert(1)&gt;</em>')).toEqual([
    '&lt;em&gt; ',
    ['mark', '<img src=x onerror=alert(1)>'],
    '',
  ]);
  expect(shown(['<em>a</em>'])).toBeUndefined();
  expect(highlighted({}, 'title')).toBeUndefined();
});
