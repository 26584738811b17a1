import { isBlank } from '../../domain/isBlank.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import { Placeholders } from '../../text/placeholders.js';
import { nameKey } from '../nameKey.js';
import { FORMAT, type Taxonomy } from '../schema.js';
import { byCount, draftAttribute } from './draftAttribute.js';
import { draftCategories } from './draftCategories.js';
import { inferCarriedAttributes } from './inferCarriedAttributes.js';
import { nameAttributes } from './nameAttributes.js';
import { AttributeObservation } from './observeAttribute.js';
import { CategoryObservation } from './observeCategories.js';

export interface InferOptions {
  /** The new taxonomy's version. Default: `draft-` and the date. */
  readonly version?: string;
  readonly owner?: string;
  /** A language tag. Default: `und`, undetermined. */
  readonly language?: string;
  /** The date in the changelog, such as `2026-11-21`. Default: today. */
  readonly date?: string;
}

const MAX_CATEGORIES = 50_000;
const MAX_KEYS = 20_000;
/** Products that did not come from a file can hold them. */
const PLACEHOLDERS = new Placeholders();
/** Maximum number of distinct values of all attributes. */
const MAX_VALUES = 1_000_000;
const MAX_HOLDERS = 2_000_000;

/**
 * Drafts a taxonomy from a shop's rows, in one pass and bounded memory: categories, the attributes that each carries,
 * their types, and their values in the shop's spelling. An attribute's id is the shop's key. The draft has no lint
 * errors and does not depend on the order of the rows, unless a limit is reached. `notes` are sentences about what was
 * left out. Does not modify rows; rethrows errors of the iterable.
 */
export async function inferTaxonomy(
  rows: AsyncIterable<Product> | Iterable<Product>,
  options: InferOptions = {},
): Promise<{ taxonomy: Taxonomy; notes: string[] }> {
  const observed = new Observation();
  for await (const product of rows) observed.add(product);
  return observed.draft(options);
}

class Observation {
  rows = 0;
  #skippedPaths = 0;
  #skippedKeys = 0;
  #values = 0;
  #holders = 0;
  readonly #categories = new CategoryObservation(MAX_CATEGORIES);
  readonly #attributes: AttributeObservation[] = [];
  readonly #numberOfKey = new Map<string, number>();
  readonly #numberOfName = new Map<string, number>();

  add(product: Product): void {
    const row = this.rows++;
    const { category = '' } = product;
    const node = this.#categories.add(PLACEHOLDERS.has(category) ? '' : category);
    if (node === undefined) this.#skippedPaths++;
    const { attributes } = product;
    if (attributes === undefined) return;
    let filled = false;
    for (const key in attributes) {
      const value = attributes[key];
      if (value === undefined || !isFilled(value) || PLACEHOLDERS.blanked(value) === null) continue;
      const number = this.#number(key);
      const attribute = number === undefined ? undefined : this.#attributes[number];
      if (number === undefined || attribute === undefined) continue;
      filled = true;
      const before = attribute.spellings.size;
      const first = attribute.add(key, value, row);
      this.#values += attribute.spellings.size - before;
      if (this.#values > MAX_VALUES) this.#forgetLargest();
      if (!first || node === undefined) continue;
      const held = node.holders.get(number);
      if (held === undefined && this.#holders >= MAX_HOLDERS) continue;
      if (held === undefined) this.#holders++;
      node.holders.set(number, (held ?? 0) + 1);
    }
    if (filled && node !== undefined) node.filled++;
  }

  draft({ version, owner, language, date }: InferOptions): { taxonomy: Taxonomy; notes: string[] } {
    const day = date ?? new Date().toISOString().slice(0, 10);
    const versionName = version ?? `draft-${day}`;
    const carrying = inferCarriedAttributes(this.#categories.root);
    const carried = new Set([...carrying.everywhere, ...[...carrying.own.values()].flat()]);
    const idOf = (number: number): string | undefined => byCount(this.#attributes[number]?.keys ?? [])[0];
    const kept = [...carried].sort((a, b) => this.#rowsOf(b) - this.#rowsOf(a) || compare(idOf(a), idOf(b)));
    const names = nameAttributes(kept.map((number) => idOf(number) ?? ''));
    const attributes = kept.flatMap((number, index) => {
      const seen = this.#attributes[number];
      const [id, ...aliases] = byCount(seen?.keys ?? []);
      if (seen === undefined || id === undefined) return [];
      return [draftAttribute(id, names[index] ?? id, aliases, seen)];
    });
    const byRows = (numbers: readonly number[]): number[] => {
      const wanted = new Set(numbers);
      return kept.filter((number) => wanted.has(number));
    };
    const own = new Map([...carrying.own].map(([node, numbers]) => [node, byRows(numbers)]));
    const taxonomy: Taxonomy = {
      format: FORMAT,
      version: versionName,
      language: language ?? 'und',
      owner: owner ?? 'unassigned: name the owner of this taxonomy',
      changelog: [
        {
          version: versionName,
          date: day,
          changes: [`inferred from ${this.rows} rows; not reviewed by a person yet`],
        },
      ],
      carried: byRows(carrying.everywhere)
        .map(idOf)
        .filter((id) => id !== undefined),
      attributes,
      categories: draftCategories(this.#categories.root, { ...carrying, own }, idOf),
    };
    return { taxonomy, notes: this.#notes(taxonomy) };
  }

  #number(key: string): number | undefined {
    const known = this.#numberOfKey.get(key);
    if (known !== undefined) return known;
    const name = nameKey(key);
    if (name === '') return undefined;
    if (this.#numberOfKey.size >= MAX_KEYS) {
      this.#skippedKeys++;
      return undefined;
    }
    let number = this.#numberOfName.get(name);
    if (number === undefined) {
      number = this.#attributes.push(new AttributeObservation()) - 1;
      this.#numberOfName.set(name, number);
    }
    this.#numberOfKey.set(key, number);
    return number;
  }

  #forgetLargest(): void {
    const largest = this.#attributes.reduce((a, b) => (b.spellings.size > a.spellings.size ? b : a));
    this.#values -= largest.spellings.size;
    largest.forgetSpellings();
  }

  #rowsOf(number: number): number {
    return this.#attributes[number]?.rows ?? 0;
  }

  #notes({ attributes, categories, carried }: Taxonomy): string[] {
    const notes = [
      `read ${this.rows} rows; drafted categories: ${categories.length}, attributes: ${attributes.length}`,
    ];
    const rare = this.#attributes.length - attributes.length;
    if (rare > 0) {
      notes.push(
        `${rare} attributes occur in too few rows of any category${carried.length > 0 ? ' or of the catalog' : ''} and were left out`,
      );
    }
    if (this.#skippedPaths > 0) {
      notes.push(
        `${this.#skippedPaths} rows name categories beyond the first ${MAX_CATEGORIES}, which were left out`,
      );
    }
    if (this.#skippedKeys > 0) {
      notes.push(
        `${this.#skippedKeys} values have attribute names beyond the first ${MAX_KEYS}, which were left out`,
      );
    }
    return notes;
  }
}

function isFilled(value: AttributeValue): boolean {
  return Array.isArray(value) ? value.some((item) => !isBlank(item)) : !isBlank(value);
}

function compare(a: string | undefined = '', b: string | undefined = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
