import { type ApiError, KeyError } from '../shared/call.js';
import { KeyForm } from '../shared/KeyForm.js';

interface Props {
  readonly error: ApiError;
  readonly onRetry: () => void;
}

/**
 * What went wrong, with the form for a key where the scope of the one at hand is too small. Where a key is missing or no
 * longer valid, the frame of the desk asks for one.
 */
export function Failure({ error, onRetry }: Props) {
  if (error instanceof KeyError) return null;
  if (error.status === 403) return <KeyNeeded error={error} onKey={onRetry} />;
  return (
    <div class="failure">
      <p role="alert">{error.message}</p>
      <button type="button" class="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

export function KeyNeeded({ error, onKey }: { readonly error: ApiError; readonly onKey: () => void }) {
  return (
    <div class="failure">
      <h2>{error.status === 403 ? 'This needs another key' : 'A key is needed'}</h2>
      <p class="about">
        The desk needs a key with the scope write; the search lab, keys, settings and reindexing need admin.
      </p>
      <KeyForm error={error} onKey={onKey} />
    </div>
  );
}
