import { useRef } from 'preact/hooks';
import type { Hit } from '../../shared/api.js';
import { shownPrice, textOf } from '../../shared/format.js';
import { nameOfHit } from '../hits/HitList.js';
import { GRADES, type Judgments } from './judgments.js';

interface Props {
  readonly query: string;
  /** The hits of both sides, each once. */
  readonly hits: readonly Hit[];
  readonly judgments: Judgments;
  readonly onJudge: (id: string, grade: number | undefined) => void;
  /** After the last hit. */
  readonly onNext: () => void;
}

/** Hits to judge: 0 to 3 give a grade and go on to the next hit, arrows choose a grade, Delete takes it back. */
export function JudgeList({ query, hits, judgments, onJudge, onNext }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const grades = judgments.get(query);
  const judged = hits.filter(({ id }) => grades?.has(id)).length;
  const focus = (place: number) => {
    const row = list.current?.children[place];
    const input = row?.querySelector<HTMLInputElement>('input:checked') ?? row?.querySelector('input');
    if (input instanceof HTMLInputElement) input.focus();
    else onNext();
  };
  return (
    <section class="judging" aria-labelledby="judging">
      <div class="judging-head">
        <h2 id="judging">How good are these for “{query}”?</h2>
        <p role="status" class="about">
          {judged.toLocaleString()} of {hits.length.toLocaleString()} judged
        </p>
        <button
          type="button"
          class="button"
          onClick={() =>
            focus(
              Math.max(
                0,
                hits.findIndex(({ id }) => !grades?.has(id)),
              ),
            )
          }
        >
          Go to the next one
        </button>
      </div>
      <p class="about">
        Keys: <kbd>0</kbd> irrelevant, <kbd>1</kbd> partly, <kbd>2</kbd> good, <kbd>3</kbd> perfect, each goes
        on to the next result. <kbd>Tab</kbd> skips one, <kbd>Delete</kbd> takes a grade back.
      </p>
      <ol
        ref={list}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
          const row = event.target.closest('li');
          const place = [...(list.current?.children ?? [])].indexOf(row ?? event.target);
          const hit = hits[place];
          if (hit === undefined) return;
          if (/^[0-3]$/.test(event.key)) {
            event.preventDefault();
            onJudge(hit.id, Number(event.key));
            focus(place + 1);
          } else if (event.key === 'Delete' || event.key === 'Backspace') {
            event.preventDefault();
            onJudge(hit.id, undefined);
          }
        }}
      >
        {hits.map((hit) => {
          const grade = grades?.get(hit.id);
          return (
            <li key={hit.id} class={grade === undefined ? undefined : 'judged'}>
              <fieldset>
                <legend>
                  {nameOfHit(hit)}
                  <span class="about">
                    {[
                      hit.id,
                      textOf({ ...hit.product, id: hit.id }, 'brand'),
                      textOf({ ...hit.product, id: hit.id }, 'category'),
                      shownPrice({ ...hit.product, id: hit.id }) ?? '',
                    ]
                      .filter((part) => part !== '')
                      .join(' · ')}
                  </span>
                </legend>
                <div class="grades">
                  {GRADES.map((words, value) => (
                    <label key={words} class={grade === value ? 'chosen' : undefined}>
                      <input
                        type="radio"
                        name={`grade ${hit.id}`}
                        value={value}
                        checked={grade === value}
                        onChange={() => onJudge(hit.id, value)}
                      />
                      {value} {words}
                    </label>
                  ))}
                </div>
              </fieldset>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
