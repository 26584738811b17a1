import { call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';

/** The latest jobs. */
export function JobsPage() {
  const { answer, error, reload } = useAnswer('jobs', (signal) => call('get', '/v1/jobs', { signal }));
  return (
    <>
      <h1>Jobs</h1>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer?.jobs.length === 0 && <p class="about">No job has run yet.</p>}
      {answer !== undefined && answer.jobs.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">State</th>
              <th scope="col">Started</th>
            </tr>
          </thead>
          <tbody>
            {answer.jobs.map((job) => (
              <tr key={job.id}>
                <th scope="row">{job.kind}</th>
                <td>{job.state}</td>
                <td>{job.started === null ? '' : new Date(job.started).toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
