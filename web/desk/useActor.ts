import { useState } from 'preact/hooks';
import { remember, remembered } from '../shared/remembered.js';

/** The name under which a person's changes are listed; the browser remembers it. */
export function useActor(): [string, (name: string) => void] {
  const [name, setName] = useState(() => remembered('actor') ?? '');
  return [
    name,
    (next) => {
      setName(next);
      remember('actor', next);
    },
  ];
}
