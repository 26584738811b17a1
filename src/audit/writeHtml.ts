import { groupFindings, TITLES } from './groupFindings.js';
import { type AuditReport, FINDING_KINDS } from './report.js';

/** Maximum table rows of the page. The JSON has everything. */
const GROUPS = 40;
const EXAMPLES = 3;
const PAIRS = 200;
const CATEGORIES = 40;

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;color:#1c2430;background:#fff;max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{margin:.3rem 0}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #dde3ea}
th{font-weight:600;color:#4a5564}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.note{background:#fff7e0;border-left:4px solid #d9a400;padding:.5rem .8rem}small,figcaption{color:#4a5564}
figure{margin:1rem 0}svg text{font:13px system-ui,sans-serif;fill:#1c2430}
@media (prefers-color-scheme:dark){body{background:#14181f;color:#e3e8ef}th,small,figcaption{color:#a9b4c2}th,td{border-color:#2c3542}svg text{fill:#e3e8ef}.note{background:#33290a}}
`;

/**
 * The report as one HTML page. It loads nothing, as its content security policy enforces: charts are inline SVG. All text
 * from the catalog is escaped. `name` is the audited file.
 */
export function writeHtml(report: AuditReport, name: string): string {
  const { rows, completeness } = report;
  const by = report.drafted ? 'a taxonomy drafted from the rows' : `taxonomy ${report.taxonomy}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Audit of ${escapeHtml(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Audit of ${escapeHtml(name)}</h1>
<p>${rows.toLocaleString('en')} rows by ${escapeHtml(by)}: ${percent(completeness.before)} complete${
    completeness.after === completeness.before ? '' : `, ${percent(completeness.after)} with applied values`
  }.${report.quarantined > 0 ? ` ${report.quarantined} rows could not be read.` : ''}</p>
${report.notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('\n')}
${countsChart(report)}
${startTable(report)}
${findingTables(report)}
${duplicateTable(report)}
${variantTable(report)}
${completenessChart(report)}
</body>
</html>
`;
}

/** Escapes text for an element or an attribute. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

interface Bar {
  readonly label: string;
  /** 0 to 1. The longer bar `behind` it is drawn paler. */
  readonly share: number;
  readonly behind?: number;
  readonly text: string;
}

const ROW = 26;
const LABELS = 340;
const BARS = 420;

function barChart(caption: string, bars: readonly Bar[]): string {
  const height = bars.length * ROW;
  const drawn = bars.map(({ label, share, behind, text }, i) => {
    const y = i * ROW;
    const bar = (part: number, colour: string): string =>
      `<rect x="${LABELS}" y="${y + 4}" width="${(BARS * Math.min(1, Math.max(0, part))).toFixed(1)}" height="${ROW - 8}" fill="${colour}"/>`;
    const short = label.length > 46 ? `…${label.slice(-45)}` : label;
    return `<g><title>${escapeHtml(`${label}: ${text}`)}</title><text x="${LABELS - 8}" y="${y + 17}" text-anchor="end">${escapeHtml(short)}</text>${
      behind === undefined ? '' : bar(behind, '#9cc3e6')
    }${bar(share, '#2f6fae')}<text x="${LABELS + BARS + 8}" y="${y + 17}">${escapeHtml(text)}</text></g>`;
  });
  return `<figure><figcaption>${escapeHtml(caption)}</figcaption><svg viewBox="0 0 ${LABELS + BARS + 180} ${height}" role="img" aria-label="${escapeHtml(caption)}" width="100%">${drawn.join('')}</svg></figure>`;
}

function countsChart({ counts }: AuditReport): string {
  const names: [string, string][] = [
    ...FINDING_KINDS.map((kind): [string, string] => [kind, TITLES[kind]]),
    ['duplicate', 'Likely duplicates (pairs)'],
    ['variant', 'Variants without a common group (sets)'],
  ];
  const max = Math.max(1, ...Object.values(counts));
  const bars = names.map(([kind, label]) => {
    const count = counts[kind] ?? 0;
    return { label, share: count / max, text: count.toLocaleString('en') };
  });
  return `<h2>Findings</h2>${barChart('Findings by kind', bars)}`;
}

function startTable({ start, demand }: AuditReport): string {
  if (start.length === 0) return '';
  const weight = demand === undefined ? '' : `<th class="n">${escapeHtml(demand)}</th>`;
  const lines = start.map(
    (gap) =>
      `<tr><td>${escapeHtml(gap.category === '' ? 'no known category' : gap.category)}</td><td>${escapeHtml(gap.field)}</td><td class="n">${gap.blank}</td>${
        demand === undefined ? '' : `<td class="n">${Math.round(gap.weight).toLocaleString('en')}</td>`
      }</tr>`,
  );
  return `<h2>Where to start</h2><table><tr><th>category</th><th>field</th><th class="n">blank</th>${weight}</tr>${lines.join('')}</table>`;
}

function findingTables({ findings }: AuditReport): string {
  const groups = groupFindings(findings);
  return FINDING_KINDS.map((kind) => {
    const own = groups.filter((group) => group.kind === kind);
    if (own.length === 0) return '';
    const total = own.reduce((sum, group) => sum + group.findings.length, 0);
    const lines = own.slice(0, GROUPS).map(({ field, findings: members }) => {
      const examples = members
        .slice(0, EXAMPLES)
        .map(({ id, message, suggestion }) => {
          const wanted = suggestion === undefined ? '' : ` → <b>${escapeHtml(String(suggestion))}</b>`;
          return `<p><small>${escapeHtml(id)}</small> ${escapeHtml(message)}${wanted}</p>`;
        })
        .join('');
      return `<tr><td>${escapeHtml(field ?? '')}</td><td class="n">${members.length}</td><td>${examples}</td></tr>`;
    });
    const more =
      own.length > GROUPS ? `<p><small>and ${own.length - GROUPS} more groups in the JSON</small></p>` : '';
    return `<h2>${escapeHtml(TITLES[kind])}: ${total}</h2><table><tr><th>field</th><th class="n">rows</th><th>examples</th></tr>${lines.join('')}</table>${more}`;
  }).join('\n');
}

function duplicateTable({ duplicates }: AuditReport): string {
  if (duplicates.length === 0) return '';
  const lines = duplicates
    .slice(0, PAIRS)
    .map(
      ({ ids, score, reason }) =>
        `<tr><td>${escapeHtml(ids[0])}</td><td>${escapeHtml(ids[1])}</td><td class="n">${score.toFixed(2)}</td><td>${escapeHtml(reason)}</td></tr>`,
    );
  const more =
    duplicates.length > PAIRS
      ? `<p><small>and ${duplicates.length - PAIRS} more in the JSON</small></p>`
      : '';
  return `<h2>Likely duplicates: ${duplicates.length} pairs</h2><table><tr><th>one</th><th>other</th><th class="n">score</th><th>why</th></tr>${lines.join('')}</table>${more}`;
}

function variantTable({ variants }: AuditReport): string {
  if (variants.length === 0) return '';
  const lines = variants
    .slice(0, PAIRS)
    .map(
      ({ ids, reason }) => `<tr><td>${escapeHtml(ids.join(', '))}</td><td>${escapeHtml(reason)}</td></tr>`,
    );
  const more =
    variants.length > PAIRS ? `<p><small>and ${variants.length - PAIRS} more in the JSON</small></p>` : '';
  return `<h2>Variants without a common group: ${variants.length} sets</h2><table><tr><th>products</th><th>why</th></tr>${lines.join('')}</table>${more}`;
}

function completenessChart({ completeness }: AuditReport): string {
  const bars = completeness.categories.slice(0, CATEGORIES).map(({ category, rows, before, after }) => ({
    label: category === '' ? 'no known category' : category,
    share: before,
    behind: after,
    text: `${percent(before)}${after === before ? '' : ` → ${percent(after)}`} of ${rows} rows`,
  }));
  if (bars.length === 0) return '';
  return `<h2>Completeness by category</h2>${barChart('Filled cells, the most blank ones first; paler: with applied values', bars)}`;
}
