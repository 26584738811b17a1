import { useState } from 'preact/hooks';
import { call } from '../../shared/call.js';
import { deskPath, goTo, useDeskAddress } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import { JobPanel } from './JobPanel.js';
import './jobs.css';
import { TableFrame } from '../TableFrame.js';
import { duration, fileOf, isOver, type Job, nameOf, STATES } from './job.js';
import { ReindexForm } from './ReindexForm.js';

/** Long work: what runs, what has run, and what came of it. */
export function JobsPage() {
  const { parameters } = useDeskAddress();
  const { answer, error, reload } = useAnswer('jobs', (signal) => call('get', '/v1/jobs', { signal }));
  const [starting, setStarting] = useState(false);
  // Without one in the address: the one that runs, or else waits.
  const latest = answer?.jobs.findLast((job) => !isOver(job))?.id;
  const [shown, setShown] = useState<string>();
  const wanted = parameters.get('job') ?? latest;
  if (wanted !== undefined && wanted !== shown) setShown(wanted);
  // The one that was running stays when it ends.
  const opened = wanted ?? shown;
  return (
    <>
      <div class="section-head">
        <h1>Jobs</h1>
        <button type="button" class="button" onClick={() => setStarting(true)}>
          Start a reindex…
        </button>
      </div>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {opened !== undefined && answer !== undefined && (
        <JobPanel key={opened} id={opened} onChange={reload} />
      )}
      {answer?.jobs.length === 0 && (
        <p class="about">No job has run yet. Uploads, filling blanks and reindexing are jobs.</p>
      )}
      {answer !== undefined && answer.jobs.length > 0 && <JobTable jobs={answer.jobs} opened={opened} />}
      {starting && (
        <ReindexForm
          onClose={() => setStarting(false)}
          onStarted={(job) => {
            setStarting(false);
            goTo(deskPath('jobs', { job: job.id }));
            reload();
          }}
        />
      )}
    </>
  );
}

function JobTable({ jobs, opened }: { readonly jobs: readonly Job[]; readonly opened: string | undefined }) {
  return (
    <TableFrame label="Latest jobs">
      <table class="table jobs">
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">State</th>
            <th scope="col">Started</th>
            <th scope="col" class="number">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id} class={job.id === opened ? 'opened' : undefined}>
              <th scope="row">
                <DeskLink to={deskPath('jobs', { job: job.id })}>{nameOf(job)}</DeskLink>
                {fileOf(job) !== undefined && <span class="about job-file">{fileOf(job)}</span>}
              </th>
              <td>
                <span class={`state ${job.state}`}>{STATES[job.state]}</span>
              </td>
              <td>{new Date(job.started ?? job.created).toLocaleString()}</td>
              <td class="number">{duration(job)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
