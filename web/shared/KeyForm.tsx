import { useState } from 'preact/hooks';
import { type ApiError, KeyError } from './call.js';
import { keepKey } from './key.js';

const NO_KEY = 'A key has no spaces, and no letters beyond A to Z: copy it again.';

interface Props {
  /** Why the key at hand, if there is one, does not do. */
  readonly error: ApiError;
  /** Called when a key was entered. */
  readonly onKey: () => void;
}

/** Asks for the key of the service. The form stays where it is if the key was wrong, and so does the focus. */
export function KeyForm({ error, onKey }: Props) {
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState(false);
  const missing = error instanceof KeyError && !error.wrong;
  const submit = (event: Event) => {
    // The browser must not send the form, which would put the key into the address.
    event.preventDefault();
    const kept = keepKey(typed);
    setRefused(!kept);
    if (!kept) return;
    setTyped('');
    onKey();
  };
  return (
    <form class="key-form" onSubmit={submit}>
      <p role="alert" class={!missing || refused ? 'wrong' : undefined}>
        {refused ? NO_KEY : error.message}
      </p>
      <label>
        <span>Key</span>
        <input
          type="password"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          required
          maxLength={1000}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary">
        Use this key
      </button>
      <p class="about">It is kept until this tab is closed.</p>
    </form>
  );
}
