import { z } from 'zod';
import { attributeField, attributeName } from '../../domain/field.js';
import { nameKey } from '../../taxonomy/nameKey.js';
import type { Attribute, Category } from '../../taxonomy/schema.js';
import { FORMAT } from '../../taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../../taxonomy/view.js';
import { readMeasure } from '../../text/measures.js';
import { type Unit, unitIn, unitOf } from '../../text/units.js';
import { visibleText } from '../../text/visibleText.js';

const ruleSchema = z.discriminatedUnion('type', [
  /** Canonical names by the name keys of names and aliases. */
  z.strictObject({ type: z.literal('enum'), values: z.record(z.string(), z.string()) }),
  /** Name keys of the words. */
  z.strictObject({ type: z.literal('boolean'), yes: z.array(z.string()), no: z.array(z.string()) }),
  /** The symbol of the unit; '' for plain numbers. */
  z.strictObject({ type: z.literal('number+unit'), unit: z.string() }),
]);
type Rule = z.infer<typeof ruleSchema>;

const rulesSchema = z.strictObject({
  rules: z.array(ruleSchema),
  /** Position of the attribute's rule by the name keys of its id, name and aliases. */
  names: z.record(z.string(), z.number().int().min(0)),
  /** Ids of attributes by the name keys of their ids, names and aliases. Earlier generations have none. */
  attributes: z.record(z.string(), z.string()).default({}),
  /** Name, position of the parent (-1 for a root) and aliases of each category. */
  categories: z.array(z.tuple([z.string(), z.number().int(), z.array(z.string())])).default([]),
});

/** What a value means by its attribute. */
export type CanonicalValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number; readonly unit: Unit | undefined };

const YES = ['true', 'yes', 'y', '1'];
const NO = ['false', 'no', 'n', '0'];
const MAX_CACHED_FIELDS = 10_000;
const MAX_CACHED_PATHS = 50_000;

/**
 * The canonical values of a taxonomy, compiled for the index. A generation holds the rules that it was built with, so
 * that products added later are normalised in the same way.
 */
export class ValueRules {
  readonly #rules: readonly Rule[];
  readonly #names: ReadonlyMap<string, number>;
  readonly #attributes: ReadonlyMap<string, string>;
  readonly #categories: z.infer<typeof rulesSchema>['categories'];
  readonly #byField = new Map<string, Rule | undefined>();
  readonly #fields = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  /** The categories alone, compiled on first use. */
  #view: TaxonomyView | undefined;

  private constructor({ rules, names, attributes, categories }: z.infer<typeof rulesSchema>) {
    this.#rules = rules;
    this.#names = new Map(Object.entries(names));
    this.#attributes = new Map(Object.entries(attributes));
    this.#categories = categories;
  }

  static readonly NONE = new ValueRules({ rules: [], names: {}, attributes: {}, categories: [] });

  /** Without a taxonomy, no rules. A name that several attributes share has no rule. */
  static of(view: TaxonomyView | undefined): ValueRules {
    if (view === undefined) return ValueRules.NONE;
    const rules: Rule[] = [];
    const names: [string, number][] = [];
    const attributes: [string, string][] = [];
    for (const attribute of view.taxonomy.attributes) {
      const own = [attribute.id, attribute.name, ...attribute.aliases];
      const unambiguous = own.filter((name) => view.attribute(name) === attribute);
      const keys = [...new Set(unambiguous.map(nameKey))];
      for (const key of keys) attributes.push([key, attribute.id]);
      const rule = ruleOf(attribute, view);
      if (rule === undefined) continue;
      for (const key of keys) names.push([key, rules.length]);
      rules.push(rule);
    }
    return new ValueRules({
      rules,
      names: Object.fromEntries(names),
      attributes: Object.fromEntries(attributes),
      categories: listCategories(view),
    });
  }

  /** The reverse of `toJson`. */
  static parse(text: string): ValueRules {
    return new ValueRules(rulesSchema.parse(JSON.parse(text)));
  }

  toJson(): string {
    return JSON.stringify({
      rules: this.#rules,
      names: Object.fromEntries(this.#names),
      attributes: Object.fromEntries(this.#attributes),
      categories: this.#categories,
    });
  }

  /** The canonical value of a field's value; undefined where no rule knows it. */
  canonical(field: string, value: string | number | boolean): CanonicalValue | undefined {
    const rule = this.#ruleOf(field);
    if (rule === undefined) return undefined;
    switch (rule.type) {
      case 'enum': {
        const key = nameKey(visibleText(String(value)));
        const name = Object.hasOwn(rule.values, key) ? rule.values[key] : undefined;
        return name === undefined ? undefined : { kind: 'text', text: name };
      }
      case 'boolean': {
        const key = nameKey(visibleText(String(value)));
        const isYes = rule.yes.includes(key);
        if (isYes === rule.no.includes(key)) return undefined;
        return { kind: 'text', text: String(isYes) };
      }
      case 'number+unit':
        return typeof value === 'boolean' ? undefined : readNumber(String(value), unitOf(rule.unit));
    }
  }

  /** The field under which an attribute is known: a name or alias of an attribute gives that of its id. */
  fieldOf(field: string): string {
    if (this.#attributes.size === 0) return field;
    let canonical = this.#fields.get(field);
    if (canonical === undefined) {
      const name = attributeName(field);
      const id = name === undefined ? undefined : this.#attributes.get(nameKey(visibleText(name)));
      canonical = id === undefined ? field : attributeField(visibleText(id));
      if (this.#fields.size >= MAX_CACHED_FIELDS) this.#fields.clear();
      this.#fields.set(field, canonical);
    }
    return canonical;
  }

  /** The path of the category that this text names, by name or alias; the text itself where it names none or several. */
  categoryPath(text: string): string {
    if (this.#categories.length === 0) return text;
    let path = this.#paths.get(text);
    if (path === undefined) {
      this.#view ??= viewCategories(this.#categories);
      const category = this.#view.find(text);
      path = category === undefined ? text : this.#view.path(category.id);
      if (this.#paths.size >= MAX_CACHED_PATHS) this.#paths.clear();
      this.#paths.set(text, path);
    }
    return path;
  }

  /** The unit of a field of measures. */
  unitOf(field: string): Unit | undefined {
    const rule = this.#ruleOf(field);
    return rule?.type === 'number+unit' ? unitOf(rule.unit) : undefined;
  }

  /** Whether the field holds yes or no. */
  isBoolean(field: string): boolean {
    return this.#ruleOf(field)?.type === 'boolean';
  }

  #ruleOf(field: string): Rule | undefined {
    if (this.#rules.length === 0) return undefined;
    if (this.#byField.has(field)) return this.#byField.get(field);
    const name = attributeName(field);
    const at = name === undefined ? undefined : this.#names.get(nameKey(visibleText(name)));
    const rule = at === undefined ? undefined : this.#rules[at];
    if (this.#byField.size >= MAX_CACHED_FIELDS) this.#byField.clear();
    this.#byField.set(field, rule);
    return rule;
  }
}

function listCategories(view: TaxonomyView): [string, number, string[]][] {
  const { categories } = view.taxonomy;
  const positions = new Map(categories.map(({ id }, position) => [id, position]));
  return categories.map(({ name, parent, aliases }) => [
    name,
    parent === null ? -1 : (positions.get(parent) ?? -1),
    aliases,
  ]);
}

function viewCategories(list: readonly (readonly [string, number, string[]])[]): TaxonomyView {
  const categories = list.map(
    ([name, parent, aliases], position): Category => ({
      id: String(position),
      name,
      parent: parent < 0 ? null : String(parent),
      aliases,
      attributes: [],
      required: [],
    }),
  );
  return viewTaxonomy({
    format: FORMAT,
    version: 'index',
    language: 'und',
    owner: '',
    changelog: [],
    carried: [],
    attributes: [],
    categories,
  });
}

/** A number without a unit is in the attribute's unit. */
function readNumber(text: string, own: Unit | undefined): CanonicalValue | undefined {
  const measure = readMeasure(text);
  if (measure === undefined) return undefined;
  if (measure.unit === undefined) return { kind: 'number', value: measure.value, unit: own };
  if (own === undefined) return undefined;
  const unit = unitIn(own.dimension, measure.unit);
  return unit === undefined ? undefined : { kind: 'number', value: measure.value, unit };
}

function ruleOf(attribute: Attribute, view: TaxonomyView): Rule | undefined {
  switch (attribute.type) {
    case 'enum': {
      const values: [string, string][] = [];
      for (const { name, aliases } of attribute.values) {
        for (const written of [name, ...aliases]) {
          const canonical = view.canonical(attribute, written);
          if (canonical !== undefined) values.push([nameKey(written), canonical]);
        }
      }
      return { type: 'enum', values: Object.fromEntries(values) };
    }
    case 'boolean': {
      const keys = (words: readonly string[]): string[] => [...new Set(words.map(nameKey))];
      return {
        type: 'boolean',
        yes: keys([...attribute.true, ...YES]),
        no: keys([...attribute.false, ...NO]),
      };
    }
    case 'number+unit':
      return {
        type: 'number+unit',
        unit: attribute.unit === undefined ? '' : (unitOf(attribute.unit)?.symbol ?? ''),
      };
    case 'text':
      return undefined;
  }
}
