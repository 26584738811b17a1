import { type ApiError, KeyError } from '../shared/call.js';
import { KeyForm } from '../shared/KeyForm.js';

interface Props {
  readonly error: ApiError;
  readonly onRetry: () => void;
  readonly onReset: () => void;
  /** Shows the same products in the usual order. */
  readonly onRelevance: () => void;
}

/** What went wrong, with the form for a key where one is needed. */
export function Failure({ error, onRetry, onReset, onRelevance }: Props) {
  if (error instanceof KeyError)
    return (
      <div class="notice">
        <h2>A key is needed</h2>
        <KeyForm error={error} onKey={onRetry} />
      </div>
    );
  if (error.fields.some((field) => /^sort\b/.test(field)))
    return (
      <div class="notice">
        <h2>The products cannot be sorted like this</h2>
        <p role="alert">The address of this page asks for an order that the shop does not have.</p>
        <p class="ways">
          <button type="button" class="button" onClick={onRelevance}>
            Sort by relevance
          </button>
        </p>
      </div>
    );
  return (
    <div class="notice">
      <h2>{error.status === 0 ? 'No answer' : 'That did not work'}</h2>
      <p role="alert">{error.message}</p>
      <p class="ways">
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
        <button type="button" class="button" onClick={onReset}>
          Start over
        </button>
      </p>
    </div>
  );
}
