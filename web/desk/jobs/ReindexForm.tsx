import { useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { Dialog } from '../../shared/Dialog.js';
import { Failure } from '../Failure.js';
import { shownError } from '../useAnswer.js';
import type { Job } from './job.js';

interface Props {
  readonly onClose: () => void;
  readonly onStarted: (job: Job) => void;
}

const OPTIONS = [
  [
    'enrich',
    'Fill blanks first',
    'Learns from filled rows and decisions, and fills by the precision that you ask for. What is doubtful waits for review.',
  ],
  [
    'describe',
    'Compose missing descriptions',
    'From known values, for products without a description. Off: as the last reindex that said.',
  ],
  [
    'allow_shrink',
    'Allow a much smaller index',
    'Otherwise an index with far fewer products than the one that serves is refused.',
  ],
  [
    'allow_unapply',
    'Allow taking back many filled values',
    'Otherwise a run that would turn many of them back into suggestions stops.',
  ],
] as const;

/** Starts a reindex, with its options in words. */
export function ReindexForm({ onClose, onStarted }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['enrich']));
  const [problem, setProblem] = useState<ApiError>();
  const start = () =>
    call('post', '/v1/reindex', {
      body: {
        enrich: chosen.has('enrich'),
        ...(chosen.has('describe') && { describe: true }),
        allow_shrink: chosen.has('allow_shrink'),
        allow_unapply: chosen.has('allow_unapply'),
      },
    })
      .then(onStarted)
      .catch((reason: unknown) => setProblem(shownError(reason)));
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  return (
    <Dialog class="desk-dialog" labelledBy="reindex" onClose={onClose}>
      <div>
        <h2 id="reindex">Start a reindex?</h2>
        <p>
          A new index is built beside the one that serves, checked, and then takes its place. Searches go on
          meanwhile, and you can go back to the index before.
        </p>
        <div class="options">
          {OPTIONS.map(([name, title, about]) => (
            <label key={name}>
              <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
              <span>
                {title}
                <small class="about">{about}</small>
              </span>
            </label>
          ))}
        </div>
        {problem !== undefined && <Failure error={problem} onRetry={start} />}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="button" class="button primary" onClick={start}>
            Start
          </button>
        </div>
      </div>
    </Dialog>
  );
}
