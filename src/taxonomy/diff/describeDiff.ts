import type { TaxonomyDiff } from './diff.js';

/** The difference as text: one line per change, then a line with counts. */
export function describeDiff(diff: TaxonomyDiff): string[] {
  const { categories, attributes, values, carrying } = diff;
  const aliasLine = (what: string, added: readonly string[], removed: readonly string[]): string =>
    `~ ${what}: aliases ${signed(added, removed)}`;
  const lines = [
    ...diff.head.map(({ property, from, to }) => `~ ${property}: ${from} → ${to}`),
    ...categories.added.map(({ id, path }) => `+ category ${id}: ${path}`),
    ...categories.removed.map(({ id, path }) => `- category ${id}: ${path}`),
    ...categories.renamed.map(({ id, from, to }) => `~ category ${id}: renamed ${from} → ${to}`),
    ...categories.moved.map(
      ({ id, from, to }) => `~ category ${id}: moved from ${from ?? 'the root'} to ${to ?? 'the root'}`,
    ),
    ...categories.aliases.map(({ id, added, removed }) => aliasLine(`category ${id}`, added, removed)),
    ...carrying.flatMap(({ category, added, removed, requiredAdded, requiredRemoved }) => {
      const what = category === null ? 'everything' : `category ${category}`;
      return [
        ...(added.length + removed.length > 0 ? [`~ ${what}: carries ${signed(added, removed)}`] : []),
        ...(requiredAdded.length + requiredRemoved.length > 0
          ? [`~ ${what}: requires ${signed(requiredAdded, requiredRemoved)}`]
          : []),
      ];
    }),
    ...attributes.added.map(({ id, name, type }) => `+ attribute ${id}: ${name} (${type})`),
    ...attributes.removed.map(({ id, name }) => `- attribute ${id}: ${name}`),
    ...attributes.renamed.map(({ id, from, to }) => `~ attribute ${id}: renamed ${from} → ${to}`),
    ...attributes.retyped.map(
      ({ id, from, to }) => `~ attribute ${id}: retyped ${JSON.stringify(from)} → ${JSON.stringify(to)}`,
    ),
    ...attributes.aliases.map(({ id, added, removed }) => aliasLine(`attribute ${id}`, added, removed)),
    ...values.flatMap(({ attribute, added, removed, renamed, aliases }) => [
      ...added.map(({ name }) => `+ value ${attribute}: ${name}`),
      ...removed.map((name) => `- value ${attribute}: ${name}`),
      ...renamed.map(({ from, to }) => `~ value ${attribute}: renamed ${from} → ${to}`),
      ...aliases.map((change) => aliasLine(`value ${attribute}: ${change.id}`, change.added, change.removed)),
    ]),
  ];
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  const counted = `${diff.from} → ${diff.to}: ${count('+')} added, ${count('-')} removed, ${count('~')} changed.`;
  return [...lines, lines.length === 0 ? `${diff.from} → ${diff.to}: no difference.` : counted];
}

function signed(added: readonly string[], removed: readonly string[]): string {
  return [...added.map((it) => `+${it}`), ...removed.map((it) => `-${it}`)].join(', ');
}
