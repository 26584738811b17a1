import type { ApiError } from '../shared/call.js';
import { KeyForm } from '../shared/KeyForm.js';

interface Props {
  readonly error: ApiError;
  readonly onRetry: () => void;
}

/** What went wrong, with the form for a key where one is missing, wrong, or of too small a scope. */
export function Failure({ error, onRetry }: Props) {
  if (error.status === 401 || error.status === 403)
    return (
      <div class="failure">
        <h2>{error.status === 401 ? 'A key is needed' : 'This needs another key'}</h2>
        <p class="about">
          The desk needs a key with the scope write; keys, generations and settings need admin.
        </p>
        <KeyForm error={error} onKey={onRetry} />
      </div>
    );
  return (
    <div class="failure">
      <p role="alert">{error.message}</p>
      <button type="button" class="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
