import { shownField } from '../../shared/format.js';
import { fileOf, type Job } from './job.js';

/** What a finished job did, a sentence a line. */
export function reportInWords({ kind, report }: Job): string[] {
  if (report === null) return [];
  const count = (name: string) => numberAt(report, name);
  if (kind === 'import' && report.preview === true)
    return [
      `${products(count('rows'), 'row')} read: ${count('imported').toLocaleString()} would be new, ${count('updated').toLocaleString()} changed, ${count('unchanged').toLocaleString()} as before.`,
      `${products(count('deleted'))} would be deleted. Nothing was changed.`,
      ...byField('Would be cleared', report.cleared),
    ];
  if (kind === 'import')
    return [
      `${products(count('rows'), 'row')} read: ${count('imported').toLocaleString()} new, ${count('updated').toLocaleString()} changed, ${count('unchanged').toLocaleString()} as before.`,
      ...(count('deleted') > 0
        ? [
            `${products(count('deleted'))} that the file does not have ${count('deleted') === 1 ? 'was' : 'were'} deleted.`,
          ]
        : []),
      ...(count('quarantined') > 0
        ? [`${products(count('quarantined'), 'row')} could not be read and went to quarantine.`]
        : ['Every row could be read.']),
      ...byField('Cleared by empty cells', report.cleared),
      ...byField('Cells that could not be read', report.unreadable),
    ];
  const filled = kind === 'reindex' ? objectAt(report, 'enriched') : report;
  return [
    ...(kind === 'reindex'
      ? [
          `The new index has ${products(count('products'))} and serves (${String(report.generation)}).`,
          `${products(count('embedded'), 'text')} computed anew, ${count('reused').toLocaleString()} as before.`,
        ]
      : []),
    ...(filled === undefined
      ? ['Blanks were not filled.']
      : numberAt(filled, 'products') === 0
        ? ['Nothing had changed, so the filled values stay as they are.']
        : [
            `${products(numberAt(filled, 'products'))} looked at: ${products(numberAt(filled, 'applied'), 'value')} filled, ${numberAt(filled, 'suggested').toLocaleString()} suggested for review.`,
          ]),
    ...(filled === undefined
      ? []
      : [
          ...byField('Filled by themselves now', filled.became_applied),
          ...byField('Back to suggestions', filled.became_unapplied),
        ]),
  ];
}

/** What a job was asked to do, in words; empty where all is as usual. */
export function requestInWords(job: Job): string[] {
  const { kind, request } = job;
  const isOn = (name: string) => request[name] === true;
  const file = fileOf(job);
  const uploaded = kind === 'import' || kind === 'fill';
  return [
    ...(file !== undefined ? [`the file ${file}`] : uploaded ? ['an uploaded file'] : []),
    ...(isOn('preview') ? ['only to see what it would change'] : []),
    ...(isOn('full') ? ['the whole catalog: what is missing is deleted'] : []),
    ...(isOn('replace') ? ['rows replace products'] : []),
    ...(request.enrich === false ? ['without filling blanks'] : []),
    ...(isOn('describe') ? ['descriptions composed'] : []),
    ...(isOn('allow_shrink') ? ['may become much smaller'] : []),
    ...(isOn('allow_clear') ? ['may clear many values'] : []),
    ...(isOn('allow_unapply') ? ['may take back many filled values'] : []),
  ];
}

function products(count: number, what = 'product'): string {
  return `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
}

function byField(label: string, counts: unknown): string[] {
  const entries = Object.entries(Object(counts)).filter(
    ([, count]) => typeof count === 'number' && count > 0,
  );
  if (entries.length === 0) return [];
  return [
    `${label}: ${entries.map(([field, count]) => `${shownField(field)} ${Number(count).toLocaleString()}`).join(', ')}.`,
  ];
}

function numberAt(report: Readonly<Record<string, unknown>>, name: string): number {
  const value = report[name];
  return typeof value === 'number' ? value : 0;
}

function objectAt(
  report: Readonly<Record<string, unknown>>,
  name: string,
): Record<string, unknown> | undefined {
  const value = report[name];
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
