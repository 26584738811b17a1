import { useId } from 'preact/hooks';
import { shownField } from '../../shared/format.js';
import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { TableFrame } from '../TableFrame.js';
import type { Job } from '../useJob.js';
import { Counts } from './Counts.js';
import { Quarantine } from './Quarantine.js';

interface Changed {
  readonly id: string;
  readonly title: string;
  readonly isNew: boolean;
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

/** The report of an import, or of its preview. */
export interface Report {
  readonly preview?: boolean;
  readonly stored?: number;
  readonly stops?: {
    readonly shrink: boolean;
    readonly clear: readonly { readonly field: string; readonly cleared: number; readonly filled: number }[];
  };
  readonly losing?: readonly Changed[];
  readonly deleting?: readonly { readonly id: string; readonly title: string }[];
  readonly imported?: number;
  readonly updated?: number;
  readonly unchanged?: number;
  readonly deleted?: number;
  readonly quarantined?: number;
  readonly cleared?: Readonly<Record<string, number>>;
  readonly unreadable?: Readonly<Record<string, number>>;
  readonly sample?: readonly Changed[];
}

/** What an import changed. */
export function ImportResult({ job }: { readonly job: Job }) {
  const report: Report = job.report ?? {};
  const { imported = 0, updated = 0, unchanged = 0, deleted = 0, quarantined = 0, sample = [] } = report;
  const cleared = Object.entries(report.cleared ?? {});
  const unread = Object.keys(report.unreadable ?? {}).length > 0;
  const counts: readonly [string, number][] = [
    ['new', imported],
    ['changed', updated],
    ['unchanged', unchanged],
    ['deleted', deleted],
    ['left out', quarantined],
  ];
  return (
    <>
      <Counts counts={counts} />
      {cleared.length > 0 && (
        <p class="about">
          Values cleared by blank cells:{' '}
          {cleared.map(([field, count]) => `${count.toLocaleString()} of ${shownField(field)}`).join(', ')}.
        </p>
      )}
      {counts.every(([, count]) => count === 0) ? (
        <p class="about">The file has names of columns but no rows, so nothing changed.</p>
      ) : (
        <p class="about">
          Searches find these products now. Their blanks are filled at the next reindex:{' '}
          <DeskLink to={deskPath('jobs')}>start one under Jobs</DeskLink>.
        </p>
      )}
      {sample.length > 0 && (
        <Changes title="Before and after" label="Products before and after" rows={sample}>
          {sample.length === 1
            ? 'The product that changed.'
            : `The first ${sample.length.toLocaleString()} products that changed.`}
        </Changes>
      )}
      {(quarantined > 0 || unread) && <Quarantine job={job.id} />}
    </>
  );
}

interface ChangesProps {
  readonly title: string;
  /** What the table holds. */
  readonly label: string;
  readonly rows: readonly Changed[];
  readonly children?: string;
}

/** Products with their values before and after. */
export function Changes({ title, label, rows, children }: ChangesProps) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children !== undefined && <p class="about">{children}</p>}
      <TableFrame label={label}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col">Changes</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  {row.title || row.id}
                  <span class="about id">{row.id}</span>
                </th>
                <td>
                  {row.isNew ? (
                    <span class="tag">New product</span>
                  ) : (
                    <ul class="changes">
                      {row.changes.map(({ field, before, after }) => (
                        <li key={field}>
                          <span class="about">{shownField(field)}</span>{' '}
                          {before !== '' && <del>{before}</del>} {after !== '' && <ins>{after}</ins>}
                          {after === '' && <span class="about">cleared</span>}
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}
