import { categoryLevels } from '../../domain/categoryPath.js';
import { addToList } from '../../structures/multimap.js';
import { fold } from '../../text/fold.js';
import { type Filter, parseFilter } from '../filter/parseFilter.js';
import { readRuleDate } from './readRuleDate.js';
import type { Effects, Rule, Rules } from './ruleSchema.js';
import { RuleSetCache } from './ruleSetCache.js';
import { readRuleWords } from './ruleWords.js';

/** A share of the score that the products passing a filter get. */
export interface ScoreChange {
  readonly filter: Filter;
  /** Negative where they are buried. */
  readonly by: number;
}

export interface CompiledRule {
  readonly id: string;
  /** Its place in the file: earlier ones win where two want the same. */
  readonly place: number;
  /** Milliseconds since 1970, both included. */
  readonly from: number;
  readonly until: number;
  /** Keys of categories (see categoryKey), one of which the search must be in; undefined for any. */
  readonly categories: readonly string[] | undefined;
  readonly pins: NonNullable<Effects['pin']>;
  readonly hiddenIds: readonly string[];
  readonly hidden: Filter | undefined;
  readonly kept: Filter | undefined;
  readonly nudges: readonly ScoreChange[];
  readonly signals: NonNullable<Effects['by_field']>;
  readonly inStockFirst: boolean;
  readonly newFirst: Effects['new_first'];
  readonly redirect: string | undefined;
}

/** A text whose words, all of them, in any order, a query must have. */
interface Phrase {
  readonly words: readonly string[];
  readonly rule: CompiledRule;
}

/** One version of the rules, ready to be asked: rules are looked up by what a search says, never walked. */
export interface CompiledRules {
  /** By the key of a query that must be exactly it. */
  readonly byQuery: ReadonlyMap<string, readonly CompiledRule[]>;
  /** By the first word of a phrase that a query must contain. */
  readonly byWord: ReadonlyMap<string, readonly Phrase[]>;
  /** For any query, by a category's key. */
  readonly byCategory: ReadonlyMap<string, readonly CompiledRule[]>;
  /** For any search. */
  readonly always: readonly CompiledRule[];
  /** What the rules' filters and fields come to in the index that was searched last. */
  readonly sets: RuleSetCache;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Says any query where it stands for one. */
export const ANY_QUERY = '*';

/**
 * Compiles rules that lint without errors. `clock` says which moment rules are asked for; now, unless given.
 * @throws UserError for a filter that does not parse.
 */
export function compileRules(rules: Rules, clock: () => number = Date.now): CompiledRules {
  const byQuery = new Map<string, CompiledRule[]>();
  const byWord = new Map<string, Phrase[]>();
  const byCategory = new Map<string, CompiledRule[]>();
  const always: CompiledRule[] = [];
  for (const [place, written] of rules.rules.entries()) {
    const rule = compileRule(written, place);
    const { is = [], contains = [] } = written.when.query ?? { is: [ANY_QUERY] };
    if (is.includes(ANY_QUERY)) {
      if (rule.categories === undefined) always.push(rule);
      else for (const key of new Set(rule.categories)) addToList(byCategory, key, rule);
      continue;
    }
    for (const key of new Set(is.map((text) => readRuleWords(text).key))) addToList(byQuery, key, rule);
    for (const text of contains) {
      const { words } = readRuleWords(text);
      const [first] = words;
      if (first !== undefined) addToList(byWord, first, { words, rule });
    }
  }
  return { byQuery, byWord, byCategory, always, sets: new RuleSetCache(), clock };
}

/** The same for two spellings of one category path. */
export function categoryKey(levels: readonly string[]): string {
  return levels.map(fold).join(' > ');
}

function compileRule({ id, when, then }: Rule, place: number): CompiledRule {
  return {
    id,
    place,
    from: when.from === undefined ? Number.NEGATIVE_INFINITY : (readRuleDate(when.from) ?? Number.NaN),
    until:
      when.until === undefined ? Number.POSITIVE_INFINITY : (readRuleDate(when.until, true) ?? Number.NaN),
    categories: when.category?.map((path) => categoryKey(categoryLevels(path))),
    pins: then.pin ?? [],
    hiddenIds: Array.isArray(then.hide) ? then.hide : [],
    hidden: typeof then.hide === 'string' ? parseFilter(then.hide) : undefined,
    kept: then.filter === undefined ? undefined : parseFilter(then.filter),
    nudges: [
      ...(then.boost ?? []).map(({ filter, by }) => ({ filter: parseFilter(filter), by })),
      ...(then.bury ?? []).map(({ filter, by }) => ({ filter: parseFilter(filter), by: -by })),
    ],
    signals: then.by_field ?? [],
    inStockFirst: then.in_stock_first === true,
    newFirst: then.new_first,
    redirect: then.redirect,
  };
}
