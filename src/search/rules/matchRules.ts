import { categoryLevels } from '../../domain/categoryPath.js';
import type { Filter, Literal } from '../filter/parseFilter.js';
import type { Query } from '../understand/query.js';
import { type CompiledRule, type CompiledRules, categoryKey } from './compileRules.js';
import { ruleWordsOf } from './ruleWords.js';

/** What a search says that rules may ask for. */
export interface RuleContext {
  /** The query as typed, and as it was corrected where it was: one of them is enough. */
  readonly queries: readonly Query[];
  /** The shopper's own filter. */
  readonly filter: Filter | undefined;
  /** Paths of categories that the query was understood as. */
  readonly categories: readonly string[];
}

/**
 * The rules whose conditions hold now, in the order of the file. A rule's category holds where the shopper's
 * filter takes products of that category or below it only (`category =` or `IN`, alone or joined by AND), or
 * where the query was understood as such a category.
 */
export function matchRules(rules: CompiledRules, occasion: RuleContext): CompiledRule[] {
  const { byQuery, byWord, byCategory, always } = rules;
  const found = new Set<CompiledRule>(always);
  const add = (rule: CompiledRule): void => void found.add(rule);
  if (byQuery.size > 0 || byWord.size > 0) {
    for (const query of occasion.queries) {
      const { key, terms } = ruleWordsOf(query.words);
      // Signs without a word are not the empty query.
      if (key !== '' || query.text.trim() === '') byQuery.get(key)?.forEach(add);
      if (byWord.size === 0) continue;
      for (const term of terms) {
        for (const { words, rule } of byWord.get(term) ?? []) {
          if (words.every((word) => terms.has(word))) add(rule);
        }
      }
    }
  }
  let inside: ReadonlySet<string> | undefined;
  if (byCategory.size > 0) {
    inside = categoriesOf(occasion);
    for (const key of inside) byCategory.get(key)?.forEach(add);
  }
  if (found.size === 0) return [];
  const now = rules.clock();
  return [...found]
    .filter(({ from, until, categories }) => {
      if (!(from <= now && now <= until)) return false;
      if (categories === undefined) return true;
      inside ??= categoriesOf(occasion);
      return categories.some((key) => inside?.has(key));
    })
    .sort((a, b) => a.place - b.place);
}

/** Keys of the categories that the search is in, those above them included. */
function categoriesOf({ filter, categories }: RuleContext): Set<string> {
  const keys = new Set(categories.flatMap(keysAbove));
  for (const names of filter === undefined ? [] : namedIn(filter)) {
    // Of a list, only what all of them lie below.
    const [first, ...others] = names.map((name) => keysAbove(String(name)));
    for (const key of first ?? []) if (others.every((other) => other.includes(key))) keys.add(key);
  }
  return keys;
}

function namedIn(filter: Filter): (readonly Literal[])[] {
  switch (filter.kind) {
    case 'and':
      return filter.parts.flatMap(namedIn);
    case 'in':
      return filter.field === 'category' ? [filter.values] : [];
    case 'compare':
      return filter.field === 'category' && filter.operator === '=' ? [[filter.value]] : [];
    default:
      return [];
  }
}

function keysAbove(path: string): string[] {
  const levels = categoryLevels(path);
  return levels.map((_, depth) => categoryKey(levels.slice(0, depth + 1)));
}
