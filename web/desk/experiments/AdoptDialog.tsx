import { useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { Dialog } from '../../shared/Dialog.js';
import { ByField } from '../ByField.js';
import { useActor } from '../useActor.js';
import { shownError } from '../useAnswer.js';

interface Props {
  readonly name: string;
  readonly onClose: () => void;
  readonly onAdopted: (note: string) => void;
}

/** Asks before the winner of an experiment serves all shoppers. */
export function AdoptDialog({ name, onClose, onAdopted }: Props) {
  const [by, setBy] = useActor();
  const [problem, setProblem] = useState<ApiError>();
  const [sending, setSending] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    call('post', '/v1/experiments/{name}/adopt', { path: { name }, body: { by: by.trim() } })
      .then(({ note }) => onAdopted(note))
      .catch((reason: unknown) => setProblem(shownError(reason)))
      .finally(() => setSending(false));
  };
  return (
    <Dialog class="desk-dialog" labelledBy="adopt-title" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="adopt-title">Adopt the winner of {name}?</h2>
        <p>
          Its ranking serves all shoppers from the next search on, and the experiment stops. You can undo it
          below at any time.
        </p>
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
          <button type="submit" class="button primary" disabled={sending}>
            Adopt it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
