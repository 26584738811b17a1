import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { limitsSchema } from '../../src/configuration/limits.js';
import { indexedCatalog } from '../support/indexedCatalog.js';
import { serveFolders } from './runExample.js';

const FOLDER = 'examples/search-box';

/** The part of the DOM that the example uses. */
class FakeElement {
  value = '';
  textContent = '';
  children: FakeElement[] = [];
  readonly listeners = new Map<string, (event: object) => void>();

  addEventListener(type: string, listener: (event: object) => void): void {
    this.listeners.set(type, listener);
  }

  replaceChildren(...children: FakeElement[]): void {
    this.children = children;
  }

  dispatch(type: string): void {
    this.listeners.get(type)?.({ preventDefault: () => {} });
  }
}

/** Runs the script of the page, and returns its elements by id. */
function openPage(address: string): Record<'search' | 'query' | 'summary' | 'hits', FakeElement> {
  const elements = {
    search: new FakeElement(),
    query: new FakeElement(),
    summary: new FakeElement(),
    hits: new FakeElement(),
  };
  const byId = new Map(Object.entries(elements).map(([id, element]) => [`#${id}`, element]));
  runInNewContext(readFileSync(`${FOLDER}/searchBox.js`, 'utf8'), {
    document: {
      querySelector: (selector: string) => byId.get(selector),
      createElement: () => new FakeElement(),
    },
    location: { search: `?service=${encodeURIComponent(address)}` },
    fetch,
    AbortController,
    URL,
    URLSearchParams,
  });
  return elements;
}

it('search-box searches while the shopper types, and only the last search is shown', async () => {
  const address = await serveFolders(indexedCatalog());
  const { search, query, summary, hits } = openPage(address);
  for (const text of ['b', 'bl', 'blue dress']) {
    query.value = text;
    query.dispatch('input');
  }
  await expect.poll(() => hits.children.length).toBeGreaterThan(0);
  expect(summary.textContent).toMatch(/^\d+ products/);
  expect(hits.children.map(({ textContent }) => textContent)).toContain(
    'blue dress for women · Fernhill · 12',
  );
  query.value = 'x'.repeat(20_000);
  search.dispatch('submit');
  await expect.poll(() => summary.textContent).toMatch(/^q: expected at most 10000 characters/);
});

it('the page has the elements that its script uses', () => {
  const page = readFileSync(`${FOLDER}/index.html`, 'utf8');
  const script = readFileSync(`${FOLDER}/searchBox.js`, 'utf8');
  const used = [...script.matchAll(/querySelector\('#(\w+)'\)/g)].map(([, id]) => id);
  expect(used).toHaveLength(4);
  for (const id of used) expect(page).toContain(`id="${id}"`);
  expect(page).toContain('src="searchBox.js"');
});

it('a page of a listed origin may search, as the README says', async () => {
  const limits = limitsSchema.parse({ cors_origins: ['http://127.0.0.1:8000'] });
  const address = await serveFolders(indexedCatalog(), { limits });
  const answer = await fetch(`${address}/v1/search?q=dress`, {
    headers: { origin: 'http://127.0.0.1:8000' },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:8000');
});
