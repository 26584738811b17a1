import { useState } from 'preact/hooks';
import { type Answer, call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { HitList, nameOfHit } from '../hits/HitList.js';
import { useAnswer } from '../useAnswer.js';

type Previewed = Answer<'/v1/rules/preview', 'post'>;

const PER_PAGE = 10;
const MAX_QUERIES = 5;

interface Props {
  /** The version that serves. */
  readonly live: number;
  /** Searches to show: chosen ones, or those of the rule. */
  readonly queries: readonly string[];
  readonly onQueries: (queries: string[]) => void;
  /** The working copy as last checked; undefined while it has errors. */
  readonly text: string | undefined;
  /** Adds to the rule that is open; absent where none is. */
  readonly onPin?: ((id: string) => void) | undefined;
  readonly onHide?: ((id: string) => void) | undefined;
}

/** Searches with the rules that serve and with the working copy, side by side. */
export function Preview({ live, queries, onQueries, text, onPin, onHide }: Props) {
  const [typed, setTyped] = useState('');
  const [day, setDay] = useState('');
  return (
    <aside class="preview" aria-labelledby="preview">
      <h2 id="preview">Before and after</h2>
      <form
        class="preview-form"
        onSubmit={(event) => {
          event.preventDefault();
          const query = typed.trim();
          if (query === '' || queries.includes(query)) return;
          onQueries([...queries, query].slice(-MAX_QUERIES));
          setTyped('');
        }}
      >
        <label class="field">
          <span>Try a search</span>
          <input
            type="search"
            autocomplete="off"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <label class="field day">
          <span>On the day</span>
          <input type="date" value={day} onInput={(event) => setDay(event.currentTarget.value)} />
        </label>
        <button type="submit" class="button">
          Try
        </button>
      </form>
      {queries.length === 0 && (
        <p class="about">
          Try searches here to see what your working copy changes: nothing is published before you say so.
        </p>
      )}
      {text === undefined && queries.length > 0 && (
        <p class="about">The comparison is back when the errors of the working copy are corrected.</p>
      )}
      {queries.map((query) => (
        <section key={query} class="compared" aria-label={`Search for ${query}`}>
          <div class="compared-head">
            <h3>{query}</h3>
            <button
              type="button"
              class="quiet"
              aria-label={`Close the search for ${query}`}
              onClick={() => onQueries(queries.filter((other) => other !== query))}
            >
              Close
            </button>
          </div>
          {text !== undefined && (
            <Compared live={live} query={query} text={text} day={day} onPin={onPin} onHide={onHide} />
          )}
        </section>
      ))}
    </aside>
  );
}

interface ComparedProps extends Pick<Props, 'live' | 'onPin' | 'onHide'> {
  readonly query: string;
  readonly text: string;
  readonly day: string;
}

function Compared({ live, query, text, day, onPin, onHide }: ComparedProps) {
  const [last, setLast] = useState<Previewed>();
  const { answer, error, reload } = useAnswer(`preview ${live} ${query} ${day} ${text}`, async (signal) => {
    const previewed = await call('post', '/v1/rules/preview', {
      body: {
        rules: text,
        search: { q: query, per_page: PER_PAGE, explain: true, fields: ['title', 'brand'] },
        ...(day !== '' && { at: `${day}T12:00:00Z` }),
      },
      signal,
    });
    setLast(previewed);
    return previewed;
  });
  if (error !== undefined) return <Failure error={error} onRetry={reload} />;
  // The answer before stays while one types.
  const shown = answer ?? last;
  if (shown === undefined) return <p class="waiting">Searching…</p>;
  const { now, with_rules: after, changes } = shown;
  const from = new Map(changes.moved.map(({ id, from }) => [id, from]));
  const added = new Set(changes.in.map(({ id }) => id));
  const removed = new Set(changes.out.map(({ id }) => id));
  return (
    <>
      <p class="about" data-testid="changes">
        {now.total.toLocaleString()} found now, {after.total.toLocaleString()} with your changes.{' '}
        {changedInWords(changes)}
        {after.redirect !== undefined && ` Shoppers are sent to ${after.redirect}.`}
        {after.rules !== undefined && ` Rules that apply: ${after.rules.join(', ')}.`}
        {after.understood.synonyms.length > 0 && ` Synonyms: ${after.understood.synonyms.join(', ')}.`}
      </p>
      <div class="sides">
        <HitList
          title="Now"
          hits={now.hits}
          markOf={({ id }) => (removed.has(id) ? { text: 'Off the page', kind: 'out' } : undefined)}
        />
        <HitList
          title="With your changes"
          hits={after.hits}
          markOf={({ id }, place) => {
            if (added.has(id)) return { text: 'New', kind: 'in' };
            const before = from.get(id);
            if (before === undefined) return undefined;
            return before > place
              ? { text: `Up from ${before}`, kind: 'up' }
              : { text: `Down from ${before}`, kind: 'down' };
          }}
        >
          {(hit) =>
            onPin !== undefined &&
            onHide !== undefined && (
              <span class="hit-actions">
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Pin ${nameOfHit(hit)}`}
                  onClick={() => onPin(hit.id)}
                >
                  Pin
                </button>
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Hide ${nameOfHit(hit)}`}
                  onClick={() => onHide(hit.id)}
                >
                  Hide
                </button>
              </span>
            )
          }
        </HitList>
      </div>
    </>
  );
}

function changedInWords(changes: Previewed['changes']): string {
  const parts = [
    ...(changes.in.length > 0 ? [`${changes.in.length} new`] : []),
    ...(changes.out.length > 0 ? [`${changes.out.length} off the page`] : []),
    ...(changes.moved.length > 0 ? [`${changes.moved.length} moved`] : []),
  ];
  return parts.length === 0 ? 'The first page stays the same.' : `On the first page: ${parts.join(', ')}.`;
}
