import { useState } from 'preact/hooks';
import { ApiError } from '../../shared/call.js';
import { shownField } from '../../shared/format.js';
import { download } from '../download.js';
import { TableFrame } from '../TableFrame.js';
import type { Job } from '../useJob.js';
import { Quarantine } from './Quarantine.js';
import { nameParts } from './readFile.js';

interface FilledRow {
  readonly id: string;
  readonly title: string;
  readonly given: Readonly<Record<string, string>>;
  readonly filled: readonly {
    readonly field: string;
    readonly value: string;
    readonly confidence: number;
    readonly quote?: string;
  }[];
}

interface Report {
  readonly completeness?: { readonly before: number; readonly after: number };
  readonly fields?: Readonly<Record<string, { blank: number; applied: number; suggested: number }>>;
  readonly quarantined?: number;
  readonly unreadable?: Readonly<Record<string, number>>;
  readonly learned_from?: 'shop' | 'file';
  readonly sample?: readonly FilledRow[];
}

const SHOWN_FIELDS = 12;
const SHOWN_COLUMNS = 8;

/** The filled file, to download, and what was filled. */
export function FillResult({ job, name }: { readonly job: Job; readonly name: string }) {
  const [said, setSaid] = useState('');
  const report: Report = job.report ?? {};
  const { format, stem, extension } = nameParts(name);
  const get = (file: 'filled' | 'facts', as: string) => {
    setSaid('Downloading…');
    void download(`/v1/jobs/${encodeURIComponent(job.id)}/files/${file}`, as).then(
      () => setSaid(`Saved as ${as}.`),
      (error: unknown) => setSaid(error instanceof ApiError ? error.message : 'It could not be downloaded.'),
    );
  };
  const fields = Object.entries(report.fields ?? {}).sort(
    ([, a], [, b]) => b.applied - a.applied || b.blank - a.blank,
  );
  const filled = fields.reduce((sum, [, { applied }]) => sum + applied, 0);
  const suggested = fields.reduce((sum, [, one]) => sum + one.suggested, 0);
  const percent = (share = 0) =>
    share.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 });
  const unread = (report.quarantined ?? 0) > 0 || Object.keys(report.unreadable ?? {}).length > 0;
  return (
    <>
      <div class="actions">
        <button
          type="button"
          class="button primary"
          onClick={() => get('filled', `${stem}.filled.${extension}`)}
        >
          Download the filled file
        </button>
        {format !== 'jsonl' && (
          <button type="button" class="button" onClick={() => get('facts', `${stem}.filled.facts.csv`)}>
            Download the reasons
          </button>
        )}
        <span class="about" role="status">
          {said}
        </span>
      </div>
      <p class="about">
        Kept for a week.{' '}
        {report.learned_from === 'file'
          ? 'Values are written as the filled rows of this file write them.'
          : 'Values are written as the products of the shop write them.'}
      </p>
      <dl class="figures">
        <div>
          <dt>values filled</dt>
          <dd>{filled.toLocaleString()}</dd>
        </div>
        <div>
          <dt>less certain, not filled</dt>
          <dd>{suggested.toLocaleString()}</dd>
        </div>
        <div>
          <dt>complete before</dt>
          <dd>{percent(report.completeness?.before)}</dd>
        </div>
        <div>
          <dt>complete now</dt>
          <dd>{percent(report.completeness?.after)}</dd>
        </div>
      </dl>
      {(report.sample ?? []).length > 0 && <Sample rows={report.sample ?? []} />}
      {fields.length > 0 && (
        <section class="panel" aria-labelledby="fields-title">
          <h2 id="fields-title">By field</h2>
          <TableFrame label="Values filled by field">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">Field</th>
                  <th scope="col" class="number">
                    Blank before
                  </th>
                  <th scope="col" class="number">
                    Filled
                  </th>
                  <th scope="col" class="number">
                    Less certain
                  </th>
                </tr>
              </thead>
              <tbody>
                {fields.slice(0, SHOWN_FIELDS).map(([field, one]) => (
                  <tr key={field}>
                    <th scope="row">{shownField(field)}</th>
                    <td class="number">{one.blank.toLocaleString()}</td>
                    <td class="number">{one.applied.toLocaleString()}</td>
                    <td class="number">{one.suggested.toLocaleString()}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
          {fields.length > SHOWN_FIELDS && (
            <p class="about">And {(fields.length - SHOWN_FIELDS).toLocaleString()} more fields.</p>
          )}
        </section>
      )}
      {unread && <Quarantine job={job.id} />}
    </>
  );
}

function Sample({ rows }: { readonly rows: readonly FilledRow[] }) {
  const counts = new Map<string, number>();
  for (const { filled } of rows)
    for (const { field } of filled) counts.set(field, (counts.get(field) ?? 0) + 1);
  const columns = [...counts].sort(([, a], [, b]) => b - a).slice(0, SHOWN_COLUMNS);
  return (
    <section class="panel" aria-labelledby="sample-title">
      <h2 id="sample-title">Before and after</h2>
      <p class="about">
        {rows.length === 1 ? 'The row' : `The first ${rows.length.toLocaleString()} rows`} with new values.
        Marked cells were blank; the words below are the product’s own, which say so.
      </p>
      <TableFrame label="Rows with new values">
        <table class="table sample">
          <thead>
            <tr>
              <th scope="col">Product</th>
              {columns.map(([field]) => (
                <th key={field} scope="col">
                  {shownField(field)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  {row.title || row.id}
                  <span class="about id">{row.id}</span>
                </th>
                {columns.map(([field]) => {
                  const made = row.filled.find((one) => one.field === field);
                  if (made === undefined) return <td key={field}>{row.given[field] ?? ''}</td>;
                  return (
                    <td key={field} class="filled">
                      <mark>{made.value}</mark>
                      <span class="about">
                        {made.quote === undefined ? 'like similar products' : `“${made.quote}”`}
                      </span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}
