import { categoryLevels } from '../../domain/categoryPath.js';
import { attributeName } from '../../domain/field.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { keyOf } from './typedText.js';

const LONGEST_NAME = 40;
const SHORTEST_WORD = 3;
const WORDS_ALONE = /^[\p{L}\p{M}' -]+$/u;

/** Something that the catalog names, with how many living products it says so of. */
export interface CatalogName {
  readonly text: string;
  readonly kind: 'category' | 'value' | 'word';
  readonly products: number;
}

/**
 * The `most` categories (each level by its own name), attribute values and words that most living products have,
 * each once under folding; a third of the places at most go to words that are neither.
 */
export function catalogNames(index: LiveIndex, max: number): CatalogName[] {
  const names = new Map<string, CatalogName>();
  const add = (text: string, kind: CatalogName['kind'], products: number) => {
    const key = keyOf(text);
    if (products === 0 || key === '' || text.length > LONGEST_NAME || !WORDS_ALONE.test(text)) return;
    const known = names.get(key);
    if (known === undefined || known.kind === kind)
      names.set(key, { text: known?.text ?? text, kind, products: products + (known?.products ?? 0) });
  };
  const categories = index.columns.field('category');
  for (const [code, path] of categories?.values.entries() ?? [])
    for (const level of categoryLevels(path)) add(level, 'category', categories?.documents(code) ?? 0);
  for (const field of index.columns.names()) {
    const column = attributeName(field) === undefined ? undefined : index.columns.field(field);
    for (const [code, value] of column?.values.entries() ?? [])
      add(value, 'value', column?.documents(code) ?? 0);
  }
  const named = largest([...names.values()], max);
  const words: CatalogName[] = [];
  index.lexical.forEachWord((text, products) => {
    if (text.length >= SHORTEST_WORD && WORDS_ALONE.test(text) && !names.has(text))
      words.push({ text, kind: 'word', products });
  });
  return largest([...named, ...largest(words, Math.floor(max / 3))], max);
}

function largest(names: readonly CatalogName[], max: number): CatalogName[] {
  return [...names]
    .sort((a, b) => b.products - a.products || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .slice(0, max);
}
