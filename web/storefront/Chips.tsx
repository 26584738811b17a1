import type { SearchAnswer } from '../shared/api.js';
import { chipsOf } from './chips.js';
import { clearedFilters, type State } from './state.js';

interface Props {
  readonly answer: SearchAnswer | undefined;
  readonly state: State;
  readonly onChange: (next: State) => void;
}

/** What narrows the results, each with a button that removes it: `Red` `Dresses` `under 100`. */
export function Chips({ answer, state, onChange }: Props) {
  const chips = chipsOf(state, answer);
  const change = (next: State) => {
    // The button may be gone with what it removes.
    document.getElementById('results')?.focus({ preventScroll: true });
    onChange(next);
  };
  if (chips.length === 0 && state.ignore.length === 0) return null;
  return (
    <section class="chips" aria-label="Applied filters">
      {chips.map(({ key, words, preferred, without }) => (
        <button
          key={key}
          type="button"
          class={preferred ? 'chip preferred' : 'chip'}
          title={preferred ? 'Shown first' : undefined}
          onClick={() => change(without)}
        >
          <span class="hidden">Remove: </span>
          {words}
          {preferred && <span class="hidden"> (shown first)</span>}
          <span class="cross" aria-hidden="true">
            ×
          </span>
        </button>
      ))}
      {chips.length > 1 && (
        <button
          type="button"
          class="quiet"
          onClick={() =>
            change({
              ...clearedFilters(state),
              ignore: [...state.ignore, ...(answer?.understood.readings ?? []).map(({ filter }) => filter)],
            })
          }
        >
          Clear all
        </button>
      )}
      {state.ignore.length > 0 && (
        <button type="button" class="quiet" onClick={() => change({ ...state, ignore: [], page: 1 })}>
          Interpret the query again
        </button>
      )}
    </section>
  );
}
