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
  /** `category`, and attributes by id, name or alias; default: all. */
  readonly fields?: readonly string[] | undefined;
  /** A filter in the notation of search; default: all rows. */
  readonly where?: string | undefined;
}

/** Selects the blanks of a file, or of the store, to fill. */
export class EnrichScope {
  /** The same for the same options. */
  readonly key: string;
  private readonly filter: Filter | undefined;
  private readonly category: boolean;
  /** Under `nameKey`; undefined for all. */
  private readonly attributes: ReadonlySet<string> | undefined;
  private readonly knownFields = new Set<string>(Object.keys(productSchema.shape));

  /** @throws UserError for a filter that cannot be read, or a field that the taxonomy lacks. */
  constructor(
    { fields, where }: ScopeOptions,
    private readonly taxonomy: Taxonomy,
  ) {
    this.key = JSON.stringify([fields ?? null, where ?? null]);
    this.filter = where === undefined ? undefined : readFilter(where);
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

  /** Whether it selects everything. */
  get isWhole(): boolean {
    return this.filter === undefined && this.category && this.attributes === undefined;
  }

  /** Must see every row before `requireKnownFields`. */
  observe(product: Product): void {
    if (this.filter === undefined) return;
    for (const name of Object.keys(product)) this.knownFields.add(name);
    for (const name of Object.keys(product.attributes ?? {})) this.knownFields.add(attributeField(name));
  }

  /** @throws UserError if the filter names a field that no row, no column and not the taxonomy has. */
  requireKnownFields(source: Pick<Source, 'columnOf'> | undefined): void {
    if (this.filter === undefined) return;
    for (const { id, name } of this.taxonomy.attributes) {
      this.knownFields.add(attributeField(id)).add(attributeField(name));
    }
    for (const field of fieldsIn(this.filter)) {
      if (this.knownFields.has(field) || source?.columnOf(field) !== undefined) continue;
      throw new UserError(
        `--where: no row has the field '${field}'; the nearest are ${nearestNames(field, [...this.knownFields]).join(', ')}.`,
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

function readFilter(where: string): Filter {
  try {
    return parseFilter(where);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`--where: ${error.message}`, { field: '--where', cause: error });
  }
}
