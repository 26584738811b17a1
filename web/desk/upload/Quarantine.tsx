import { useState } from 'preact/hooks';
import { ApiError, sendRaw } from '../../shared/call.js';
import { shownField } from '../../shared/format.js';
import { saveAs } from '../download.js';
import { TableFrame } from '../TableFrame.js';
import { useAnswer } from '../useAnswer.js';

interface BadRow {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  /** The row was kept; this cell counts as blank. */
  readonly kept?: boolean;
}

const SHOWN = 100;

/** What could not be read, with the reason. */
export function Quarantine({ job }: { readonly job: string }) {
  const [all, setAll] = useState(false);
  const { answer, error, reload } = useAnswer(`quarantine ${job}`, async (signal) => {
    const response = await sendRaw(`/v1/jobs/${encodeURIComponent(job)}/quarantine`, { signal });
    const text = await response.text();
    try {
      const rows: BadRow[] = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      return { rows };
    } catch {
      throw new ApiError(0, 'The list of unreadable rows cannot be shown.', []);
    }
  });
  if (error !== undefined)
    return (
      <p role="alert">
        {error.message}{' '}
        <button type="button" class="quiet" onClick={reload}>
          Try again
        </button>
      </p>
    );
  if (answer === undefined || answer.rows.length === 0) return null;
  const { rows } = answer;
  const shown = all ? rows : rows.slice(0, SHOWN);
  return (
    <section class="panel" aria-labelledby="quarantine-title">
      <div class="panel-head">
        <h2 id="quarantine-title">Could not be read</h2>
        <button
          type="button"
          class="button"
          onClick={() => saveAs(new Blob([csvOf(rows)], { type: 'text/csv' }), 'unreadable.csv')}
        >
          Download the list
        </button>
      </div>
      <TableFrame label="What could not be read">
        <table class="table">
          <thead>
            <tr>
              <th scope="col" class="number">
                Line
              </th>
              <th scope="col">Field</th>
              <th scope="col">Why</th>
              <th scope="col">What happened</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, place) => (
              <tr key={`${row.line} ${row.field} ${place}`}>
                <td class="number">{row.line.toLocaleString()}</td>
                <td>{row.field === '' ? 'Whole row' : shownField(row.field)}</td>
                <td>{row.reason}</td>
                <td>{row.kept === true ? 'Cell counts as blank' : 'Row left out'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {rows.length > shown.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show all {rows.length.toLocaleString()}
        </button>
      )}
    </section>
  );
}

function csvOf(rows: readonly BadRow[]): string {
  const cell = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const lines = rows.map(({ line, field, reason, kept }) =>
    [line, field, reason, kept === true ? 'cell left blank' : 'row left out'].map(cell).join(','),
  );
  return `line,field,reason,result\n${lines.join('\n')}\n`;
}
