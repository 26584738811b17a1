import { attributeName } from '../../domain/field.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';

export interface ValuesRequest {
  /** What a value must contain, in any order of its words; '' lists all. */
  readonly q: string;
  readonly limit: number;
}

/** Values that a person may choose for a field. */
export interface FieldValues {
  readonly field: string;
  readonly type: 'category' | 'enum' | 'number+unit' | 'boolean' | 'text';
  readonly unit?: string;
  /** Whether values that are not listed are accepted, as far as they are of the type. */
  readonly open: boolean;
  /** Listed values that pass, over the limit too. */
  readonly total: number;
  readonly values: (string | boolean)[];
}

interface Listed {
  readonly value: string | boolean;
  /** Its name, folded; of a category the last level. */
  readonly name: string;
  /** All its names, folded. */
  readonly names: string;
}

/** A taxonomy never changes, and a keystroke should not fold ten thousand categories again. */
const folded = new WeakMap<TaxonomyView, Map<string, Listed[]>>();

/** The values of a field in the taxonomy that match what was typed: those that begin with it first. */
export function listValues(view: TaxonomyView, field: string, { q, limit }: ValuesRequest): FieldValues {
  const typed = fold(q);
  const words = typed.split(' ').filter((word) => word !== '');
  const rank = ({ name }: Listed): number => (name === typed ? 0 : name.startsWith(typed) ? 1 : 2);
  const found = valuesOf(view, field)
    .filter(({ names }) => words.every((word) => names.includes(word)))
    .map((listed, place) => ({ ...listed, rank: rank(listed), place }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place);
  const values = found.slice(0, limit).map(({ value }) => value);
  return { field, ...typeOf(view, field), total: found.length, values };
}

function typeOf(view: TaxonomyView, field: string): Pick<FieldValues, 'type' | 'unit' | 'open'> {
  if (field === 'category') return { type: 'category', open: false };
  const attribute = view.attribute(attributeName(field) ?? '');
  switch (attribute?.type) {
    case 'enum':
      return { type: 'enum', open: attribute.open === true };
    case 'number+unit':
      return {
        type: 'number+unit',
        ...(attribute.unit !== undefined && { unit: attribute.unit }),
        open: true,
      };
    case 'boolean':
      return { type: 'boolean', open: false };
    default:
      return { type: 'text', open: true };
  }
}

function valuesOf(view: TaxonomyView, field: string): Listed[] {
  const known = folded.get(view) ?? new Map<string, Listed[]>();
  folded.set(view, known);
  let listed = known.get(field);
  if (listed === undefined) {
    listed = readValues(view, field);
    known.set(field, listed);
  }
  return listed;
}

function readValues(view: TaxonomyView, field: string): Listed[] {
  if (field === 'category')
    return view.taxonomy.categories.map(({ id, name, aliases }) => {
      const path = view.path(id);
      return { value: path, name: fold(name), names: fold([path, ...aliases].join(' ')) };
    });
  const attribute = view.attribute(attributeName(field) ?? '');
  if (attribute?.type === 'boolean')
    return [true, false].map((value) => ({
      value,
      name: value ? 'yes' : 'no',
      names: value ? 'yes true' : 'no false',
    }));
  if (attribute?.type !== 'enum') return [];
  return attribute.values.map(({ name, aliases }) => ({
    value: name,
    name: fold(name),
    names: fold([name, ...aliases].join(' ')),
  }));
}
