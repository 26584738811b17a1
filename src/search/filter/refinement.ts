import { UserError } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import { applyFilter } from './applyFilter.js';
import { fieldsIn } from './matchProduct.js';
import { type Filter, parseFilter } from './parseFilter.js';

/** What a shopper ticked: for each field what its values must be. Fields narrow one another. */
export type Refinement = ReadonlyMap<string, Filter>;

/**
 * Reads `brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'`: a filter whose parts, joined by AND, name one
 * field each. Several parts on one field are one part. Empty for no text.
 * @throws UserError for what does not parse and for a part that names several fields.
 */
export function readRefinement(text: string | undefined): Refinement {
  if (text === undefined || text.trim() === '') return new Map();
  const byField = new Map<string, Filter>();
  for (const part of partsOf(sayingRefine(() => parseFilter(text)))) {
    const [field = '', ...others] = new Set(fieldsIn(part));
    if (others.length > 0) {
      throw new UserError(
        `refine: found one part that names ${[field, ...others].join(' and ')}, expected parts of one field each, joined by AND; what concerns several fields at once belongs into filter.`,
        { field: 'refine' },
      );
    }
    const before = byField.get(field);
    byField.set(field, before === undefined ? part : { kind: 'and', parts: [before, part] });
  }
  return byField;
}

/** Runs what complains about `filter`, and has it complain about `refine`, which is in the same grammar. */
function sayingRefine<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError) || error.field !== 'filter') throw error;
    throw new UserError(error.message.replace(/^filter\b/, 'refine'), { field: 'refine', cause: error });
  }
}

function partsOf(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(partsOf) : [filter];
}

/** The products that each field's part of a refinement passes, and all parts together. */
export interface Refined {
  readonly byField: ReadonlyMap<string, Bitset>;
  /** Undefined where nothing is refined. */
  readonly within: Bitset | undefined;
}

/** @throws UserError for a field that the catalog does not have. */
export function applyRefinement(index: LiveIndex, refinement: Refinement): Refined {
  const byField = new Map<string, Bitset>();
  for (const [field, filter] of refinement) {
    byField.set(
      field,
      sayingRefine(() => applyFilter(index, filter)),
    );
  }
  const [first, ...others] = byField.values();
  const within = others.reduce((all, part) => all?.and(part), first?.clone());
  return { byField, within };
}

/** For each refined field the candidates that pass the parts on all other fields. */
export function withoutOwn(unrefined: Bitset, { byField }: Refined): Map<string, Bitset> {
  const sets = new Map<string, Bitset>();
  for (const field of byField.keys()) {
    const set = unrefined.clone();
    for (const [other, part] of byField) if (other !== field) set.and(part);
    sets.set(field, set);
  }
  return sets;
}
