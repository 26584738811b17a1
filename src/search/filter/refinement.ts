import { UserError } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import { applyFilter } from './applyFilter.js';
import { fieldsIn } from './matchProduct.js';
import { type Filter, parseFilter } from './parseFilter.js';

/** The selected facet values: a filter per field. Fields are combined with AND. */
export type Refinement = ReadonlyMap<string, Filter>;

/**
 * Parses `brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'`: a filter of parts joined by AND, each on
 * one field. Several parts on one field are merged. Empty for an empty text.
 * @throws UserError for a text that does not parse, and for a part that names several fields.
 */
export function readRefinement(text: string | undefined): Refinement {
  if (text === undefined || text.trim() === '') return new Map();
  const byField = new Map<string, Filter>();
  for (const part of conjuncts(namingRefine(() => parseFilter(text)))) {
    const [field = '', ...others] = new Set(fieldsIn(part));
    if (others.length > 0) {
      throw new UserError(
        `refine: found one part that names ${[field, ...others].join(' and ')}, expected parts of one field each, joined by AND; what concerns several fields at once belongs into filter.`,
        { field: 'refine' },
      );
    }
    const existing = byField.get(field);
    byField.set(field, existing === undefined ? part : { kind: 'and', parts: [existing, part] });
  }
  return byField;
}

/**
 * Runs code whose errors name the parameter `filter`, and makes them name `refine`, which has the same
 * grammar.
 */
function namingRefine<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError) || error.field !== 'filter') throw error;
    throw new UserError(error.message.replace(/^filter\b/, 'refine'), { field: 'refine', cause: error });
  }
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}

/** The products that pass the part of each field, and all parts together. */
export interface Refined {
  readonly byField: ReadonlyMap<string, Bitset>;
  /** Undefined if nothing is refined. */
  readonly within: Bitset | undefined;
}

/** @throws UserError for a field that the catalog does not have. */
export function applyRefinement(index: LiveIndex, refinement: Refinement): Refined {
  const byField = new Map<string, Bitset>();
  for (const [field, filter] of refinement) {
    byField.set(
      field,
      namingRefine(() => applyFilter(index, filter)),
    );
  }
  const [first, ...others] = byField.values();
  const within = others.reduce((all, part) => all?.and(part), first?.clone());
  return { byField, within };
}

/** For each refined field, the candidates that pass the parts of all other fields (disjunctive faceting). */
export function withoutOwnPart(unrefined: Bitset, { byField }: Refined): Map<string, Bitset> {
  const sets = new Map<string, Bitset>();
  for (const field of byField.keys()) {
    const set = unrefined.clone();
    for (const [other, part] of byField) if (other !== field) set.and(part);
    sets.set(field, set);
  }
  return sets;
}
