import { categoryLevels } from '../../domain/categoryPath.js';
import { isBlank } from '../../domain/isBlank.js';
import type { Product } from '../../domain/product.js';
import { nameKey } from '../nameKey.js';
import type { Category, Taxonomy } from '../schema.js';
import type { TaxonomyView } from '../view.js';
import { type Edit, editTaxonomy } from './editTaxonomy.js';

/**
 * Counts for each edit of a draft the products that it is about: those of the category or below it, those with a value
 * of the attribute, or those with the value, in any spelling. Reads each product once.
 */
export class TouchCounter {
  readonly counts: number[];
  /** Places of edits by the id of their category. */
  readonly #categories = new Map<string, number[]>();
  readonly #attributes = new Map<string, number[]>();
  /** By the id of the attribute, then by the key of the spelling. */
  readonly #values = new Map<string, Map<string, number[]>>();
  readonly #parents: ReadonlyMap<string, Category>;

  constructor(
    private readonly governing: TaxonomyView,
    edits: readonly Edit[],
  ) {
    this.counts = edits.map(() => 0);
    this.#parents = new Map(governing.taxonomy.categories.map((category) => [category.id, category]));
    let taxonomy = governing.taxonomy;
    for (const [place, edit] of edits.entries()) {
      const after = editTaxonomy(taxonomy, edit);
      this.#note(place, edit, taxonomy, after);
      taxonomy = after;
    }
  }

  /** A product with its filled values. */
  add(product: Product): void {
    const places = new Set<number>();
    const { category, attributes = {} } = product;
    const named = typeof category === 'string' && categoryLevels(category).length > 0 ? category : undefined;
    let at = named === undefined ? undefined : this.governing.find(named);
    for (const seen = new Set<string>(); at !== undefined && !seen.has(at.id); ) {
      seen.add(at.id);
      for (const place of this.#categories.get(at.id) ?? []) places.add(place);
      at = at.parent === null ? undefined : this.#parents.get(at.parent);
    }
    for (const [key, cell] of Object.entries(attributes)) {
      const attribute = isBlank(cell) ? undefined : this.governing.attribute(key);
      if (attribute === undefined) continue;
      for (const place of this.#attributes.get(attribute.id) ?? []) places.add(place);
      const spellings = this.#values.get(attribute.id);
      if (spellings === undefined) continue;
      for (const text of [cell].flat())
        for (const place of spellings.get(nameKey(String(text))) ?? []) places.add(place);
    }
    for (const place of places) this.counts[place] = (this.counts[place] ?? 0) + 1;
  }

  #note(place: number, edit: Edit, before: Taxonomy, after: Taxonomy): void {
    if ('category' in edit) append(this.#categories, edit.category, place);
    else if ('value' in edit) {
      const spellings = this.#values.get(edit.attribute) ?? new Map<string, number[]>();
      this.#values.set(edit.attribute, spellings);
      const known = edit.kind === 'add-value' ? after : before;
      const texts = spellingsOf(known, edit.attribute, edit.value);
      if (edit.kind === 'add-alias') texts.push(edit.alias);
      for (const key of new Set(texts.map(nameKey))) append(spellings, key, place);
    } else if ('attribute' in edit) append(this.#attributes, edit.attribute, place);
  }
}

function spellingsOf({ attributes }: Taxonomy, id: string, name: string): string[] {
  const attribute = attributes.find((one) => one.id === id);
  const value = attribute?.type === 'enum' ? attribute.values.find((one) => one.name === name) : undefined;
  return value === undefined ? [name] : [value.name, ...value.aliases];
}

function append(places: Map<string, number[]>, key: string, place: number): void {
  const list = places.get(key);
  if (list === undefined) places.set(key, [place]);
  else list.push(place);
}
