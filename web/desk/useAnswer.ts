import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError } from '../shared/call.js';
import { onKeyKept } from '../shared/key.js';

export interface Answered<T> {
  /** The last answer to this request; it stays while the request is repeated. */
  readonly answer?: T;
  readonly error?: ApiError;
  readonly loading: boolean;
  /** Asks again. */
  readonly reload: () => void;
}

/**
 * Asks the service when `request` changes. A superseded request is aborted, and its answer never shown.
 * @param request stands for everything that `ask` depends on
 */
export function useAnswer<T>(request: string, ask: (signal: AbortSignal) => Promise<T>): Answered<T> {
  const [state, setState] = useState<{ request?: string; answer?: T; error?: ApiError; loading: boolean }>({
    loading: true,
  });
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  // The request stands for `ask`.
  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    setState((before) => ({ ...before, loading: true }));
    ask(signal)
      .then((answer) => {
        if (!signal.aborted) setState({ request, answer, loading: false });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) setState({ request, error: shownError(error), loading: false });
      });
    return () => asking.abort();
  }, [request, turn]);
  const { answer, error, loading } = state;
  // Another key may see something else.
  useEffect(() => onKeyKept(reload), [reload]);
  if (state.request !== request) return { loading: true, reload };
  return { ...(answer !== undefined && { answer }), ...(error !== undefined && { error }), loading, reload };
}

/** Any failure as one that a page can show. */
export function shownError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'The page could not show this answer.', []);
}
