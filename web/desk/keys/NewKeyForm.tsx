import { useState } from 'preact/hooks';
import type { ApiError } from '../../shared/call.js';
import { shownError } from '../useAnswer.js';
import { type Key, SCOPES } from './key.js';

interface Props {
  readonly isFirst: boolean;
  readonly onCreate: (wanted: { name: string; scope: Key['scope']; filter?: string }) => Promise<void>;
}

/** Creates a key, and says beforehand what the first one changes. */
export function NewKeyForm({ isFirst, onCreate }: Props) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Key['scope']>('search');
  const [filter, setFilter] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const [sending, setSending] = useState(false);
  // Otherwise nobody could make the second key here.
  const scope = isFirst ? 'admin' : chosen;
  const submit = (event: Event) => {
    event.preventDefault();
    setSending(true);
    const limited = scope === 'search' && filter.trim() !== '' ? { filter: filter.trim() } : {};
    onCreate({ name: name.trim(), scope, ...limited })
      .then(() => {
        setName('');
        setFilter('');
        setProblem(undefined);
      })
      .catch((reason: unknown) => setProblem(shownError(reason)))
      .finally(() => setSending(false));
  };
  return (
    <form class="panel new-key-form" onSubmit={submit}>
      <h2>Create a key</h2>
      {isFirst && (
        <p class="first">
          <strong>The first key closes the service.</strong> From then on every request needs a key, and so
          does every page: your shop’s search box, scripts, and this desk, which goes on with the new key. The
          first key may do everything, so that you can create the others with it.
        </p>
      )}
      <label class="field">
        <span>Name</span>
        <input
          type="text"
          required
          maxLength={200}
          autocomplete="off"
          placeholder={isFirst ? 'Owner' : 'Shop search'}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      {!isFirst && (
        <label class="field">
          <span>May do</span>
          <select value={chosen} onChange={(event) => setChosen(scopeOf(event.currentTarget.value))}>
            {Object.entries(SCOPES).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      )}
      {scope === 'search' && (
        <label class="field">
          <span>Sees only products that match, optional</span>
          <input
            type="text"
            autocomplete="off"
            spellcheck={false}
            placeholder="availability = 'in stock'"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        </label>
      )}
      {problem !== undefined && (
        <p role="alert" class="wrong">
          {problem.message}
        </p>
      )}
      <button type="submit" class="button primary" disabled={sending}>
        {isFirst ? 'Create the first key and close the service' : 'Create the key'}
      </button>
    </form>
  );
}

function scopeOf(value: string): Key['scope'] {
  return value === 'admin' || value === 'write' ? value : 'search';
}
