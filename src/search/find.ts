import type { LiveIndex } from '../index/live.js';
import type { Bitset } from '../structures/bitset.js';
import { applyFilter } from './filter/applyFilter.js';
import type { Filter } from './filter/parseFilter.js';
import { relax } from './retrieve/relax.js';
import { type Candidates, retrieve } from './retrieve/retrieve.js';
import { type Narrowed, narrow } from './understand/structure/narrow.js';
import type { Sense } from './understand/structure/reading.js';
import type { Understood } from './understand/understand.js';

/** What is looked for, read and embedded. */
export interface Sought {
  readonly understood: Understood;
  readonly senses: readonly Sense[];
  readonly vector: Float32Array | undefined;
  /** The catalog's cut-off for hits by meaning alone. */
  readonly minCosine: number;
  readonly filter: Filter | undefined;
  /** Whether to ask for less where nothing is found. */
  readonly relaxing: boolean;
}

/** What was found, and as what the query was taken for that. */
export interface Found extends Pick<Narrowed<Candidates>, 'readings' | 'agreement'> {
  readonly candidates: Candidates;
  /** The query without words that were given up. */
  readonly understood: Understood;
  /** What was given up, in sentences. */
  readonly relaxed: readonly string[];
  /** What passes the filter and the strict readings. */
  readonly pass: Bitset;
}

/**
 * The candidates under the filter and the strict readings; where there are none, under less, and what less: first
 * fewer words, then without the readings too.
 */
export function find(index: LiveIndex, sought: Sought): Found {
  const { understood, senses, vector, minCosine, filter, relaxing } = sought;
  const passOf = (one: Filter | undefined): Bitset =>
    one === undefined ? index.aliveSet() : applyFilter(index, one);
  const pass = passOf(filter);
  const narrowed = narrow(index, senses, pass, (among) =>
    retrieve(index, understood, vector, minCosine, among),
  );
  const { readings, agreement, found } = narrowed;
  const strictly = {
    candidates: found,
    understood,
    relaxed: [],
    readings,
    agreement,
    pass: narrowed.holding(pass),
  };
  if (!relaxing || found.ordinals.length > 0) return strictly;
  const asked = { understood, vector, minCosine, filter };
  const less = relax(index, { ...asked, passOf: (one) => narrowed.holding(passOf(one)) }, found);
  if (less.candidates.ordinals.length > 0 || !readings.some(({ strict }) => strict))
    return { ...strictly, ...less };
  const unread = relax(index, { ...asked, passOf }, found);
  if (unread.candidates.ordinals.length === 0) return strictly;
  const soft = readings.map((reading) => ({ ...reading, strict: false }));
  return { ...strictly, ...unread, readings: soft, pass: passOf(filter) };
}
