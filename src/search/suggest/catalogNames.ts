import { categoryLevels } from '../../domain/categoryPath.js';
import { attributeName } from '../../domain/field.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { keyOf } from './typedText.js';

const MAX_NAME_LENGTH = 40;
const MIN_WORD_LENGTH = 3;
const WORDS_ALONE = /^[\p{L}\p{M}' -]+$/u;

/** A name in the catalog and the number of live products with it. */
export interface CatalogName {
  readonly text: string;
  readonly kind: 'category' | 'value' | 'word';
  readonly products: number;
}

/**
 * The `max` most frequent categories (each level by its own name), attribute values and words, each once
 * after folding. At most a third are words that are neither.
 */
export function catalogNames(index: LiveIndex, max: number): CatalogName[] {
  const names = new Map<string, CatalogName>();
  const add = (text: string, kind: CatalogName['kind'], products: number) => {
    const key = keyOf(text);
    if (products === 0 || key === '' || text.length > MAX_NAME_LENGTH || !WORDS_ALONE.test(text)) return;
    const existing = names.get(key);
    if (existing === undefined || existing.kind === kind)
      names.set(key, { text: existing?.text ?? text, kind, products: products + (existing?.products ?? 0) });
  };
  const categories = index.columns.field('category');
  for (const [code, path] of categories?.values.entries() ?? [])
    for (const level of categoryLevels(path)) add(level, 'category', categories?.documents(code) ?? 0);
  for (const field of index.columns.names()) {
    const column = attributeName(field) === undefined ? undefined : index.columns.field(field);
    for (const [code, value] of column?.values.entries() ?? [])
      add(value, 'value', column?.documents(code) ?? 0);
  }
  const namesFound = mostFrequent([...names.values()], max);
  const words: CatalogName[] = [];
  index.lexical.forEachWord((text, products) => {
    if (text.length >= MIN_WORD_LENGTH && WORDS_ALONE.test(text) && !names.has(text))
      words.push({ text, kind: 'word', products });
  });
  return mostFrequent([...namesFound, ...mostFrequent(words, Math.floor(max / 3))], max);
}

function mostFrequent(names: readonly CatalogName[], max: number): CatalogName[] {
  return [...names]
    .sort((a, b) => b.products - a.products || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .slice(0, max);
}
