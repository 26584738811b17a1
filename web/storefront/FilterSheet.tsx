import type { SearchAnswer } from '../shared/api.js';
import { Dialog } from '../shared/Dialog.js';
import { Filters } from './Filters.js';
import { clearedFilters, isNarrowed, type State } from './state.js';
import { countWords } from './summary.js';

interface Props {
  readonly answer: SearchAnswer;
  readonly state: State;
  readonly onChange: (next: State) => void;
  readonly onClose: () => void;
}

/** The filters of a phone: they apply at once, and the button below says what they leave. */
export function FilterSheet({ answer, state, onChange, onClose }: Props) {
  return (
    <Dialog class="sheet" labelledBy="sheet-title" onClose={onClose}>
      <div class="sheet-head">
        <h2 id="sheet-title">Filters</h2>
        {isNarrowed(state) && (
          <button type="button" class="quiet" onClick={() => onChange(clearedFilters(state))}>
            Clear all
          </button>
        )}
        <button type="button" class="icon-button close" aria-label="Close the filters" onClick={onClose}>
          ×
        </button>
      </div>
      <div class="sheet-body">
        <Filters answer={answer} state={state} onChange={onChange} />
      </div>
      <div class="sheet-foot">
        <button type="button" class="button primary" onClick={onClose}>
          {answer.total === 0 ? 'No products' : `Show ${countWords(answer.total)}`}
        </button>
      </div>
    </Dialog>
  );
}
