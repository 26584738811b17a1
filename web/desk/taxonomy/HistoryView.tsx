import { useEffect, useState } from 'preact/hooks';
import { type Answer, ApiError, call } from '../../shared/call.js';
import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { TableFrame } from '../TableFrame.js';
import { useJob } from '../useJob.js';

interface Props {
  readonly migrations: Answer<'/v1/taxonomy', 'get'>['migrations'];
  readonly onUndone: () => void;
}

/** The latest publications; the newest can be undone. */
export function HistoryView({ migrations, onUndone }: Props) {
  const [started, setStarted] = useState<string>();
  const [problem, setProblem] = useState('');
  const [asking, setAsking] = useState(false);
  const { job } = useJob(started);
  useEffect(() => {
    if (job?.state === 'done') {
      setAsking(false);
      onUndone();
    }
  }, [job?.state]);
  const undo = async () => {
    setProblem('');
    try {
      setStarted((await call('post', '/v1/taxonomy/jobs', { body: { step: 'undo' } })).id);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'That did not work; try again.');
    }
  };
  const running = job !== undefined && job.finished === null;
  const [newest] = migrations;
  return (
    <>
      <p role="status">
        {running
          ? 'Undoing…'
          : job?.state === 'done' && (
              <>
                Version {String(job.report?.from)} is in use again. Searches follow at the next reindex:{' '}
                <DeskLink to={deskPath('jobs')}>start one under Jobs</DeskLink>.
              </>
            )}
      </p>
      {(problem !== '' || job?.error != null) && <p role="alert">{problem || job?.error}</p>}
      {newest === undefined ? (
        <p class="empty">No version was published from a draft yet.</p>
      ) : (
        <TableFrame label="Published versions">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">After</th>
                <th scope="col">When</th>
                <th scope="col">
                  <span class="hidden">Undo</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {migrations.map((migration) => (
                <tr key={migration.id}>
                  <th scope="row">{migration.to}</th>
                  <td>{migration.from}</td>
                  <td>{new Date(migration.at).toLocaleString()}</td>
                  <td>
                    {migration === newest &&
                      (asking ? (
                        <span class="take">
                          <button
                            type="button"
                            class="button small"
                            disabled={running}
                            onClick={() => void undo()}
                          >
                            Go back to {migration.from}
                          </button>
                          <button type="button" class="button small" onClick={() => setAsking(false)}>
                            Cancel
                          </button>
                        </span>
                      ) : (
                        <button type="button" class="button small" onClick={() => setAsking(true)}>
                          Undo
                        </button>
                      ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </>
  );
}
