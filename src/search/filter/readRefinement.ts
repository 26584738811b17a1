import { UserError } from '../../domain/errors.js';
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
export function sayingRefine<T>(read: () => T): T {
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
