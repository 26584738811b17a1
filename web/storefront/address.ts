import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { readState, type State, writeState } from './state.js';

export interface GoOptions {
  /** Whether the step replaces the one before in the history: while the user types. */
  readonly replace?: boolean;
}
export type Go = (next: State, options?: GoOptions) => void;

export function addressOf(state: State): string {
  return `${location.pathname}${writeState(state)}`;
}

/**
 * The state of the page, kept in its address.
 * @param onBack called with the state that the back or forward button leads to
 */
export function useAddress(onBack: (state: State) => void): {
  state: State;
  go: Go;
  closeProduct: () => void;
} {
  const [state, setState] = useState(() => readState(location.search));
  const current = useRef(state);
  const told = useRef(onBack);
  told.current = onBack;

  const go = useCallback<Go>((next, { replace = false } = {}) => {
    if (replace) history.replaceState(history.state, '', addressOf(next));
    else if (addressOf(next) !== addressOf(current.current))
      history.pushState({ depth: next.product === undefined ? 0 : depth() + 1 }, '', addressOf(next));
    current.current = next;
    setState(next);
  }, []);

  /** Leaves all products that were opened one after another, in one step. */
  const closeProduct = useCallback(() => {
    if (current.current.product === undefined) return;
    if (depth() > 0) history.go(-depth());
    else go({ ...current.current, product: undefined }, { replace: true });
  }, [go]);

  useEffect(() => {
    const read = () => {
      current.current = readState(location.search);
      setState(current.current);
      told.current(current.current);
    };
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  return { state, go, closeProduct };
}

function depth(): number {
  return typeof history.state?.depth === 'number' ? history.state.depth : 0;
}
