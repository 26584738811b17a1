import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { shownStep } from '../shownStep.js';
import { type Job, useJob } from '../useJob.js';
import { FillResult } from './FillResult.js';
import { ImportPreview } from './ImportPreview.js';
import { ImportResult } from './ImportResult.js';
import type { Sent } from './sent.js';
import { useSendAgain } from './useSendAgain.js';

interface Props {
  readonly id: string;
  /** The file, if this page sent it. */
  readonly sent: Sent | undefined;
  readonly onSent: (sent: Sent) => void;
}

/** The job of an uploaded file: its progress, then what came of it. */
export function JobView({ id, sent, onSent }: Props) {
  const { job, error, retry } = useJob(id);
  if (error !== undefined && job?.finished == null) return <Failure error={error} onRetry={retry} />;
  if (job === undefined) return <p class="waiting">Loading…</p>;
  const name = typeof job.request.name === 'string' ? job.request.name : 'The file';
  return (
    <div class="plan">
      <section class="panel" aria-labelledby="job-title">
        <h2 id="job-title">{titleOf(job, name)}</h2>
        <div role="status">{job.finished === null ? <Running job={job} /> : <Ended job={job} />}</div>
      </section>
      {job.state === 'failed' && <Stopped job={job} sent={sent} onSent={onSent} />}
      {job.state === 'done' && job.kind === 'import' && !isPreview(job) && <ImportResult job={job} />}
      {job.state === 'done' && isPreview(job) && <ImportPreview job={job} sent={sent} onSent={onSent} />}
      {job.state === 'done' && job.kind === 'fill' && <FillResult job={job} name={name} />}
    </div>
  );
}

function isPreview({ request }: Job): boolean {
  return request.preview === true;
}

function titleOf(job: Job, name: string): string {
  const { kind, state } = job;
  if (isPreview(job) && state === 'done') return `What the import would change: ${name}`;
  const doing = kind === 'fill' ? ['Filling', 'Filled'] : ['Importing', 'Imported'];
  if (state === 'done') return `${doing[1]}: ${name}`;
  if (state === 'failed' || state === 'cancelled') return `Stopped: ${name}`;
  return `${doing[0]} ${name}`;
}

function Running({ job }: { readonly job: Job }) {
  const { progress, state } = job;
  if (progress === null)
    return <p class="about">{state === 'queued' ? 'Waiting for other work to end…' : 'Starting…'}</p>;
  const { done, total, step } = progress;
  return (
    <div class="progress">
      <progress aria-label="Progress" max={total ?? 1} {...(total !== null && { value: done })} />
      <p class="about">
        {shownStep(step)}
        {done > 0 && `: ${done.toLocaleString()}${total === null ? '' : ` of ${total.toLocaleString()}`}`}
      </p>
    </div>
  );
}

function Ended({ job }: { readonly job: Job }) {
  if (job.state === 'cancelled') return <p class="about">It was cancelled; what it had written stays.</p>;
  if (job.state === 'failed') return null;
  const seconds = Number(job.report?.seconds ?? 0);
  const rows = Number(job.report?.rows ?? 0);
  return (
    <p class="about">
      {rows.toLocaleString()} rows in {seconds.toLocaleString(undefined, { maximumFractionDigits: 1 })} s
    </p>
  );
}

/** Advice for the command line and for programs, which the buttons of this page replace. */
const OTHER_WAYS = /,? or repeat with --allow-\w+ \(over HTTP: allow_\w+\)/;

/** Why the job stopped; where a check stopped it, how to go on in spite of it. */
function Stopped({ job, sent, onSent }: { readonly job: Job } & Pick<Props, 'sent' | 'onSent'>) {
  const { send, sending, problem, dismiss } = useSendAgain(onSent);
  const message = job.error ?? 'It failed.';
  const allow = message.includes('allow_clear')
    ? 'clear'
    : message.includes('allow_shrink')
      ? 'shrink'
      : undefined;
  const words = allow === 'clear' ? 'Clear these values and import' : 'Delete these products';
  return (
    <section class="panel stopped" aria-labelledby="stopped-title">
      <h2 id="stopped-title">
        {allow === undefined ? 'It could not be done' : 'A check stopped the import'}
      </h2>
      <p role="alert">{message.replace(OTHER_WAYS, '')}</p>
      {allow === 'shrink' && (
        <p class="about">The rows of the file are in the shop; only the deleting was stopped.</p>
      )}
      {allow !== undefined && (
        <div class="actions">
          {sent === undefined ? (
            <DeskLink class="button" to={deskPath('upload', { allow })}>
              Choose the file again to import it in spite of that
            </DeskLink>
          ) : (
            <button
              type="button"
              class="button danger"
              disabled={sending}
              onClick={() => void send(sent, { [`allow_${allow}`]: 'true' })}
            >
              {sending ? 'Sending the file…' : words}
            </button>
          )}
        </div>
      )}
      {problem !== undefined && <Failure error={problem} onRetry={dismiss} />}
    </section>
  );
}
