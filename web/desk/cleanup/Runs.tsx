import { useState } from 'preact/hooks';
import { type Answer, ApiError, call } from '../../shared/call.js';
import { TableFrame } from '../TableFrame.js';
import { undoneWords } from './BulkChange.js';

type Run = Answer<'/v1/spellings', 'get'>['runs'][number];

interface Props {
  readonly runs: readonly Run[];
  readonly onUndone: () => void;
}

/** The bulk changes made so far, each of which can be undone. */
export function Runs({ runs, onUndone }: Props) {
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState<number>();
  if (runs.length === 0) return null;
  const undo = async (run: number) => {
    setBusy(run);
    try {
      const { restored, kept } = await call('post', '/v1/spellings/undo', { body: { run } });
      setSaid(`Change ${run} is undone: ${undoneWords(restored, kept)}`);
      onUndone();
    } catch (error) {
      setSaid(error instanceof ApiError ? error.message : 'That did not work; try again.');
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <section class="runs" aria-labelledby="runs-title">
      <h2 id="runs-title">Changes so far</h2>
      <p class="about" role="status">
        {said}
      </p>
      <TableFrame label="Changes so far">
        <table class="table">
          <thead>
            <tr>
              <th scope="col" class="number">
                Change
              </th>
              <th scope="col">When</th>
              <th scope="col">By</th>
              <th scope="col" class="number">
                Values or products
              </th>
              <th scope="col">
                <span class="hidden">Undo</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ run, at, by, changes, undone }) => (
              <tr key={run}>
                <th scope="row" class="number">
                  {run}
                </th>
                <td>{new Date(at).toLocaleString()}</td>
                <td>{by}</td>
                <td class="number">{changes.toLocaleString()}</td>
                <td>
                  {undone === null ? (
                    <button
                      type="button"
                      class="button small"
                      aria-label={`Undo change ${run}`}
                      disabled={busy !== undefined}
                      onClick={() => void undo(run)}
                    >
                      Undo
                    </button>
                  ) : (
                    <span class="about">undone {new Date(undone).toLocaleString()}</span>
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
