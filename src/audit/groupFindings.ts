import { FINDING_KINDS, type Finding, type FindingKind } from './report.js';

/** Findings of one kind and field, and of one value for kinds where values recur. */
export interface FindingGroup {
  readonly kind: FindingKind;
  readonly field: string | undefined;
  /** For kinds in `BY_VALUE`. */
  readonly value: string | undefined;
  readonly suggestion: string | undefined;
  readonly findings: readonly Finding[];
}

/** Kinds whose findings recur with the same value in many products. */
const BY_VALUE: ReadonlySet<FindingKind> = new Set(['vocabulary', 'spelling']);

/** Groups findings: in the order of `FINDING_KINDS`, then the largest group first. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const value = BY_VALUE.has(finding.kind) ? String(finding.value) : '';
    const key = [finding.kind, finding.field ?? '', value].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const order = (kind: FindingKind): number => FINDING_KINDS.indexOf(kind);
  return [...groups]
    .flatMap(([key, members]) => {
      const [first] = members;
      if (first === undefined) return [];
      const { kind, field } = first;
      const byValue = BY_VALUE.has(kind);
      const suggestion = byValue && first.suggestion !== undefined ? String(first.suggestion) : undefined;
      return [
        { key, kind, field, value: byValue ? String(first.value) : undefined, suggestion, findings: members },
      ];
    })
    .sort(
      (a, b) =>
        order(a.kind) - order(b.kind) ||
        b.findings.length - a.findings.length ||
        (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
    )
    .map(({ key: _, ...group }) => group);
}

/** Headings of the kinds. */
export const TITLES: Readonly<Record<FindingKind, string>> = {
  impossible: 'Impossible numbers and codes',
  contradiction: 'Title and attribute contradict each other',
  category: 'Likely in the wrong category',
  vocabulary: 'Values outside the vocabulary',
  spelling: 'One value in several spellings',
  missing: 'Missing',
};
