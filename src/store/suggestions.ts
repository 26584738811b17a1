import type { Database } from 'better-sqlite3';
import { categoryLevels } from '../domain/categoryPath.js';
import { groupOf } from '../domain/suggestion.js';
import { fold } from '../text/fold.js';
import { categoryOf, FACT_COLUMNS, type FactRow, type StoredFact, storedFact } from './facts.js';
import { refuseIfBusy } from './transaction.js';

/** Which suggestions are meant; what is absent narrows nothing. */
export interface SuggestionFilter {
  readonly group?: string | undefined;
  readonly field?: string | undefined;
  /** A category path; suggestions for products of it or of what is below it. */
  readonly category?: string | undefined;
  readonly min_confidence?: number | undefined;
  readonly max_confidence?: number | undefined;
  /** Instead of the category, from `resolve`: ids of products as a JSON list. */
  readonly among?: string | undefined;
}

/** Suggestions of one value of one field for one reason. */
export interface SuggestionGroup {
  readonly group: string;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** What deciding it settles: suggestions that are likely right, those of categories counting more. */
  readonly worth: number;
}

export interface Suggestion {
  readonly productId: string;
  readonly fact: StoredFact;
}

/** A category settles which attributes a product has at all, so it is worth as many suggestions as this. */
const CATEGORY_WORTH = 3;
const PATHS_REMEMBERED = 20_000;

/** The suggested facts, seen in the groups that a person decides about. */
export class SuggestionTable {
  constructor(private readonly database: Database) {
    // A catalog has many products and few categories, so what was asked of a path lately is remembered.
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

  /** The same filter with its category looked up once, for whoever asks several times by it. */
  resolve<Filter extends SuggestionFilter>({
    category,
    ...filter
  }: Filter): Omit<Filter, 'category'> & SuggestionFilter {
    if (category === undefined) return filter;
    const { group, field } = filter;
    const ids = this.products({ group, field, category });
    return { ...filter, among: JSON.stringify([...new Set(ids)]) };
  }

  /** Groups by falling worth, then by their id. */
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

  /** How many groups and suggestions there are. */
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

  /** The products suggested for, surest first, then by id. */
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

  /** The suggestions themselves, in the same order. */
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

  /** One product's suggestion of a group. */
  ofProduct(group: string, productId: string): Suggestion | undefined {
    const row = this.database
      .prepare<[string, string], FactRow>(
        // The plus keeps the group's index out: a product has few facts, a group may have thousands.
        `select ${FACT_COLUMNS} from facts where product_id = ? and +suggestion_group = ? and +status = 'suggested'`,
      )
      .get(productId, group);
    return row === undefined ? undefined : { productId, fact: storedFact(row) };
  }

  /** Works out the groups of suggestions that have none yet: older stores', and those that a migration has renamed. */
  private group(): void {
    const astray = this.database.prepare<[], FactRow & { product_id: string }>(
      `select product_id, ${FACT_COLUMNS} from facts where status = 'suggested' and suggestion_group is null limit 10000`,
    );
    const set = this.database.prepare<[string, string, string, string]>(
      'update facts set suggestion_group = ? where product_id = ? and field = ? and value = ?',
    );
    for (let rows = astray.all(); rows.length > 0; rows = astray.all()) {
      const write = this.database.transaction(() => {
        for (const row of rows) set.run(groupOf(storedFact(row)), row.product_id, row.field, row.value);
      });
      refuseIfBusy(() => write.immediate());
    }
  }
}

const CATEGORY = categoryOf('f.product_id');

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
