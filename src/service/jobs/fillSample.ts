import type { Fact } from '../../domain/fact.js';
import { attributeField } from '../../domain/field.js';
import { isBlank } from '../../domain/isBlank.js';
import type { Product } from '../../domain/product.js';
import { shown } from './changeSample.js';

/** A row of which blanks were filled, as text for a person. */
export interface FilledRow {
  readonly id: string;
  readonly title: string;
  /** Category and attributes as the file has them. */
  readonly given: Readonly<Record<string, string>>;
  readonly filled: readonly {
    readonly field: string;
    readonly value: string;
    readonly confidence: number;
    /** The words of the product that say so; undefined where others like it do. */
    readonly quote: string | undefined;
  }[];
}

const MAX_ROWS = 20;
const MAX_GIVEN = 40;

/** The first rows of which blanks are filled. */
export class FillSample {
  readonly kept: FilledRow[] = [];

  offer(product: Product, facts: readonly Fact[]): void {
    const applied = facts.filter(({ status }) => status === 'applied');
    if (applied.length === 0 || this.kept.length >= MAX_ROWS) return;
    const attributes = Object.entries(product.attributes ?? {}).map(
      ([name, value]) => [attributeField(name), value] as const,
    );
    const given = [['category', product.category] as const, ...attributes].filter(
      ([, value]) => !isBlank(value),
    );
    this.kept.push({
      id: product.id,
      title: shown(product.title ?? ''),
      given: Object.fromEntries(given.slice(0, MAX_GIVEN).map(([field, value]) => [field, shown(value)])),
      filled: applied.map(({ field, value, confidence, evidence }) => ({
        ...{ field, value: shown(value), confidence },
        quote: 'quote' in evidence ? evidence.quote : undefined,
      })),
    });
  }
}
