import { isRecord } from './isRecord.js';

/** What of a record is beyond which limit. */
interface BeyondLimit {
  readonly field: string;
  readonly reason: string;
  readonly limit: true;
}

/**
 * What one product may hold at most. A product within the limits is read, stored and indexed in a fraction of a second,
 * whatever is in it; the largest products of real exports have a tenth of this.
 */
export const PRODUCT_LIMITS = {
  /** Fields besides attributes. */
  fields: 500,
  attributes: 1000,
  /** Values of one list. */
  values: 1000,
  /** Levels of a category. */
  levels: 20,
  /** Levels of objects and lists in each other. */
  depth: 50,
  /** Characters of the name of a field or an attribute. */
  name: 200,
  /** Characters of a text, by field; `other` for all other fields, and each attribute. */
  text: { title: 2000, brand: 500, category: 2000, description: 100_000, other: 50_000 },
  /** Characters of all names and values together. */
  characters: 200_000,
} as const;

/**
 * Why a record is too large for a product: the field, and the limit that it is beyond. Undefined for one within all limits.
 * Takes time for what is within them only.
 */
export function findBeyondLimits(record: Readonly<Record<string, unknown>>): BeyondLimit | undefined {
  const counted = { characters: 0 };
  let fields = 0;
  for (const name in record) {
    if (++fields > PRODUCT_LIMITS.fields)
      return beyond('', `more than ${PRODUCT_LIMITS.fields} fields; expected at most so many`);
    const problem =
      name === 'attributes' && isRecord(record.attributes)
        ? findInAttributes(record.attributes, counted)
        : findInField('', name, record[name], counted);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

interface Counted {
  characters: number;
}

function findInAttributes(
  attributes: Readonly<Record<string, unknown>>,
  counted: Counted,
): BeyondLimit | undefined {
  let count = 0;
  for (const name in attributes) {
    if (++count > PRODUCT_LIMITS.attributes)
      return beyond(
        'attributes',
        `more than ${PRODUCT_LIMITS.attributes} attributes; expected at most so many`,
      );
    const problem = findInField('attributes.', name, attributes[name], counted);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** `prefix` and `name` make the field's name, which most calls do not need. */
function findInField(
  prefix: '' | 'attributes.',
  name: string,
  value: unknown,
  counted: Counted,
): BeyondLimit | undefined {
  const shown = (): string => {
    const field = prefix + name;
    return field.length > PRODUCT_LIMITS.name ? `${field.slice(0, PRODUCT_LIMITS.name)}…` : field;
  };
  if (name.length > PRODUCT_LIMITS.name)
    return beyond(shown(), `a name of ${name.length} characters; expected at most ${PRODUCT_LIMITS.name}`);
  counted.characters += name.length;
  if (prefix === '' && name === 'category' && levelsOf(value) > PRODUCT_LIMITS.levels)
    return beyond(name, `${levelsOf(value)} levels; expected at most ${PRODUCT_LIMITS.levels}`);
  const longest = prefix === '' ? lengthLimit(name) : PRODUCT_LIMITS.text.other;
  const reason = findInValue(value, longest, PRODUCT_LIMITS.depth, counted);
  return reason === undefined ? undefined : beyond(shown(), reason);
}

function findInValue(value: unknown, longest: number, levels: number, counted: Counted): string | undefined {
  if (typeof value === 'string') {
    if (value.length > longest) return `${value.length} characters; expected at most ${longest}`;
    counted.characters += value.length;
  }
  counted.characters += 1;
  if (counted.characters > PRODUCT_LIMITS.characters)
    return `more than ${PRODUCT_LIMITS.characters} characters up to here in all fields together; expected at most so many`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `nested more than ${PRODUCT_LIMITS.depth} levels deep; expected fewer levels`;
  let count = 0;
  for (const key in value) {
    if (++count > PRODUCT_LIMITS.values)
      return `more than ${PRODUCT_LIMITS.values} values; expected at most so many`;
    if (!Array.isArray(value)) counted.characters += key.length;
    const inner: unknown = Reflect.get(value, key);
    const reason = findInValue(inner, longest, levels - 1, counted);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function lengthLimit(field: string): number {
  const { text } = PRODUCT_LIMITS;
  if (field === 'title' || field === 'brand' || field === 'category' || field === 'description')
    return text[field];
  return text.other;
}

function levelsOf(category: unknown): number {
  if (Array.isArray(category)) return category.length;
  if (typeof category !== 'string' || category.length > PRODUCT_LIMITS.text.category) return 0;
  let levels = 1;
  for (let at = category.indexOf('>'); at >= 0; at = category.indexOf('>', at + 1)) levels++;
  return levels;
}

function beyond(field: string, reason: string): BeyondLimit {
  return { field, limit: true, reason };
}
