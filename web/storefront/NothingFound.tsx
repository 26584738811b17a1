import type { SearchAnswer } from '../shared/api.js';
import type { Go } from './address.js';
import { clearedFilters, emptyState, isNarrowed, type State } from './state.js';

interface Props {
  readonly answer: SearchAnswer;
  readonly state: State;
  readonly go: Go;
}

/** Why there is nothing here, and the ways on. The closest products follow, if there are any. */
export function NothingFound({ answer, state, go }: Props) {
  const [heading, advice] = wordsOf(answer, state);
  const way = (words: string, next: State) => (
    <button type="button" class="button" onClick={() => go(next)}>
      {words}
    </button>
  );
  return (
    <div class="notice">
      <h2>{heading}</h2>
      <p>{advice}</p>
      <p class="ways">
        {answer.total > 0
          ? way('Go to the first page', { ...state, page: 1 })
          : isNarrowed(state) && way('Search without filters', clearedFilters(state))}
        {state.exact && way('Correct the spelling', { ...state, exact: false, page: 1 })}
        {state.q !== '' && way('Show everything', emptyState())}
      </p>
    </div>
  );
}

function wordsOf(answer: SearchAnswer, state: State): readonly [heading: string, advice: string] {
  const q = state.q.trim();
  if (answer.total > 0) return ['There are no more pages', 'The results end before this page.'];
  if (isNarrowed(state))
    return [
      q === '' ? 'Nothing matches these filters' : `Nothing matches “${q}” here`,
      'The filters may be too narrow together.',
    ];
  if (q === '')
    return ['The catalog is empty', 'Import one with “shelfwright import”; it appears here at once.'];
  return [`Nothing matches “${q}”`, 'Try other words, or say what it is for.'];
}
