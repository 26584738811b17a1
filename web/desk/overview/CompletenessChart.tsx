import { TimeChart } from './TimeChart.js';
import { type Completeness, percent } from './words.js';

/** How complete the catalog was at each reindex. */
export function CompletenessChart({ history }: { readonly history: Completeness['history'] }) {
  const [first] = history;
  const last = history.at(-1);
  const day = (at: string) => new Date(at).toLocaleDateString();
  return (
    <section class="panel" aria-labelledby="history-title">
      <h2 id="history-title">Completeness over time</h2>
      <figure class="time-figure">
        <figcaption>
          {first === undefined || last === undefined
            ? 'Each reindex from now on adds a point.'
            : history.length === 1
              ? `${percent(last.after)} of all cells were filled at the reindex of ${day(last.at)}, ${percent(last.before)} by the shop. The next reindex adds a point.`
              : `From ${percent(first.after)} of all cells at the reindex of ${day(first.at)} to ${percent(last.after)} on ${day(last.at)}, over ${history.length.toLocaleString()} reindexes. The shop itself filled ${percent(first.before)} then and ${percent(last.before)} now.`}
        </figcaption>
        {history.length > 1 && (
          <TimeChart
            points={history.map(({ at, after }) => ({ at: Date.parse(at) / 1000, value: after }))}
            limit={null}
            shown={percent}
          />
        )}
      </figure>
    </section>
  );
}
