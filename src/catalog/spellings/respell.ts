import type { Correction, SpellingKind } from '../../audit/betterSpellings.js';
import { attributeField, attributeName } from '../../domain/field.js';
import type { AttributeValue, Product } from '../../domain/product.js';

/** Which corrections to make. */
export interface SpellingChoice {
  /** All fields if undefined. */
  readonly fields?: readonly string[] | undefined;
  readonly kinds: readonly SpellingKind[];
}

/** What a text of a field becomes; undefined if it stays. */
export type Respelling = (field: string, text: string) => string | undefined;

/** The values of one field before and after. */
export interface FieldChange {
  readonly field: string;
  readonly before: AttributeValue;
  readonly after: AttributeValue;
}

export function respellingOf(
  corrections: ReadonlyMap<string, ReadonlyMap<string, Correction>>,
  { fields, kinds }: SpellingChoice,
): Respelling {
  return (field, text) => {
    if (fields !== undefined && !fields.includes(field)) return undefined;
    const correction = corrections.get(field)?.get(text);
    return correction !== undefined && kinds.includes(correction.kind) ? correction.suggestion : undefined;
  };
}

/** The changes of a product: of its brand and its attributes. Members of a list that become equal are united. */
export function changesOf(product: Product, respelling: Respelling): FieldChange[] {
  const changes: FieldChange[] = [];
  const fields: [string, AttributeValue | undefined][] = [
    ['brand', product.brand],
    ...Object.entries(product.attributes ?? {}).map(([name, value]): [string, AttributeValue] => [
      attributeField(name),
      value,
    ]),
  ];
  for (const [field, before] of fields) {
    if (before === undefined) continue;
    const after = respelled(before, (text) => respelling(field, text));
    if (after !== undefined) changes.push({ field, before, after });
  }
  return changes;
}

/** A copy of the product with the fields set. */
export function withChanges(product: Product, changes: readonly Omit<FieldChange, 'before'>[]): Product {
  let changed = product;
  for (const { field, after } of changes) {
    const name = attributeName(field);
    changed =
      name === undefined
        ? { ...changed, [field]: after }
        : { ...changed, attributes: { ...changed.attributes, [name]: after } };
  }
  return changed;
}

function respelled(
  value: AttributeValue,
  respelling: (text: string) => string | undefined,
): AttributeValue | undefined {
  if (!Array.isArray(value)) return typeof value === 'string' ? respelling(value) : undefined;
  let changes = false;
  const members = value.map((member) => {
    const after = typeof member === 'string' ? respelling(member) : undefined;
    if (after !== undefined) changes = true;
    return after ?? member;
  });
  return changes ? [...new Set(members)] : undefined;
}
