import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { complete, type Suggestion } from '../shared/api.js';

const MAX_SHOWN = 8;
const PAUSE_MS = 60;

export interface Completions {
  readonly suggestions: readonly Suggestion[];
  /** Asks for the completions of a prefix after a pause; none for a blank one. */
  readonly ask: (prefix: string, options?: { readonly now?: boolean }) => void;
  readonly close: () => void;
}

/** The completions of the last prefix that was asked for: an answer that is superseded is never shown. */
export function useCompletions(): Completions {
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asking = useRef(new AbortController());

  const stop = useCallback(() => {
    clearTimeout(pause.current);
    asking.current.abort();
  }, []);

  const close = useCallback(() => {
    stop();
    setSuggestions([]);
  }, [stop]);

  const ask = useCallback<Completions['ask']>(
    (prefix, { now = false } = {}) => {
      clearTimeout(pause.current);
      if (prefix.trim() === '' && !now) return close();
      const start = () => {
        asking.current.abort();
        asking.current = new AbortController();
        const { signal } = asking.current;
        complete(prefix, MAX_SHOWN, signal)
          // The search itself still works and reports the error.
          .catch(() => [])
          .then((found) => {
            if (!signal.aborted) setSuggestions(found);
          });
      };
      pause.current = setTimeout(start, now ? 0 : PAUSE_MS);
    },
    [close],
  );

  useEffect(() => stop, [stop]);
  return { suggestions, ask, close };
}
