import { useEffect, useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { download } from '../download.js';
import { Failure } from '../Failure.js';
import { shownError } from '../useAnswer.js';
import { useJob } from '../useJob.js';
import { duration, isOver, type Job, nameOf, progressInWords, STATES } from './job.js';
import { reportInWords, requestInWords } from './reportInWords.js';

interface Props {
  readonly id: string;
  /** When the state of the job has changed. */
  readonly onChange: () => void;
}

/** One job, followed while it runs. */
export function JobPanel({ id, onChange }: Props) {
  const { job, error, retry } = useJob(id);
  const [problem, setProblem] = useState<ApiError>();
  const state = job?.state;
  useEffect(() => {
    if (state !== undefined) onChange();
  }, [state, onChange]);
  if (error !== undefined) return <Failure error={error} onRetry={retry} />;
  if (job === undefined) return <p class="waiting">Loading the job…</p>;
  const failed = (reason: unknown) => setProblem(shownError(reason));
  const cancel = () => call('post', '/v1/jobs/{id}/cancel', { path: { id } }).catch(failed);
  const saveQuarantine = () =>
    download(`/v1/jobs/${encodeURIComponent(id)}/quarantine`, `${id}.quarantine.jsonl`).catch(failed);
  const asked = requestInWords(job);
  const quarantined = job.report?.quarantined;
  return (
    <section class="panel job" aria-labelledby="job">
      <div class="job-head">
        <h2 id="job">
          {nameOf(job)} <span class={`state ${job.state}`}>{STATES[job.state]}</span>
        </h2>
        {!isOver(job) && (
          <button type="button" class="button" onClick={cancel}>
            Cancel
          </button>
        )}
        {typeof quarantined === 'number' && quarantined > 0 && (
          <button type="button" class="button" onClick={saveQuarantine}>
            Download the quarantine
          </button>
        )}
      </div>
      <p class="about">
        {whenInWords(job)}
        {asked.length > 0 && ` Asked for: ${asked.join('; ')}.`}
        {job.attempts > 1 &&
          ` Started ${job.attempts.toLocaleString()} times, as the service or its process had ended.`}
      </p>
      {!isOver(job) && <Progress job={job} />}
      <div role="status">
        {job.state === 'done' && (
          <ul class="report">
            {reportInWords(job).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {job.state === 'cancelled' && <p>It was cancelled. What serves stays as it is.</p>}
        {job.error !== null && <p class="wrong">{job.error}</p>}
      </div>
      {problem !== undefined && (
        <p role="alert" class="wrong">
          {problem.message}
        </p>
      )}
    </section>
  );
}

function Progress({ job }: { readonly job: Job }) {
  const { progress } = job;
  const share =
    progress !== null && progress.total !== null && progress.total > 0
      ? progress.done / progress.total
      : undefined;
  return (
    <div class="job-progress">
      <progress aria-label="Progress of this step" max={1} {...(share !== undefined && { value: share })} />
      <span>{progressInWords(job)}</span>
    </div>
  );
}

function whenInWords(job: Job): string {
  if (job.started === null) return `Asked for ${new Date(job.created).toLocaleString()}.`;
  const took = duration(job);
  return `Started ${new Date(job.started).toLocaleString()}${took === '' ? '' : `, took ${took}`}.`;
}
