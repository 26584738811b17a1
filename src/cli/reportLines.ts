import { METRIC_NAMES, METRICS } from '../experiments/definition.js';
import type { ExperimentReport } from '../experiments/report.js';

/** The report of an experiment as lines for a terminal. */
export function reportLines(report: ExperimentReport): string[] {
  const lines = [report.verdict, report.next_step, ''];
  const number = (value: number | null | undefined): string =>
    value === null || value === undefined ? '-' : value.toPrecision(4).replace(/\.?0+$/, '');
  lines.push(`${' '.repeat(26)}${report.variants.map(({ name }) => name.padStart(20)).join('')}`);
  lines.push(
    `${'shoppers'.padEnd(26)}${report.variants.map(({ clients }) => String(clients).padStart(20)).join('')}`,
  );
  lines.push(
    `${'searches'.padEnd(26)}${report.variants.map(({ searches }) => String(searches).padStart(20)).join('')}`,
  );
  for (const metric of METRIC_NAMES) {
    const values = report.variants.map(({ metrics }) => number(metrics[metric]).padStart(20)).join('');
    lines.push(`${METRICS[metric].label.slice(0, 25).padEnd(26)}${values}`);
    for (const { name, differences } of report.variants) {
      const found = differences?.[metric];
      if (found === undefined || found.low === null) continue;
      lines.push(
        `  ${name} differs by ${number(found.value)}, between ${number(found.low)} and ${number(found.high)}`,
      );
    }
  }
  if (report.baseline !== null) {
    const { from, clients, searches, metrics } = report.baseline;
    lines.push('', `before, since ${from.slice(0, 10)}: ${clients} shoppers, ${searches} searches`);
    for (const metric of METRIC_NAMES)
      lines.push(`  ${METRICS[metric].label.padEnd(30)} ${number(metrics[metric])}`);
  }
  if (report.segments.length > 0) lines.push('', `${METRICS[report.target].label}, by segment`);
  for (const { kind, name, variants } of report.segments) {
    const parts = variants.map(({ name: variant, clients, value, difference }) => {
      const range =
        difference === null || difference.low === null
          ? ''
          : `, ${report.preference === null ? 'differs' : 'preference'} by ${number(difference.value)}, between ${number(difference.low)} and ${number(difference.high)}`;
      return `${variant} ${number(value)} (${clients} shoppers${range})`;
    });
    lines.push(`  ${kind} ${name}: ${parts.join('; ')}`);
  }
  return lines;
}
