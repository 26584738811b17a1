import { joinLevels } from '../domain/categoryPath.js';
import { isBlank } from '../domain/isBlank.js';
import type { Product } from '../domain/product.js';
import { LEVEL_BREAK, nameKey, pathKey } from './nameKey.js';
import type { Attribute, Category, EnumAttribute, Taxonomy } from './schema.js';

/**
 * A taxonomy compiled for fast look-ups from maps and caches. Unknown ids are ignored (`lintTaxonomy` reports them), so a
 * view never throws.
 */
export interface TaxonomyView {
  readonly taxonomy: Taxonomy;
  /** Categories without children, in the taxonomy's order. */
  readonly leaves: readonly Category[];
  category(id: string): Category | undefined;
  /** Names from the root joined by ` > `; '' for an unknown id. */
  path(id: string): string;
  /** From the root to the parent; empty for a root and for an unknown id. */
  ancestors(id: string): readonly Category[];
  /**
   * The category that a text names: by full path, else by the end of a path, by names before aliases. Compares name
   * keys. Undefined if no category or several match.
   */
  find(text: string): Category | undefined;
  /** By id, else by the name key of a name or alias; undefined if no attribute or several match. */
  attribute(nameOrId: string): Attribute | undefined;
  /** Attributes that every product carries, then those of the category's ancestors from the root down, then its own. */
  carried(categoryId: string | undefined): readonly Attribute[];
  /** Required attributes of the category, including inherited ones. */
  required(categoryId: string | undefined): readonly Attribute[];
  /**
   * The product's key for the attribute: its id, a name, an alias or another spelling. Prefers a filled key to an empty
   * one. The attribute's id if the product has no such key. If two attributes share a name, as those of different
   * categories can, the key belongs to both.
   */
  keyOf(product: Product, attribute: Attribute): string;
  /** The canonical name of the value with this name or alias, by name key. */
  canonical(attribute: EnumAttribute, text: string): string | undefined;
}

/** Compiles a taxonomy for reading. The taxonomy must not change afterwards. */
export function viewTaxonomy(taxonomy: Taxonomy): TaxonomyView {
  return new CompiledView(taxonomy);
}

class CompiledView implements TaxonomyView {
  readonly leaves: readonly Category[];
  readonly #categories = new Map<string, Category>();
  readonly #ancestors = new Map<string, readonly Category[]>();
  readonly #paths = new Map<string, string>();
  readonly #byPath = new Map<string, Category>();
  readonly #found = new Map<string, Category>();
  readonly #byName = new Map<string, Category[]>();
  readonly #attributes = new Map<string, Attribute>();
  readonly #byAttributeName = new Map<string, Attribute[]>();
  readonly #byKey = new Map<string, readonly Attribute[]>();
  readonly #carried = new Map<string, readonly Attribute[]>();
  readonly #required = new Map<string, readonly Attribute[]>();
  readonly #values = new Map<EnumAttribute, Map<string, string>>();
  #lastAttributes: Product['attributes'];
  #lastKeys: ReadonlyMap<Attribute, OwnKeys> = new Map();

  constructor(readonly taxonomy: Taxonomy) {
    const parents = new Set<string>();
    for (const category of taxonomy.categories) {
      if (!this.#categories.has(category.id)) this.#categories.set(category.id, category);
      if (category.parent !== null) parents.add(category.parent);
    }
    this.leaves = taxonomy.categories.filter(({ id }) => !parents.has(id));
    for (const category of this.#categories.values()) this.#indexCategory(category);
    for (const attribute of taxonomy.attributes) {
      if (!this.#attributes.has(attribute.id)) this.#attributes.set(attribute.id, attribute);
      for (const name of new Set([attribute.id, attribute.name, ...attribute.aliases].map(nameKey))) {
        add(this.#byAttributeName, name, attribute);
      }
    }
  }

  category(id: string): Category | undefined {
    return this.#categories.get(id);
  }

  path(id: string): string {
    let path = this.#paths.get(id);
    if (path === undefined) {
      const category = this.#categories.get(id);
      if (category === undefined) return '';
      path = joinLevels([...this.ancestors(id), category].map(({ name }) => name));
      this.#paths.set(id, path);
    }
    return path;
  }

  ancestors(id: string): readonly Category[] {
    const cached = this.#ancestors.get(id);
    if (cached !== undefined) return cached;
    const chain: Category[] = [];
    const seen = new Set([id]);
    let parent = this.#categories.get(id)?.parent ?? null;
    while (parent !== null && !seen.has(parent)) {
      seen.add(parent);
      const category = this.#categories.get(parent);
      if (category === undefined) break;
      chain.push(category);
      parent = category.parent;
    }
    chain.reverse();
    if (this.#categories.has(id)) this.#ancestors.set(id, chain);
    return chain;
  }

  find(text: string): Category | undefined {
    let found = this.#found.get(text);
    if (found === undefined) {
      found = this.#search(text);
      if (this.#found.size >= MAX_CACHED_TEXTS) this.#found.clear();
      if (found !== undefined) this.#found.set(text, found);
    }
    return found;
  }

  attribute(nameOrId: string): Attribute | undefined {
    const exact = this.#attributes.get(nameOrId);
    if (exact !== undefined) return exact;
    const matches = this.#matching(nameOrId);
    return matches.length === 1 ? matches[0] : undefined;
  }

  carried(categoryId: string | undefined): readonly Attribute[] {
    const key = categoryId ?? '';
    let carried = this.#carried.get(key);
    if (carried === undefined) {
      const ids = new Set(this.taxonomy.carried);
      for (const category of this.#chain(categoryId)) for (const id of category.attributes) ids.add(id);
      carried = this.#existing(ids);
      if (this.#categories.has(key) || categoryId === undefined) this.#carried.set(key, carried);
    }
    return carried;
  }

  required(categoryId: string | undefined): readonly Attribute[] {
    const key = categoryId ?? '';
    let required = this.#required.get(key);
    if (required === undefined) {
      required = this.#existing(new Set(this.#chain(categoryId).flatMap((category) => category.required)));
      if (this.#categories.has(key)) this.#required.set(key, required);
    }
    return required;
  }

  keyOf(product: Product, attribute: Attribute): string {
    const { attributes } = product;
    if (attributes === undefined) return attribute.id;
    const own = attributes[attribute.id];
    if (!isBlank(own)) return attribute.id;
    const { filled, empty } = this.#keysIn(attributes).get(attribute) ?? {};
    return filled ?? (own === undefined ? empty : attribute.id) ?? attribute.id;
  }

  /** The first filled and the first empty key of each attribute; read once for all attributes of a product. */
  #keysIn(attributes: NonNullable<Product['attributes']>): ReadonlyMap<Attribute, OwnKeys> {
    if (attributes === this.#lastAttributes) return this.#lastKeys;
    const keys = new Map<Attribute, OwnKeys>();
    for (const key in attributes) {
      const kind = isBlank(attributes[key]) ? 'empty' : 'filled';
      for (const attribute of this.#matching(key)) {
        const own = keys.get(attribute);
        if (own === undefined) keys.set(attribute, { [kind]: key });
        else own[kind] ??= key;
      }
    }
    this.#lastAttributes = attributes;
    this.#lastKeys = keys;
    return keys;
  }

  canonical(attribute: EnumAttribute, text: string): string | undefined {
    let names = this.#values.get(attribute);
    if (names === undefined) {
      names = new Map();
      for (const { name } of attribute.values) setOnce(names, nameKey(name), name);
      for (const { name, aliases } of attribute.values)
        for (const alias of aliases) setOnce(names, nameKey(alias), name);
      this.#values.set(attribute, names);
    }
    return names.get(nameKey(text));
  }

  #search(text: string): Category | undefined {
    const key = pathKey(text);
    const byPath = this.#byPath.get(key);
    if (byPath !== undefined) return byPath;
    const levels = key.split(LEVEL_BREAK);
    const candidates = this.#byName.get(levels.at(-1) ?? '');
    if (candidates === undefined) return undefined;
    return (
      only(candidates, (category) => this.#ends(category, levels, false)) ??
      only(candidates, (category) => this.#ends(category, levels, true))
    );
  }

  #indexCategory(category: Category): void {
    setOnce(this.#byPath, pathKey(this.path(category.id)), category);
    const names = new Set([nameKey(category.name)]);
    for (const alias of category.aliases) names.add(nameKey(alias));
    for (const name of names) add(this.#byName, name, category);
  }

  /** Whether the category's path ends in these levels. */
  #ends(category: Category, levels: readonly string[], aliases: boolean): boolean {
    const above = this.ancestors(category.id);
    const missing = above.length + 1 - levels.length;
    if (missing < 0) return false;
    for (let depth = levels.length - 1; depth >= 0; depth--) {
      const at = depth === levels.length - 1 ? category : above[missing + depth];
      if (at === undefined) return false;
      const level = levels[depth];
      if (nameKey(at.name) === level) continue;
      if (!aliases || !at.aliases.some((alias) => nameKey(alias) === level)) return false;
    }
    return true;
  }

  #chain(categoryId: string | undefined): readonly Category[] {
    const category = categoryId === undefined ? undefined : this.#categories.get(categoryId);
    return category === undefined ? [] : [...this.ancestors(category.id), category];
  }

  #existing(ids: Iterable<string>): Attribute[] {
    const found: Attribute[] = [];
    for (const id of ids) {
      const attribute = this.#attributes.get(id);
      if (attribute !== undefined) found.push(attribute);
    }
    return found;
  }

  #matching(key: string): readonly Attribute[] {
    let matches = this.#byKey.get(key);
    if (matches === undefined) {
      matches = this.#byAttributeName.get(nameKey(key)) ?? NONE;
      if (this.#byKey.size >= MAX_CACHED_TEXTS) this.#byKey.clear();
      this.#byKey.set(key, matches);
    }
    return matches;
  }
}

/** A product's keys for one attribute. */
interface OwnKeys {
  filled?: string;
  empty?: string;
}

/** The keys and paths of merchants' rows are unlimited, so the caches need a limit. */
const MAX_CACHED_TEXTS = 50_000;
const NONE: readonly Attribute[] = [];

function only(
  categories: readonly Category[],
  isMatch: (category: Category) => boolean,
): Category | undefined {
  let found: Category | undefined;
  for (const category of categories) {
    if (!isMatch(category)) continue;
    if (found !== undefined) return undefined;
    found = category;
  }
  return found;
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function setOnce<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}
