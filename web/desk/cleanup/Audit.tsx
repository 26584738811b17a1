import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError, call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { shownStep } from '../shownStep.js';
import { useAnswer } from '../useAnswer.js';
import { useJob } from '../useJob.js';

interface Props {
  /** Shown below, once there was an audit; rendered again for each. */
  readonly children: (audit: string) => ComponentChildren;
}

/** When the catalog was checked last, and a button to check it again. */
export function Audit({ children }: Props) {
  const { answer, error, reload } = useAnswer('audit', (signal) => call('get', '/v1/audit', { signal }));
  const [started, setStarted] = useState<string>();
  const [problem, setProblem] = useState<ApiError>();
  const { job } = useJob(started ?? answer?.running?.id);
  useEffect(() => {
    if (job?.finished != null) reload();
  }, [job?.finished]);
  if (error !== undefined) return <Failure error={error} onRetry={reload} />;
  if (answer === undefined) return <p class="waiting">Loading…</p>;
  const running = job !== undefined && job.finished === null;
  const start = async () => {
    setProblem(undefined);
    try {
      setStarted((await call('post', '/v1/audit')).id);
    } catch (failure) {
      setProblem(failure instanceof ApiError ? failure : new ApiError(0, 'It could not be started.', []));
    }
  };
  const { latest } = answer;
  const rows = Number(latest?.report?.rows ?? 0);
  return (
    <>
      <div class="audit">
        <p role="status">
          {running
            ? `Checking the catalog: ${stepOf(job)}`
            : latest === null
              ? 'The catalog was not checked yet. Checking compares all products; it may take some minutes.'
              : `Checked ${rows.toLocaleString()} products on ${new Date(latest.finished ?? latest.created).toLocaleString()}.`}
        </p>
        <button type="button" class="button" disabled={running} onClick={() => void start()}>
          {latest === null ? 'Check the catalog' : 'Check again'}
        </button>
      </div>
      {job?.state === 'failed' && <p role="alert">{job.error}</p>}
      {problem !== undefined && <Failure error={problem} onRetry={() => setProblem(undefined)} />}
      {latest !== null && children(latest.id)}
    </>
  );
}

function stepOf(job: NonNullable<ReturnType<typeof useJob>['job']>): string {
  const { progress } = job;
  if (progress === null) return 'waiting…';
  const { step, done, total } = progress;
  const many =
    total === null ? done.toLocaleString() : `${done.toLocaleString()} of ${total.toLocaleString()}`;
  return `${shownStep(step).toLowerCase()}${done > 0 ? `, ${many}` : ''}…`;
}
