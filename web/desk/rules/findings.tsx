import type { Finding } from './workingCopy.js';

/** The findings of one rule, without the rule's part of their path: `then.boost[1].filter`. */
export function findingsOf(findings: readonly Finding[], id: string, place: number): Finding[] {
  const prefixes = [...(id.trim() === '' ? [] : [`rules.${id}`]), `rules[${place}]`];
  return findings.flatMap((finding) => {
    const prefix = prefixes.find(
      (one) =>
        finding.where === one || finding.where.startsWith(`${one}.`) || finding.where.startsWith(`${one}[`),
    );
    return prefix === undefined ? [] : [{ ...finding, where: finding.where.slice(prefix.length + 1) }];
  });
}

interface Props {
  readonly findings: readonly Finding[];
  /** Only what was found at or below one of these places. */
  readonly at?: readonly string[];
}

export function Findings({ findings, at }: Props) {
  const shown =
    at === undefined ? findings : findings.filter(({ where }) => at.some((one) => isWithin(where, one)));
  if (shown.length === 0) return null;
  return (
    <ul class="findings">
      {shown.map((finding) => (
        <li key={`${finding.where} ${finding.kind} ${finding.message}`} class={finding.severity}>
          {rowOf(finding.where)}
          {finding.message}
        </li>
      ))}
    </ul>
  );
}

function isWithin(where: string, place: string): boolean {
  return where === place || where.startsWith(`${place}.`) || where.startsWith(`${place}[`);
}

/** `then.pin[1].id` → `Line 2: ` */
function rowOf(where: string): string {
  const [, row] = /\[(\d+)\]/.exec(where) ?? [];
  return row === undefined ? '' : `Line ${Number(row) + 1}: `;
}

/** `2 errors, 1 warning`; empty for none. */
export function counted(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  return [
    ...(errors > 0 ? [`${errors.toLocaleString()} ${errors === 1 ? 'error' : 'errors'}`] : []),
    ...(warnings > 0 ? [`${warnings.toLocaleString()} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ].join(', ');
}
