import { useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { Dialog } from '../../shared/Dialog.js';
import { ByField, useName } from '../ByField.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { shownError, useAnswer } from '../useAnswer.js';
import { changesBetween, changesInWords } from './changes.js';
import { NO_RULES } from './document.js';
import type { Current } from './workingCopy.js';

interface Props {
  readonly current: Current;
  /** After a rollback. */
  readonly onPublished: (published: Current, before: number) => void;
}

/** All published versions, each of which can be published again. */
export function Versions({ current, onPublished }: Props) {
  const { answer, error, reload } = useAnswer(`versions ${current.version}`, (signal) =>
    call('get', '/v1/rules/versions', { signal }),
  );
  const [chosen, setChosen] = useState<number>();
  return (
    <section aria-labelledby="versions">
      <div class="section-head">
        <h2 id="versions">Versions</h2>
      </div>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer?.versions.length === 0 && <p class="about">Nothing has been published yet.</p>}
      {answer !== undefined && answer.versions.length > 0 && (
        <TableFrame label="Published versions">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Published</th>
                <th scope="col">By</th>
                <th scope="col">Note</th>
                <th scope="col">
                  <span class="hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {[...answer.versions, { version: 0, note: 'no rules', by: '', published_at: undefined }].map(
                (one) => (
                  <tr key={one.version}>
                    <th scope="row">
                      {one.version} {one.version === current.version && <span class="badge">live</span>}
                    </th>
                    <td>
                      {one.published_at === undefined ? '' : new Date(one.published_at).toLocaleString()}
                    </td>
                    <td>{one.by}</td>
                    <td>{one.note}</td>
                    <td class="number">
                      {one.version !== current.version && (
                        <button
                          type="button"
                          class="quiet"
                          aria-label={`Go back to version ${one.version}`}
                          onClick={() => setChosen(one.version)}
                        >
                          Go back to this…
                        </button>
                      )}
                    </td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </TableFrame>
      )}
      {chosen !== undefined && (
        <RollBack
          to={chosen}
          current={current}
          onClose={() => setChosen(undefined)}
          onPublished={(published) => {
            setChosen(undefined);
            onPublished(published, current.version);
          }}
        />
      )}
    </section>
  );
}

interface RollBackProps {
  readonly to: number;
  readonly current: Current;
  readonly onClose: () => void;
  readonly onPublished: (published: Current) => void;
}

function RollBack({ to, current, onClose, onPublished }: RollBackProps) {
  const [by, setBy] = useName();
  const [problem, setProblem] = useState<ApiError>();
  const { answer, error, reload } = useAnswer(`version ${to}`, async (signal) =>
    to === 0
      ? { text: NO_RULES }
      : call('get', '/v1/rules/versions/{version}', { path: { version: to }, signal }),
  );
  const submit = (event: Event) => {
    event.preventDefault();
    call('post', '/v1/rules/rollback', { body: { to, by, if_version: current.version } })
      .then(onPublished)
      .catch((reason: unknown) => setProblem(shownError(reason)));
  };
  return (
    <Dialog class="desk-dialog" labelledBy="roll-back" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="roll-back">Go back to version {to}?</h2>
        {error !== undefined && <Failure error={error} onRetry={reload} />}
        {answer !== undefined && (
          <p>
            Against the rules that serve now: {changesInWords(changesBetween(current.text, answer.text))}. It
            is published again as version {current.version + 1} and applies from the next search on.
          </p>
        )}
        <ByField by={by} onBy={setBy} />
        {problem !== undefined && (
          <p role="alert" class="wrong">
            {problem.message}
          </p>
        )}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button primary" disabled={answer === undefined}>
            Go back
          </button>
        </div>
      </form>
    </Dialog>
  );
}
