import type { SearchAnswer } from '../shared/api.js';
import { followed } from '../shared/followed.js';
import { addressOf, type Go } from './address.js';
import { correctedQuery } from './chips.js';
import type { State } from './state.js';

interface Props {
  readonly answer: SearchAnswer;
  readonly state: State;
  readonly go: Go;
  readonly developer: boolean;
}

/** What the search changed to find something: corrected words, with a way back, and conditions that it gave up. */
export function Notes({ answer, state, go, developer }: Props) {
  const { corrections, synonyms, relaxed } = answer.understood;
  const corrected = correctedQuery(answer.query, corrections);
  const typed = { ...state, exact: true, page: 1 };
  const again = { ...state, exact: false, page: 1 };
  return (
    <div class="notes">
      {corrected !== undefined && (
        <p>
          Showing results for <strong>{corrected}</strong>.{' '}
          <a href={addressOf(typed)} onClick={followed(() => go(typed))}>
            Search instead for “{answer.query}”
          </a>
        </p>
      )}
      {state.exact && (
        <p>
          Searched exactly as typed.{' '}
          <a href={addressOf(again)} onClick={followed(() => go(again))}>
            Correct the spelling
          </a>
        </p>
      )}
      {relaxed.map((sentence) => (
        <p key={sentence}>Nothing matched everything: these are {sentence}.</p>
      ))}
      {developer && synonyms.length > 0 && <p>Also searched for: {synonyms.join(', ')}</p>}
    </div>
  );
}
