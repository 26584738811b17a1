import { useEffect, useState } from 'preact/hooks';
import type { SearchAnswer } from '../shared/api.js';
import { ApiError } from '../shared/call.js';
import { searchFor } from './requestOf.js';
import { type State, writeState } from './state.js';

const SLOW_MS = 250;

export interface Searched {
  /** The last answer, and the state that it answers: not yet the page's, while a search is under way. */
  readonly answer?: SearchAnswer;
  readonly answered?: State;
  readonly error?: ApiError;
  /** Whether the answer takes so long that the page should say so. */
  readonly slow: boolean;
}

/**
 * Searches for each state. A newer search aborts the one before, whose answer then is never shown.
 * @param turn another number searches for the same state again
 */
export function useSearch(state: State, turn: number): Searched {
  const [searched, setSearched] = useState<Searched>({ slow: false });
  // Opening a product does not search again.
  const request = writeState({ ...state, product: undefined });
  // The request stands for the state.
  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    const slow = setTimeout(() => setSearched((before) => ({ ...before, slow: true })), SLOW_MS);
    searchFor(state, signal)
      .then((answer) => {
        if (!signal.aborted) setSearched({ answer, answered: { ...state, product: undefined }, slow: false });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) setSearched({ error: shown(error), slow: false });
      })
      .finally(() => clearTimeout(slow));
    return () => {
      clearTimeout(slow);
      asking.abort();
    };
  }, [request, turn]);
  return searched;
}

function shown(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'The page could not show this answer.', []);
}
