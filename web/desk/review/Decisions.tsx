import { counted, shownFact } from '../../shared/format.js';
import type { Taken } from './decisionSender.js';
import { type ReviewQueue, verb } from './queue.js';
import { shownGroup } from './words.js';

const SHOWN = 100;

/** The decisions of this visit and the latest of the log, each with its undo. */
export function Decisions({ queue }: { readonly queue: ReviewQueue }) {
  const { taken, log } = queue;
  return (
    <section class="review-decisions panel" aria-labelledby="decisions-title">
      <h2 id="decisions-title">Decisions</h2>
      {taken.length === 0 && log.length === 0 && <p class="about">None yet.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ol tabIndex={0} aria-label="Decisions taken, newest first">
        {taken.slice(0, SHOWN).map((one) => (
          <li key={one.key} class={one.state}>
            <span>
              {verb(one.action)} <strong>{shownGroup(one.group)}</strong>
              {one.value !== undefined && ` to ${shownFact(one.group.field, one.value)}`}
              <span class="about">
                {' '}
                {counted(one.count, 'product')}
                {stateWords(one)}
              </span>
              {one.error !== undefined && <span class="review-error">{one.error}</span>}
            </span>
            {(one.state === 'waiting' || one.state === 'made') && (
              <button type="button" class="quiet" onClick={() => queue.undo(one)}>
                Undo<span class="hidden"> {shownGroup(one.group)}</span>
              </button>
            )}
          </li>
        ))}
        {log.map((one) => (
          <li key={`log ${one.decision}`} class={one.undone_by === undefined ? undefined : 'undone'}>
            <span>
              {one.action === 'undo' ? 'Took back' : verb(one.action)} <strong>{shownGroup(one)}</strong>
              {one.corrected !== undefined && ` to ${shownFact(one.field, one.corrected)}`}
              <span class="about">
                {' '}
                {counted(one.settled, 'product')}, {one.by}, {new Date(one.at).toLocaleDateString()}
                {one.undone_by !== undefined && ', undone'}
              </span>
            </span>
            {one.action !== 'undo' && one.undone_by === undefined && (
              <button type="button" class="quiet" onClick={() => queue.undoLogged(one.decision)}>
                Undo<span class="hidden"> {shownGroup(one)}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function stateWords({ state }: Taken): string {
  if (state === 'waiting') return ', sending';
  if (state === 'undoing') return ', undoing';
  if (state === 'undone') return ', undone';
  return state === 'failed' ? ', not decided' : '';
}
