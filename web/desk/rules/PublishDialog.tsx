import { useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { Dialog } from '../../shared/Dialog.js';
import { ByField, useName } from '../ByField.js';
import { shownError } from '../useAnswer.js';
import { changesBetween, changesInWords } from './changes.js';
import type { Current, WorkingCopy } from './workingCopy.js';

interface Props {
  readonly copy: WorkingCopy;
  readonly onClose: () => void;
  readonly onPublished: (published: Current) => void;
  /** Somebody has published another version meanwhile. */
  readonly onConflict: () => void;
}

/** Says what will change, and publishes the working copy as the next version. */
export function PublishDialog({ copy, onClose, onPublished, onConflict }: Props) {
  const [by, setBy] = useName();
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const [sending, setSending] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    setSending(true);
    call('put', '/v1/rules', {
      body: { rules: copy.text, by, if_version: copy.base, ...(note.trim() !== '' && { note: note.trim() }) },
    })
      .then(onPublished)
      .catch((reason: unknown) => {
        const shown = shownError(reason);
        if (shown.status === 409) onConflict();
        else setProblem(shown);
      })
      .finally(() => setSending(false));
  };
  const changes = changesBetween(copy.baseText, copy.text);
  return (
    <Dialog class="desk-dialog" labelledBy="publish" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="publish">Publish version {copy.base + 1}?</h2>
        <p>{sentence(changesInWords(changes))} Shoppers see it from the next search on.</p>
        <ul class="changed-names">
          {[
            ...changes.added.map((id) => ['Added', id]),
            ...changes.changed.map((id) => ['Changed', id]),
            ...changes.removed.map((id) => ['Removed', id]),
            ...changes.synonymsAdded.map((line) => ['Added', line]),
            ...changes.synonymsRemoved.map((line) => ['Removed', line]),
          ].map(([verb, name]) => (
            <li key={`${verb} ${name}`}>
              <span class="about">{verb}</span> {name}
            </li>
          ))}
        </ul>
        <ByField by={by} onBy={setBy} />
        <label class="field">
          <span>Note, optional</span>
          <input
            type="text"
            maxLength={1000}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </label>
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
            Publish
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
