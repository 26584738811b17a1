import { categoryLevels } from '../../domain/categoryPath.js';
import type { Filter, Literal } from '../filter/parseFilter.js';
import type { Query } from '../understand/query.js';
import { type CompiledRule, type CompiledRules, categoryKey } from './compileRules.js';
import { ruleWordsOf } from './ruleWords.js';

/** What the conditions of rules are tested against. */
export interface RuleContext {
  /** The query as typed and, if corrected, as corrected: one match is enough. */
  readonly queries: readonly Query[];
  /** The shopper's own filter. */
  readonly filter: Filter | undefined;
  /** Category paths that the query was interpreted as. */
  readonly categories: readonly string[];
}

/**
 * The rules whose conditions hold now, in the order of the file. A category condition holds if the shopper's
 * filter restricts the search to that category or below (`category =` or `IN`, alone or joined by AND), or if
 * the query was interpreted as such a category.
 */
export function matchRules(rules: CompiledRules, context: RuleContext): CompiledRule[] {
  const { byQuery, byWord, byCategory, always } = rules;
  const matched = new Set<CompiledRule>(always);
  const add = (rule: CompiledRule): void => void matched.add(rule);
  if (byQuery.size > 0 || byWord.size > 0) {
    for (const query of context.queries) {
      const { key, terms } = ruleWordsOf(query.words);
      // A query of signs without words is not the empty query.
      if (key !== '' || query.text.trim() === '') byQuery.get(key)?.forEach(add);
      if (byWord.size === 0) continue;
      for (const term of terms) {
        for (const { words, rule } of byWord.get(term) ?? []) {
          if (words.every((word) => terms.has(word))) add(rule);
        }
      }
    }
  }
  let categoryKeys: ReadonlySet<string> | undefined;
  if (byCategory.size > 0) {
    categoryKeys = categoriesOf(context);
    for (const key of categoryKeys) byCategory.get(key)?.forEach(add);
  }
  if (matched.size === 0) return [];
  const now = rules.clock();
  return [...matched]
    .filter(({ from, until, categories }) => {
      if (!(from <= now && now <= until)) return false;
      if (categories === undefined) return true;
      categoryKeys ??= categoriesOf(context);
      return categories.some((key) => categoryKeys?.has(key));
    })
    .sort((a, b) => a.position - b.position);
}

/** Keys of the categories that the search is in, and of the categories above them. */
function categoriesOf({ filter, categories }: RuleContext): Set<string> {
  const keys = new Set(categories.flatMap(keysAbove));
  for (const names of filter === undefined ? [] : categoriesInFilter(filter)) {
    // For a list, only the categories above all of its entries.
    const [first, ...others] = names.map((name) => keysAbove(String(name)));
    for (const key of first ?? []) if (others.every((other) => other.includes(key))) keys.add(key);
  }
  return keys;
}

function categoriesInFilter(filter: Filter): (readonly Literal[])[] {
  switch (filter.kind) {
    case 'and':
      return filter.parts.flatMap(categoriesInFilter);
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
