import type { Answer } from '../../shared/call.js';

export type Cluster = Answer<'/v1/spellings', 'get'>['clusters'][number];

export interface Member {
  readonly text: string;
  readonly count: number;
}

/** What is decided about a cluster. */
export interface Decision {
  /** What the values become. */
  readonly to: string;
  /** The values that are left as they are. */
  readonly left: readonly string[];
}

export interface ValueChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export const keyOf = ({ field, value }: Cluster): string => `${field}\n${value}`;

/** All values of a cluster, the proposed spelling first. */
export function membersOf({ value, uses, spellings }: Cluster): Member[] {
  const others = spellings.map(({ text, count }) => ({ text, count }));
  return uses > 0 ? [{ text: value, count: uses }, ...others] : others;
}

export const proposal = ({ value }: Cluster): Decision => ({ to: value, left: [] });

/** The values of a cluster that a decision changes. */
export function changesOf(cluster: Cluster, { to, left }: Decision): ValueChange[] {
  const wanted = to.trim();
  if (wanted === '') return [];
  return membersOf(cluster)
    .filter(({ text }) => text !== wanted && !left.includes(text))
    .map(({ text }) => ({ field: cluster.field, from: text, to: wanted }));
}
