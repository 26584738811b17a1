import { useState } from 'preact/hooks';
import { remember, remembered } from '../shared/remembered.js';

/** The name under which somebody publishes, remembered for the next time. */
export function useName(): [string, (name: string) => void] {
  const [name, setName] = useState(() => remembered('name') ?? '');
  return [
    name,
    (changed) => {
      setName(changed);
      remember('name', changed === '' ? undefined : changed);
    },
  ];
}

export function ByField({ by, onBy }: { readonly by: string; readonly onBy: (by: string) => void }) {
  return (
    <label class="field">
      <span>Your name, for the list of versions</span>
      <input
        type="text"
        required
        maxLength={200}
        autocomplete="name"
        value={by}
        onInput={(event) => onBy(event.currentTarget.value)}
      />
    </label>
  );
}
