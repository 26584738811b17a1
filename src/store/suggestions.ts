import type { Database } from 'better-sqlite3';
import { categoryLevels } from '../domain/categoryPath.js';
import { groupOf } from '../domain/suggestion.js';
import { fold } from '../text/fold.js';
import { categorySql, FACT_COLUMNS, type FactRow, type StoredFact, storedFact } from './facts.js';
import { refuseIfBusy } from './transaction.js';

/** Selects suggestions. An absent property selects all. */
export interface SuggestionFilter {
  readonly group?: string | undefined;
  readonly field?: string | undefined;
  /** A category path: suggestions for products of this category or below it. */
  readonly category?: string | undefined;
  readonly min_confidence?: number | undefined;
  readonly max_confidence?: number | undefined;
  /** Instead of the category, from `resolve`: product ids as a JSON list. */
  readonly among?: string | undefined;
}

/** Suggestions of one value of one field for one reason. */
export interface SuggestionGroup {
  readonly group: string;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** How much a decision settles: the sum of confidences, where categories count more. */
  readonly worth: number;
}

export interface Suggestion {
  readonly productId: string;
  readonly fact: StoredFact;
}

/** A category determines which attributes a product has, so it counts as this many suggestions. */
const CATEGORY_WORTH = 3;
const PATHS_REMEMBERED = 20_000;

/** Suggested facts, in the groups that people decide about. */
export class SuggestionTable {
  constructor(private readonly database: Database) {
    // A catalog has many products and few categories, so recent results are cached by path.
    const asked = new Map<unknown, number>();
    let askedFor: unknown;
    database.function('within_category', { deterministic: true }, (path, wanted) => {
      if (wanted !== askedFor || asked.size >= PATHS_REMEMBERED) asked.clear();
      askedFor = wanted;
      let within = asked.get(path);
      if (within === undefined) {
        within = isWithin(path, wanted) ? 1 : 0;
        asked.set(path, within);
      }
      return within;
    });
  }

  /** Resolves the category of a filter once, for several queries with the same filter. */
  resolve<Filter extends SuggestionFilter>({
    category,
    ...filter
  }: Filter): Omit<Filter, 'category'> & SuggestionFilter {
    if (category === undefined) return filter;
    const { group, field } = filter;
    const ids = this.products({ group, field, category });
    return { ...filter, among: JSON.stringify([...new Set(ids)]) };
  }

  /** Groups by descending worth, then by id. */
  groups(filter: SuggestionFilter, limit: number, offset: number): SuggestionGroup[] {
    this.group();
    const { where, parameters } = conditions(filter);
    return this.database
      .prepare<unknown[], SuggestionGroup>(
        `select f.suggestion_group as "group", count(*) as count, min(f.confidence) as min,
           max(f.confidence) as max, avg(f.confidence) as mean,
           sum(f.confidence * case f.field when 'category' then ${CATEGORY_WORTH} else 1 end) as worth
         from facts f where ${where} group by f.suggestion_group
         order by round(worth, 6) desc, f.suggestion_group limit ? offset ?`,
      )
      .all(...parameters, limit, offset);
  }

  /** The number of groups and of suggestions. */
  count(filter: SuggestionFilter): { groups: number; suggestions: number } {
    this.group();
    const { where, parameters } = conditions(filter);
    const counted = this.database
      .prepare<unknown[], { groups: number; suggestions: number }>(
        `select count(distinct f.suggestion_group) as groups, count(*) as suggestions from facts f where ${where}`,
      )
      .get(...parameters);
    return counted ?? { groups: 0, suggestions: 0 };
  }

  /** The same by field, most suggestions first. */
  countByField(filter: SuggestionFilter): { field: string; groups: number; suggestions: number }[] {
    this.group();
    const { where, parameters } = conditions(filter);
    return this.database
      .prepare<unknown[], { field: string; groups: number; suggestions: number }>(
        `select f.field, count(distinct f.suggestion_group) as groups, count(*) as suggestions
         from facts f where ${where} group by f.field order by suggestions desc, f.field`,
      )
      .all(...parameters);
  }

  /** Ids of products, by descending confidence, then by id. */
  products(filter: SuggestionFilter): string[] {
    this.group();
    const { where, parameters } = conditions(filter);
    return this.database
      .prepare<unknown[], string>(
        `select f.product_id from facts f where ${where} order by f.confidence desc, f.product_id`,
      )
      .pluck()
      .all(...parameters);
  }

  /** The suggestions, in the same order. */
  list(filter: SuggestionFilter, limit = -1, offset = 0): Suggestion[] {
    this.group();
    const { where, parameters } = conditions(filter);
    return this.database
      .prepare<unknown[], FactRow & { product_id: string }>(
        `select f.product_id, ${FACT_COLUMNS} from facts f where ${where}
         order by f.confidence desc, f.product_id, f.field limit ? offset ?`,
      )
      .all(...parameters, limit, offset)
      .map((row) => ({ productId: row.product_id, fact: storedFact(row) }));
  }

  /** The suggestion of a group for one product. */
  ofProduct(group: string, productId: string): Suggestion | undefined {
    const row = this.database
      .prepare<[string, string], FactRow>(
        // The plus signs keep SQLite from using the group's index: a product has few facts, a group may have
        // thousands.
        `select ${FACT_COLUMNS} from facts where product_id = ? and +suggestion_group = ? and +status = 'suggested'`,
      )
      .get(productId, group);
    return row === undefined ? undefined : { productId, fact: storedFact(row) };
  }

  /** Computes the groups of suggestions without one: those of older stores, and those a migration changed. */
  private group(): void {
    const ungrouped = this.database.prepare<[], FactRow & { product_id: string }>(
      `select product_id, ${FACT_COLUMNS} from facts where status = 'suggested' and suggestion_group is null limit 10000`,
    );
    const set = this.database.prepare<[string, string, string, string]>(
      'update facts set suggestion_group = ? where product_id = ? and field = ? and value = ?',
    );
    for (let rows = ungrouped.all(); rows.length > 0; rows = ungrouped.all()) {
      const write = this.database.transaction(() => {
        for (const row of rows) set.run(groupOf(storedFact(row)), row.product_id, row.field, row.value);
      });
      refuseIfBusy(() => write.immediate());
    }
  }
}

const CATEGORY = categorySql('f.product_id');

function conditions(filter: SuggestionFilter): { where: string; parameters: (string | number)[] } {
  const where = ["f.status = 'suggested'"];
  const parameters: (string | number)[] = [];
  const add = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    where.push(condition);
    parameters.push(value);
  };
  add('f.suggestion_group = ?', filter.group);
  add('f.field = ?', filter.field);
  add('f.confidence >= ?', filter.min_confidence);
  add('f.confidence <= ?', filter.max_confidence);
  add('f.product_id in (select value from json_each(?))', filter.among);
  add(`within_category(${CATEGORY}, ?)`, filter.category);
  return { where: where.join(' and '), parameters };
}

function isWithin(path: unknown, wanted: unknown): boolean {
  if (typeof path !== 'string' || typeof wanted !== 'string') return false;
  const levels = categoryLevels(path).map(fold);
  return categoryLevels(wanted).every((level, depth) => levels[depth] === fold(level));
}
