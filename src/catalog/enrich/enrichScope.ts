import { UserError } from '../../domain/errors.js';
import { attributeField, attributeName } from '../../domain/field.js';
import { type Product, productSchema } from '../../domain/product.js';
import type { Source } from '../../formats/source.js';
import { fieldsIn, matchProduct } from '../../search/filter/matchProduct.js';
import { type Filter, parseFilter } from '../../search/filter/parseFilter.js';
import { nameKey } from '../../taxonomy/nameKey.js';
import type { Attribute, Taxonomy } from '../../taxonomy/schema.js';
import { nearestNames } from '../../text/nearestName.js';

export interface ScopeOptions {
  /** `category` and attributes by id, name or alias; all unless given. */
  readonly fields?: readonly string[] | undefined;
  /** A filter as search takes it; all rows unless given. */
  readonly where?: string | undefined;
}

/** Which blanks of a file, or of the store, are to be filled. */
export class EnrichScope {
  /** What was asked for, to know it again. */
  readonly words: string;
  private readonly filter: Filter | undefined;
  private readonly category: boolean;
  /** Under `nameKey`; undefined for all. */
  private readonly attributes: ReadonlySet<string> | undefined;
  private readonly met = new Set<string>(Object.keys(productSchema.shape));

  /** @throws UserError for a filter that cannot be read, or a field that the taxonomy does not have. */
  constructor(
    { fields, where }: ScopeOptions,
    private readonly taxonomy: Taxonomy,
  ) {
    this.words = JSON.stringify([fields ?? null, where ?? null]);
    this.filter = where === undefined ? undefined : parseFilter(where);
    const names = fields?.map((field) => attributeName(field) ?? field);
    this.category = names === undefined || names.includes('category');
    const chosen = names?.filter((name) => name !== 'category').flatMap((name) => this.named(name));
    this.attributes = chosen === undefined ? undefined : new Set(chosen.flatMap(keysOf));
  }

  /** Whether blanks of this field are filled. */
  fills(field: string): boolean {
    const name = attributeName(field);
    if (name === undefined) return field !== 'category' || this.category;
    return this.attributes === undefined || this.attributes.has(nameKey(name));
  }

  /** Whether blanks of this row are filled. */
  selects(product: Product | (() => Product)): boolean {
    if (this.filter === undefined) return true;
    return matchProduct(typeof product === 'function' ? product() : product, this.filter);
  }

  /** Whether it leaves anything out. */
  get isWhole(): boolean {
    return this.filter === undefined && this.category && this.attributes === undefined;
  }

  /** Told of every row before `requireMet`. */
  meet(product: Product): void {
    if (this.filter === undefined) return;
    for (const name of Object.keys(product)) this.met.add(name);
    for (const name of Object.keys(product.attributes ?? {})) this.met.add(attributeField(name));
  }

  /** @throws UserError if the filter names a field that neither a row, nor a column, nor the taxonomy has. */
  requireMet(source: Pick<Source, 'columnOf'> | undefined): void {
    if (this.filter === undefined) return;
    for (const { id, name } of this.taxonomy.attributes) {
      this.met.add(attributeField(id)).add(attributeField(name));
    }
    for (const field of fieldsIn(this.filter)) {
      if (this.met.has(field) || source?.columnOf(field) !== undefined) continue;
      throw new UserError(
        `--where: no row has the field '${field}'; the nearest are ${nearestNames(field, [...this.met]).join(', ')}.`,
        { field: '--where' },
      );
    }
  }

  private named(name: string): Attribute[] {
    const key = nameKey(name);
    const { attributes, version } = this.taxonomy;
    const found = attributes.filter((attribute) => keysOf(attribute).includes(key));
    if (found.length > 0) return found;
    const near = nearestNames(name, ['category', ...attributes.map(({ id }) => id)]);
    throw new UserError(
      `--fields: the taxonomy ${version} has no attribute '${name}'; the nearest are ${near.join(', ')}.`,
      { field: '--fields' },
    );
  }
}

function keysOf({ id, name, aliases }: Attribute): string[] {
  return [id, name, ...aliases].map(nameKey);
}
