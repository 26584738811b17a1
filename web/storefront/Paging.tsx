import { followed } from '../shared/followed.js';
import { addressOf, type Go } from './address.js';
import { PER_PAGE } from './requestOf.js';
import type { State } from './state.js';

interface Props {
  /** The state that is shown. */
  readonly state: State;
  readonly total: number;
  readonly go: Go;
}

/** Links to the pages around the current one. */
export function Paging({ state, total, go }: Props) {
  const last = Math.ceil(total / PER_PAGE);
  const { page } = state;
  if (last <= 1) return null;
  const link = (to: number, words: string, label: string) => {
    const next = { ...state, page: to };
    const follow = followed(() => {
      go(next);
      const results = document.getElementById('results');
      results?.scrollIntoView();
      results?.focus({ preventScroll: true });
    });
    return (
      <a href={addressOf(next)} aria-label={label} onClick={follow}>
        {words}
      </a>
    );
  };
  const numbers = pagesAround(page, last);
  return (
    <nav class="paging" aria-label="Pages">
      {page > 1 && link(page - 1, '← Previous', 'Previous page')}
      {numbers.map((number, place) => (
        <>
          {number > (numbers[place - 1] ?? 0) + 1 && (
            <span class="gap" aria-hidden="true">
              …
            </span>
          )}
          {number === page ? (
            <span class="here" aria-current="page">
              {number.toLocaleString()}
            </span>
          ) : (
            link(number, number.toLocaleString(), `Page ${number}`)
          )}
        </>
      ))}
      {page < last && link(page + 1, 'Next →', 'Next page')}
    </nav>
  );
}

/** The first page, the last one, and the neighbours of the current one. */
function pagesAround(page: number, last: number): number[] {
  return [...new Set([1, page - 1, page, page + 1, last])]
    .filter((number) => number >= 1 && number <= last)
    .sort((a, b) => a - b);
}
