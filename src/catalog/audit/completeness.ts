import type { Fact } from '../../domain/fact.js';
import { attributeField, fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';

/** Blank cells of one field, by outcome. */
export interface FieldCount {
  blank: number;
  applied: number;
  suggested: number;
  abstained: number;
}

/**
 * Counts cells: a product's category, and each attribute that its category (the merchant's, else the enricher's)
 * carries. Completeness is filled cells over all cells.
 */
export class Completeness {
  readonly fields: Record<string, FieldCount> = {};
  private cells = 0;
  private filled = 0;
  private applied = 0;

  /** `counts` selects the fields to count; default: all. */
  constructor(
    private readonly view: TaxonomyView,
    private readonly counts: (field: string) => boolean = () => true,
  ) {}

  count(product: Product, facts: readonly Fact[]): void {
    const byField = new Map(facts.map((fact) => [fact.field, fact]));
    this.cell('category', fieldValue(product, 'category') !== undefined, byField.get('category'));
    const category = fieldValue(product, 'category') ?? byField.get('category')?.value;
    const id = typeof category === 'string' ? this.view.find(category)?.id : undefined;
    for (const attribute of this.view.carried(id)) {
      const field = attributeField(this.view.keyOf(product, attribute));
      this.cell(field, fieldValue(product, field) !== undefined, byField.get(field));
    }
  }

  /** Cells, those the merchant filled, and blank ones with an applied fact. */
  get totals(): { readonly cells: number; readonly filled: number; readonly applied: number } {
    const { cells, filled, applied } = this;
    return { cells, filled, applied };
  }

  shares(): { before: number; after: number } {
    if (this.cells === 0) return { before: 0, after: 0 };
    return { before: this.filled / this.cells, after: (this.filled + this.applied) / this.cells };
  }

  private cell(field: string, isFilled: boolean, fact: Fact | undefined): void {
    if (!this.counts(field)) return;
    this.cells++;
    if (isFilled) {
      this.filled++;
      return;
    }
    this.fields[field] ??= { blank: 0, applied: 0, suggested: 0, abstained: 0 };
    const count = this.fields[field];
    count.blank++;
    if (fact?.status === 'applied') {
      count.applied++;
      this.applied++;
    } else if (fact?.status === 'suggested') count.suggested++;
    else count.abstained++;
  }
}
