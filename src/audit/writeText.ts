import { type FindingGroup, groupFindings, TITLES } from './groupFindings.js';
import { type AuditReport, FINDING_KINDS, type FindingKind } from './report.js';

const EXAMPLES = 3;
const GROUPS = 5;
const CATEGORIES = 5;
const MAX_WIDTH = 160;

/** The report as lines for a terminal: the most severe kind first, three examples per group, and where to start. */
export function writeText(report: AuditReport): string[] {
  const { rows, seconds, taxonomy, drafted, completeness } = report;
  const by = drafted ? 'a taxonomy drafted from them' : `taxonomy ${taxonomy}`;
  const lines = [`${rows} rows in ${seconds.toFixed(1)} s by ${by}: ${complete(completeness)}.`];
  for (const note of report.notes) lines.push(`Note: ${note}`);
  const groups = groupFindings(report.findings);
  for (const kind of FINDING_KINDS)
    lines.push(
      ...kindLines(
        kind,
        groups.filter((group) => group.kind === kind),
      ),
    );
  const { duplicates, variants } = report;
  if (duplicates.length > 0) {
    lines.push('', `Likely duplicates: ${duplicates.length} pairs`);
    for (const { ids, score, reason } of duplicates.slice(0, EXAMPLES)) {
      lines.push(truncate(`  ${ids.join(' and ')} (${score.toFixed(2)}): ${reason}`));
    }
  }
  if (variants.length > 0) {
    lines.push('', `Variants without a common group_id: ${variants.length} sets`);
    for (const { ids, reason } of variants.slice(0, EXAMPLES)) {
      lines.push(
        truncate(
          `  ${ids.slice(0, 4).join(', ')}${ids.length > 4 ? ` and ${ids.length - 4} more` : ''}: ${reason}`,
        ),
      );
    }
  }
  const incomplete = completeness.categories.filter(({ cells, after }) => cells > 0 && after < 1);
  if (incomplete.length > 0) {
    lines.push('', 'Categories with the most blank cells');
    for (const category of incomplete.slice(0, CATEGORIES)) {
      lines.push(
        `  ${category.category === '' ? 'no known category' : category.category}: ${category.rows} rows, ${complete(category)}`,
      );
    }
  }
  if (report.start.length > 0) {
    const weighed =
      report.demand === undefined ? 'the most blank cells' : `blank cells weighed by ${report.demand}`;
    lines.push('', `Where to start (${weighed})`);
    for (const { category, field, blank, weight } of report.start.slice(0, CATEGORIES)) {
      const demand =
        report.demand === undefined ? '' : `, ${report.demand} ${Math.round(weight).toLocaleString('en')}`;
      lines.push(
        `  ${field} of ${category === '' ? 'products without a known category' : category}: ${blank} blank${demand}`,
      );
    }
  }
  return lines;
}

function kindLines(kind: FindingKind, groups: readonly FindingGroup[]): string[] {
  const total = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  if (total === 0) return [];
  const lines = ['', `${TITLES[kind]}: ${total}`];
  for (const { field, value, suggestion, findings } of groups.slice(0, GROUPS)) {
    const [first] = findings;
    const ids = findings.slice(0, EXAMPLES).map(({ id }) => id);
    const more = findings.length > EXAMPLES ? ', …' : '';
    if (value !== undefined || kind === 'missing') {
      const wanted = suggestion === undefined ? '' : ` → “${suggestion}”`;
      lines.push(
        truncate(
          `  ${field ?? ''}${value === undefined ? '' : ` “${value}”${wanted}`}: ${findings.length} (${ids.join(', ')}${more})`,
        ),
      );
      continue;
    }
    lines.push(`  ${field ?? first?.field ?? ''}: ${findings.length}`);
    for (const { id, message, suggestion: wanted } of findings.slice(0, EXAMPLES)) {
      lines.push(truncate(`    ${id} ${message}${wanted === undefined ? '' : ` → ${String(wanted)}`}`));
    }
  }
  if (groups.length > GROUPS)
    lines.push(`  and ${groups.length - GROUPS} more (--json and --html list them)`);
  return lines;
}

function complete({ before, after }: { readonly before: number; readonly after: number }): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return before === after
    ? `${percent(before)} complete`
    : `${percent(before)} complete before, ${percent(after)} after`;
}

function truncate(line: string): string {
  return line.length <= MAX_WIDTH ? line : `${line.slice(0, MAX_WIDTH - 1)}…`;
}
