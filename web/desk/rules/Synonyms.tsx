import { useState } from 'preact/hooks';
import { type Answer, call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import { withSynonyms } from './document.js';
import { Findings } from './findings.js';
import type { Finding } from './workingCopy.js';

type Suggestion = Answer<'/v1/synonyms/suggestions', 'get'>['suggestions'][number];

interface Props {
  readonly text: string;
  readonly lines: readonly string[];
  readonly findings: readonly Finding[];
  readonly onEdit: (text: string) => void;
  readonly onDone: (what: string) => void;
}

/** The synonyms of the working copy, and suggestions from searches that found nothing. */
export function Synonyms({ text, lines, findings, onEdit, onDone }: Props) {
  const [typed, setTyped] = useState('');
  const set = (changed: readonly string[]) => onEdit(withSynonyms(text, changed));
  const add = (line: string) => {
    set([...lines, line]);
    onDone(`“${line}” is in the working copy.`);
  };
  return (
    <section class="synonyms" aria-labelledby="synonym-list">
      <div class="section-head">
        <h2 id="synonym-list">
          {lines.length.toLocaleString()} {lines.length === 1 ? 'synonym' : 'synonyms'}
        </h2>
      </div>
      <p class="about">
        <code>tv, television</code>: each also finds the other.{' '}
        <code>sneakers =&gt; trainers, running shoes</code>: a search for the left also finds the right. The
        names and aliases of the taxonomy apply in any case.
      </p>
      <ul class="synonym-lines">
        {lines.map((line, place) => (
          <li key={place}>
            <input
              type="text"
              autocomplete="off"
              aria-label={`Synonym ${place + 1}`}
              value={line}
              onInput={(event) => {
                const { value } = event.currentTarget;
                set(lines.map((other, at) => (at === place ? value : other)));
              }}
            />
            <button
              type="button"
              class="quiet"
              aria-label={`Remove the synonym ${line}`}
              onClick={() => {
                set(lines.filter((_, at) => at !== place));
                onDone(`“${line}” is removed from the working copy.`);
              }}
            >
              Remove
            </button>
            <Findings
              findings={findings
                .filter(({ where }) => where === `synonyms[${place}]`)
                .map((finding) => ({ ...finding, where: '' }))}
            />
          </li>
        ))}
      </ul>
      <form
        class="add-synonym"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === '') return;
          add(typed.trim());
          setTyped('');
        }}
      >
        <label class="field">
          <span>Another synonym</span>
          <input
            type="text"
            autocomplete="off"
            placeholder="tv, television"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button">
          Add
        </button>
      </form>
      <Suggestions lines={lines} onAdd={add} />
    </section>
  );
}

function Suggestions({
  lines,
  onAdd,
}: {
  readonly lines: readonly string[];
  readonly onAdd: (line: string) => void;
}) {
  const { answer, error, reload } = useAnswer('synonym suggestions', (signal) =>
    call('get', '/v1/synonyms/suggestions', { signal }),
  );
  const suggestions = answer?.suggestions.filter((one) => !lines.includes(lineOf(one)));
  return (
    <section class="synonym-suggestions" aria-labelledby="synonym-suggestions">
      <h3 id="synonym-suggestions">Suggested, from searches that found nothing</h3>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer === undefined && error === undefined && <p class="waiting">Comparing what was searched for…</p>}
      {suggestions?.length === 0 && (
        <p class="about">
          Nothing to suggest: no search without results is near in meaning to a name in the catalog, or
          searches are not recorded.
        </p>
      )}
      <ul>
        {suggestions?.map((one) => (
          <li key={one.line} class="suggestion">
            <div>
              <strong>{lineOf(one)}</strong>
              <p class="about">
                Searched {one.searches.toLocaleString()} {one.searches === 1 ? 'time' : 'times'} without a
                result. Nearest in meaning:{' '}
                {one.nearest
                  .map(
                    ({ text, products, similarity }) =>
                      `${text} (${products.toLocaleString()} ${products === 1 ? 'product' : 'products'}, ${Math.round(similarity * 100)}% alike)`,
                  )
                  .join(', ')}
                .
                {one.asked.length > 0 &&
                  ` Shoppers also searched for ${one.asked
                    .map(({ query, found }) => `“${query}” (${found.toLocaleString()} found)`)
                    .join(', ')}.`}
              </p>
            </div>
            <button
              type="button"
              class="button"
              aria-label={`Add ${lineOf(one)}`}
              onClick={() => onAdd(lineOf(one))}
            >
              Add
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Without the dash of a list in a file. */
function lineOf({ line }: Suggestion): string {
  return line.replace(/^- /, '');
}
