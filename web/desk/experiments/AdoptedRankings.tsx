import { useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { useActor } from '../useActor.js';
import { shownError, useAnswer } from '../useAnswer.js';

interface Props {
  readonly onUndone: (sentence: string) => void;
}

/** Which ranking serves, and a way back to the one before; nothing where none was adopted. */
export function AdoptedRankings({ onUndone }: Props) {
  const { answer, reload } = useAnswer('rankings', (signal) =>
    call('get', '/v1/ranking/versions', { signal }),
  );
  const [by] = useActor();
  const [problem, setProblem] = useState<ApiError>();
  const [newest] = answer?.versions ?? [];
  if (newest === undefined) return null;
  const undo = () =>
    call('post', '/v1/ranking/undo', { body: { by: by.trim() === '' ? 'desk' : by.trim() } })
      .then(() => {
        setProblem(undefined);
        onUndone('The ranking of before serves again.');
        reload();
      })
      .catch((reason: unknown) => setProblem(shownError(reason)));
  return (
    <section class="panel" aria-labelledby="adopted-title">
      <h2 id="adopted-title">The ranking that serves</h2>
      <p>
        Version {newest.version}: {newest.note}, by {newest.by}, {new Date(newest.at).toLocaleString()}.
      </p>
      {problem !== undefined && (
        <p role="alert" class="wrong">
          {problem.message}
        </p>
      )}
      <button type="button" class="button" onClick={undo}>
        Undo
      </button>
    </section>
  );
}
