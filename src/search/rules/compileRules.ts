import { categoryLevels } from '../../domain/categoryPath.js';
import { addToList } from '../../structures/multimap.js';
import { fold } from '../../text/fold.js';
import { type Filter, parseFilter } from '../filter/parseFilter.js';
import { compileSynonyms, joinSynonyms, readSynonyms, type Synonyms } from '../understand/synonyms.js';
import { readRuleDate } from './readRuleDate.js';
import type { Effects, Rule, Rules } from './ruleSchema.js';
import { RuleSetCache } from './ruleSetCache.js';
import { readRuleWords } from './ruleWords.js';

/** Adds to the score of the products that pass a filter. */
export interface ScoreChange {
  readonly filter: Filter;
  /** Negative to bury them. */
  readonly by: number;
}

export interface CompiledRule {
  readonly id: string;
  /** Position in the file: on conflict the earlier rule wins. */
  readonly position: number;
  /** Milliseconds since 1970, inclusive. */
  readonly from: number;
  readonly until: number;
  /** Keys of categories (see categoryKey); the search must be in one of them. Undefined for any. */
  readonly categories: readonly string[] | undefined;
  readonly pins: NonNullable<Effects['pin']>;
  readonly hiddenIds: readonly string[];
  readonly hidden: Filter | undefined;
  readonly kept: Filter | undefined;
  readonly scoreChanges: readonly ScoreChange[];
  readonly fieldWeights: NonNullable<Effects['by_field']>;
  readonly inStockFirst: boolean;
  readonly newFirst: Effects['new_first'];
  readonly redirect: string | undefined;
}

/** A query matches if it has all of the words, in any order. */
interface Phrase {
  readonly words: readonly string[];
  readonly rule: CompiledRule;
}

/** One version of the rules, indexed by their conditions so that a search need not test every rule. */
export interface CompiledRules {
  /** All of them, in the order in which they are written. */
  readonly all: readonly CompiledRule[];
  /** By the key of the exact query. */
  readonly byQuery: ReadonlyMap<string, readonly CompiledRule[]>;
  /** By the first word of a phrase that the query must contain. */
  readonly byWord: ReadonlyMap<string, readonly Phrase[]>;
  /** For any query, by category key. */
  readonly byCategory: ReadonlyMap<string, readonly CompiledRule[]>;
  /** For any search. */
  readonly always: readonly CompiledRule[];
  /** Caches the products and values that the rules' filters and fields select. */
  readonly sets: RuleSetCache;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** When rules begin and when they have ended, ascending, in milliseconds since 1970. */
  readonly moments: readonly number[];
  /** The synonyms of the rules and these others. */
  readonly synonymsWith: (others: Synonyms) => Synonyms;
}

/** Stands for any query. */
export const ANY_QUERY = '*';

/**
 * Compiles rules without errors (see lintRules). `clock` returns the time at which rules are evaluated; now
 * by default.
 * @throws UserError for a filter or a line of synonyms that does not parse.
 */
export function compileRules(rules: Rules, clock: () => number = Date.now): CompiledRules {
  const byQuery = new Map<string, CompiledRule[]>();
  const byWord = new Map<string, Phrase[]>();
  const byCategory = new Map<string, CompiledRule[]>();
  const always: CompiledRule[] = [];
  const compiled: CompiledRule[] = [];
  const synonyms = compileSynonyms((rules.synonyms ?? []).flatMap(readSynonyms));
  for (const [position, written] of rules.rules.entries()) {
    const rule = compileOne(written, position);
    compiled.push(rule);
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
  return {
    ...{ all: compiled, byQuery, byWord, byCategory, always, sets: new RuleSetCache(), clock },
    moments: compiled
      .flatMap(({ from, until }) => [from, until + 1])
      .filter(Number.isFinite)
      .sort((a, b) => a - b),
    synonymsWith: joinedWith(synonyms),
  };
}

/** The same, undefined for a text without rules and synonyms, and for one that cannot be read. */
export function compileIfAny(rules: Rules | undefined): CompiledRules | undefined {
  const isEmpty = rules === undefined || (rules.rules.length === 0 && (rules.synonyms ?? []).length === 0);
  return isEmpty ? undefined : compileRules(rules);
}

/** Joins once for each value of the others, which rarely change. */
function joinedWith(own: Synonyms): (others: Synonyms) => Synonyms {
  let last: { readonly others: Synonyms; readonly joined: Synonyms } | undefined;
  return (others) => {
    if (own.size === 0) return others;
    if (last?.others !== others) last = { others, joined: joinSynonyms(own, others) };
    return last.joined;
  };
}

/** Equal for two spellings of one category path. */
export function categoryKey(levels: readonly string[]): string {
  return levels.map(fold).join(' > ');
}

function compileOne({ id, when, then }: Rule, position: number): CompiledRule {
  return {
    id,
    position,
    from: when.from === undefined ? Number.NEGATIVE_INFINITY : (readRuleDate(when.from) ?? Number.NaN),
    until:
      when.until === undefined ? Number.POSITIVE_INFINITY : (readRuleDate(when.until, true) ?? Number.NaN),
    categories: when.category?.map((path) => categoryKey(categoryLevels(path))),
    pins: then.pin ?? [],
    hiddenIds: Array.isArray(then.hide) ? then.hide : [],
    hidden: typeof then.hide === 'string' ? parseFilter(then.hide) : undefined,
    kept: then.filter === undefined ? undefined : parseFilter(then.filter),
    scoreChanges: [
      ...(then.boost ?? []).map(({ filter, by }) => ({ filter: parseFilter(filter), by })),
      ...(then.bury ?? []).map(({ filter, by }) => ({ filter: parseFilter(filter), by: -by })),
    ],
    fieldWeights: then.by_field ?? [],
    inStockFirst: then.in_stock_first === true,
    newFirst: then.new_first,
    redirect: then.redirect,
  };
}
