import type { Fact } from '../../domain/fact.js';
import { attributeField, attributeName, fieldValue } from '../../domain/field.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import { tokens } from '../../text/tokens.js';
import { nameKey } from '../nameKey.js';
import type { TaxonomyView } from '../view.js';
import type { Branch } from './migration.js';

/** A product under the old version: the merchant's values, and applied facts for blank fields. */
export class KnownProduct {
  private readonly applied: ReadonlyMap<string, AttributeValue>;
  private text: string | undefined;

  constructor(
    readonly product: Product,
    facts: readonly Fact[],
    readonly view: TaxonomyView,
  ) {
    this.applied = new Map(
      facts.filter(({ status }) => status === 'applied').map(({ field, value }) => [field, value]),
    );
  }

  value(field: string): AttributeValue | undefined {
    return fieldValue(this.product, field) ?? this.applied.get(field);
  }

  /** The id of the product's category. */
  category(): string | undefined {
    const path = this.value('category');
    return typeof path === 'string' ? this.view.find(path)?.id : undefined;
  }

  /** The name keys of the product's values of an attribute, under any key. */
  valueKeysOf(attributeId: string): readonly string[] {
    const attribute = this.view.attribute(attributeId);
    if (attribute === undefined) return [];
    const key = attributeField(this.view.keyOf(this.product, attribute));
    const fields = [
      key,
      ...[...this.applied.keys()].filter(
        (field) => this.view.attribute(attributeName(field) ?? '') === attribute,
      ),
    ];
    const found = fields.map((field) => this.value(field)).find((value) => value !== undefined);
    const items = found === undefined ? [] : Array.isArray(found) ? found : [found];
    return items.map((item) => {
      const text = String(item);
      return nameKey((attribute.type === 'enum' ? this.view.canonical(attribute, text) : undefined) ?? text);
    });
  }

  mentions(phrase: string): boolean {
    this.text ??= ['title', 'description']
      .map((field) => ` ${wordsOf(String(this.product[field] ?? ''))} `)
      .join('\n');
    const words = wordsOf(phrase);
    return words !== '' && this.text.includes(` ${words} `);
  }
}

/** The target of the first branch whose conditions all hold; undefined if there is none. */
export function decideSplit(branches: readonly Branch[], known: KnownProduct): string | undefined {
  return branches.find((branch) => passes(branch, known))?.to;
}

function passes({ when, words, category }: Branch, known: KnownProduct): boolean {
  if (when !== undefined) {
    const attribute = known.view.attribute(when.attribute);
    const wanted = when.is.map((value) =>
      nameKey((attribute?.type === 'enum' ? known.view.canonical(attribute, value) : undefined) ?? value),
    );
    if (!known.valueKeysOf(when.attribute).some((value) => wanted.includes(value))) return false;
  }
  if (words !== undefined && !words.some((phrase) => known.mentions(phrase))) return false;
  if (category === undefined) return true;
  const own = known.category();
  if (own === undefined) return false;
  return [own, ...known.view.ancestors(own).map(({ id }) => id)].some((id) => category.includes(id));
}

function wordsOf(text: string): string {
  return tokens(text)
    .map(({ folded }) => folded)
    .filter((word) => WORD.test(word))
    .join(' ');
}

const WORD = /[\p{L}\p{N}]/u;
